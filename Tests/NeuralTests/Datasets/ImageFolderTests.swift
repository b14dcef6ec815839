import Foundation
import Testing

@testable import Neural

struct ImageFolderTests {
  /// Writes single-colour images whose red value is the image's number.
  private func write(_ count: Int, to folder: String, in place: TemporaryDirectory, red: Int = 0) throws {
    for index in 0..<count {
      let image = try Image(ImageSize(4, 6), color: RGB(UInt8(red + index), 20, 30))
      try place.write(image.png(), to: "\(folder)/\(index).png")
    }
  }

  private func load(_ place: TemporaryDirectory, size: Int = 8) throws -> Dataset {
    try Dataset.load(.imageFolder(place.path, size: size), from: DatasetLocator(given: "/nowhere"))
  }

  @Test func `classes are folders, sorted by name`() throws {
    let place = try TemporaryDirectory()
    try write(3, to: "train/zebra", in: place, red: 10)
    try write(2, to: "train/ant", in: place, red: 100)
    try write(1, to: "test/zebra", in: place, red: 200)
    try write(1, to: "test/ant", in: place, red: 210)
    try place.write([1, 2, 3], to: "train/ant/notes.txt")
    let data = try load(place)
    #expect(data.classNames == ["ant", "zebra"])
    #expect(data.train.labels == [0, 0, 1, 1, 1])
    #expect(data.test.labels == [0, 1])
    #expect(data.imageSize == ImageSize(8, 8))
    let reds = (0..<5).map { data.train.pixels[$0 * 8 * 8 * 3] }
    #expect(reds == [100, 101, 10, 11, 12])
    #expect(abs(data.mean[1] - 20.0 / 255) < 1e-12)
    #expect(data.std.allSatisfy { $0 > 0 })
  }

  @Test func `without train and test a fifth of every class is set aside`() throws {
    let place = try TemporaryDirectory()
    try write(10, to: "cat", in: place)
    try write(5, to: "dog", in: place)
    let data = try load(place)
    #expect(data.train.count == 12)
    #expect(data.test.labels == [0, 0, 1])
    #expect(try load(place).fingerprint == data.fingerprint)
  }

  @Test func `a relative path is sought in the data directory too`() throws {
    let place = try TemporaryDirectory()
    try write(5, to: "pets-quire-test/cat", in: place)
    let locator = DatasetLocator(given: place.path)
    let data = try Dataset.load(.imageFolder("pets-quire-test", size: 4), from: locator)
    #expect(data.name == "pets-quire-test")
    let error = #expect(throws: DatasetError.self) {
      try Dataset.load(.imageFolder("none-quire-test"), from: locator)
    }
    #expect(
      error?.description == "none-quire-test not found; looked in none-quire-test, "
        + "\(place.path)/none-quire-test")
  }

  @Test func `a corrupt image is named`() throws {
    let place = try TemporaryDirectory()
    try write(2, to: "cat", in: place)
    try place.write([137, 80, 78, 71, 0, 0], to: "cat/broken.png")
    let error = #expect(throws: ImageError.self) { try load(place) }
    #expect(error?.description.contains("\(place.path)/cat/broken.png") == true)
  }

  @Test func `a folder without images says what it has`() throws {
    let place = try TemporaryDirectory()
    try place.write([1], to: "cat/a.gif")
    let error = #expect(throws: DatasetError.self) { try load(place) }
    #expect(
      error?.description
        == "\(place.path): found 1 .gif file in cat, but no PNG or JPEG images in class folders; "
        + "put them at CLASS/*.{png,jpg} or {train,val,test}/CLASS/*.{png,jpg}")
  }

  @Test func `a class that only the test set has is refused`() throws {
    let place = try TemporaryDirectory()
    try write(2, to: "train/cat", in: place)
    try write(2, to: "test/dog", in: place)
    #expect(throws: DatasetError.self) { try load(place) }
  }

  @Test(arguments: [0, -1, 1025, Int.max])
  func `a size out of range is refused`(size: Int) throws {
    let place = try TemporaryDirectory()
    try write(2, to: "cat", in: place)
    #expect(throws: ImagePreparationError.self) { try load(place, size: size) }
  }
}
