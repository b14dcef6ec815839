import Foundation
import TestSupport
import Testing

@testable import Neural

/// A CSV file becomes a data set: its columns are found, its rows checked, and its splits kept.
@Suite struct CSVTableTests {
  private let folder: TemporaryDirectory
  private var locator: DatasetLocator { DatasetLocator(given: folder.path) }

  init() throws { folder = try TemporaryDirectory() }

  private func write(_ text: String, to name: String = "t.csv") throws {
    try folder.write(Array(text.utf8), to: name)
  }

  private func writeImages(_ names: String...) throws {
    for (index, name) in names.enumerated() {
      let pixels = [UInt8](repeating: UInt8(40 * index + 10), count: 8 * 8 * 3)
      try folder.write(Image(ImageSize(8, 8), pixels: pixels).png(), to: name)
    }
  }

  /// Loads the data set, and checks that its outline says the same.
  private func load(_ source: DataSource) throws -> Dataset {
    let data = try Dataset.load(source, from: locator)
    #expect(
      try DatasetOutline.find(source, from: locator).map(\.trainPerClass)
        == DatasetOutline(data).trainPerClass)
    let outline = try #require(try DatasetOutline.find(source, from: locator))
    #expect(outline.testCount == data.test.count && outline.validationCount == data.validation?.count)
    #expect(outline.table == data.table && outline.imageSize == data.imageSize)
    return data
  }

  @Test func `all columns of numbers are features, and the report names the others`() throws {
    try write(
      "name,length,species,width\n"
        + (1...10).map { "n\($0),\($0).5,\($0 % 2 == 0 ? "a" : "b"),-\($0)\n" }.joined())
    let data = try load(.csv("t.csv", label: "species"))
    #expect(data.table == TableColumns(features: ["length", "width"], standardize: true))
    #expect(data.classNames == ["a", "b"] && data.train.count == 8 && data.test.count == 2)
    #expect(data.train.features.prefix(2) == [1.5, -1] || data.train.features.prefix(2) == [2.5, -2])
    #expect(data.source.contains("Columns that are not used: name."))
  }

  @Test func `columns of a regression are chosen, in the given order`() throws {
    try write("a,b,c,d\n1,2,3,4\n5,6,7,8\n9,10,11,12\n")
    let data = try load(.csv("t.csv", targets: ["d", "a"], features: ["c", "b"], test: 0.4))
    #expect(data.targets == .values(["d", "a"]) && data.test.count == 1)
    #expect(Set(data.train.features + data.test.features) == [3, 2, 7, 6, 11, 10])
    #expect(data.train.features[0] == data.train.features[1] + 1)
  }

  @Test func `classes that are whole numbers are sorted by value`() throws {
    try write("x,y\n" + [10, 9, 2, 10, 9, 2].map { "1,\($0)\n" }.joined())
    #expect(try load(.csv("t.csv", label: "y")).classNames == ["2", "9", "10"])
  }

  @Test func `a split column decides, in any of its usual words`() throws {
    try write("x,y,fold\n1,a,train\n2,b,Training\n3,a,val\n4,b,test\n5,a,dev\n")
    let data = try load(.csv("t.csv", label: "y", split: "fold"))
    #expect(
      data.train.features == [1, 2] && data.validation?.features == [3, 5] && data.test.features == [4])
    #expect(data.source.hasSuffix("split by the column 'fold'."))
  }

  @Test func `images are found by their names, with labels and numbers`() throws {
    try writeImages("photos/1.png", "photos/sub/2.png", "photos/3.png", "photos/4.png")
    try write("file,species,age\n1.png,cat,3\nsub/2.png,dog,4.5\n3.png,cat,5\n4.png, dog ,6\n")
    let classes = try load(.csv("t.csv", images: "photos", label: "species", size: 16))
    #expect(classes.classNames == ["cat", "dog"] && classes.imageSize == ImageSize(16, 16))
    #expect(classes.train.count == 2 && classes.test.count == 2)
    let ages = try load(.csv("t.csv", images: "photos", targets: ["age"], file: "file"))
    #expect(ages.imageSize == ImageSize(32, 32))
    #expect((ages.train.values + ages.test.values).sorted() == [3, 4.5, 5, 6])
    // Pixels belong to their row: image 3, with the value 90, has the age 5.
    let all = zip(
      ages.train.values + ages.test.values,
      [ages.train, ages.test].flatMap { set in
        (0..<set.count).map { set.pixels[$0 * set.stride] }
      })
    #expect(Dictionary(uniqueKeysWithValues: all) == [3: 10, 4.5: 50, 5: 90, 6: 130])
  }

  @Test func `all lines at fault are reported together`() throws {
    try writeImages("photos/1.png", "photos/2.png")
    try write(
      "file,species,fold\n1.png,cat,train\n7.png,cat,train\n2.png,,train\n1.png,dog,train\n,dog,later\n2.png,eel,test\n"
    )
    let error = #expect(throws: CSVError.self) {
      try DatasetOutline.find(.csv("t.csv", images: "photos", label: "species", split: "fold"), from: locator)
    }
    let file = folder.file("t.csv")
    #expect(
      error?.description == """
        \(file):3: there is no image '\(folder.file("photos/7.png"))'; \
        \(file):4: 'species' is empty; fill in a value or remove the row; \
        \(file):5: image '1.png' is already in line 2; \
        \(file):6: 'file' is empty; fill in a value or remove the row; \
        \(file):6: 'fold' must be train, val or test, found 'later'; \
        \(file):7: image '2.png' is already in line 4; \
        \(file):7: class 'eel' has rows for test, but none for training
        """)
  }

  @Test func `a missing number is not left out, and neither is its column`() throws {
    try write("x,y\nNA,a\n1,a\nlong,b\ninf,b\n1e300,b\n")
    let error = #expect(throws: CSVError.self) { try Dataset.load(.csv("t.csv", label: "y"), from: locator) }
    let file = folder.file("t.csv")
    #expect(
      error?.description
        == [
          "2: 'x' must be a finite number, found 'NA'", "4: 'x' must be a finite number, found 'long'",
          "5: 'x' must be a finite number, found 'inf'", "6: 'x' must be a finite number, found '1e300'",
        ]
        .map { "\(file):\($0)" }.joined(separator: "; "))
  }

  @Test(arguments: [
    (
      DataSource.csv("t.csv", label: "kind"),
      "there is no column 'kind' for label:; the columns are 'x', 'y' and 'z'"
    ),
    (.csv("t.csv"), "give the column of the classes as label:"),
    (.csv("t.csv", label: "y", targets: ["x"]), "give label: for classes or targets: for numbers, not both"),
    (
      .csv("t.csv", label: "y", features: ["y"]), "column 'y' cannot be both label: and features:; remove one"
    ),
    (.csv("t.csv", label: "y", size: 16), "size: cannot be combined with a table without images:"),
    (.csv("t.csv", label: "y", split: "z", test: 0.5), "test: cannot be combined with split:"),
    (.csv("t.csv", images: ".", label: "y", features: ["x"]), "features: cannot be combined with images:"),
    (.csv("t.csv", label: "y", separator: ";;"), "separator must be a single ASCII character, found ';;'"),
    (.csv("t.csv", label: "y", split: "z"), "no row has the split 'test'"),
    (.csv("u.csv", label: "y"), "u.csv not found; looked in "),
    (.csv("three.csv", label: "y"), "3 classes ('a', 'b' and 'c') have only 1 row each"),
    (.csv("semicolons.csv", label: "y"), "if the columns are separated by ';', set separator:"),
    (.csv("words.csv", label: "y"), "no column has numbers to learn from; the other columns are 'x'"),
    (.csv("empty.csv", label: "y"), "no rows; the file must have a header and at least two rows"),
  ])
  func `mistakes are found before and in the run, in the same words`(source: DataSource, words: String) throws
  {
    try write("x,y,z\n1,a,train\n2,b,train\n3,a,train\n")
    try write("x;y\n1;a\n2;b\n", to: "semicolons.csv")
    try write("x,y\nlong,a\nshort,b\nlong,a\nshort,b\n", to: "words.csv")
    try write("x,y\n1,a\n2,b\n3,c\n", to: "three.csv")
    try write("x,y\n", to: "empty.csv")
    let thrown = #expect(throws: CSVError.self) { try DatasetOutline.find(source, from: locator) }
    let error = try #require(thrown)
    #expect(error.description.contains(words), "\(error)")
    #expect(throws: error) { try Dataset.load(source, from: locator) }
  }

  @Test func `the stamp changes with the file and with its images`() throws {
    try writeImages("photos/1.png", "photos/2.png")
    try write("file,species\n1.png,a\n2.png,a\n")
    let source = DataSource.csv("t.csv", images: "photos", label: "species")
    let first = locator.stamp(of: source)
    #expect(locator.stamp(of: source) == first)
    try folder.write([1, 2, 3], to: "photos/2.png")
    let second = locator.stamp(of: source)
    try write("file,species\n1.png,a\n2.png,bee\n")
    #expect(Set([first, second, locator.stamp(of: source)]).count == 3)
  }
}
