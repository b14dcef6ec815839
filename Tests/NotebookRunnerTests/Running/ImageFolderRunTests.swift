import Foundation
import Testing

@testable import NotebookRunner

/// Check, run and report count the files of an image folder that are not in the data set, and errors of the folder are
/// reported before anything runs.
@Suite struct ImageFolderRunTests {
  private static let notebook =
    "```swift\nlet data = loadData(.imageFolder(\"pets\", size: 8), batchSize: 2)\n```\n"
  private static let counts =
    "loadData (line 2): pets: 2 training, 2 test images in 2 classes; not in the data set: "
    + "2 .gif files (1 in cat, 1 in dog), 1 .txt file in cat, 1 Thumbs.db in dog"
  private static let warning =
    "pets: skipped files that may be images: 2 .gif files (1 in cat, 1 in dog); "
    + "put PNG or JPEG images into class folders and remove other images"

  private func pets(_ files: String, notebook: String = Self.notebook) throws -> NotebookBench {
    let bench = try NotebookBench(notebook)
    try bench.writeImages(files.split(separator: " ").map { "pets/\($0)" }.joined(separator: " "))
    return bench
  }

  @Test func `check, run and report count what is skipped`() throws {
    let bench = try pets("cat/1.png cat/2.png dog/1.png dog/2.png")
    for file in ["cat/3.gif", "dog/3.gif", "cat/notes.txt", "dog/Thumbs.db"] {
      try bench.write([1], to: "pets/\(file)")
    }
    let report = bench.check()
    #expect(report.data == [Self.counts])
    #expect(report.rehearsed.count == 1 && report.rehearsed[0].contains("\(Self.warning) [QR025]"))
    #expect(bench.run().exitCode == 0)
    #expect(bench.display.lines.contains(Self.counts))
    #expect(bench.display.warnings == [Self.warning])
    #expect(bench.report.contains("Skipped files"))
    #expect(bench.report.contains("1 .txt file in cat, 1 Thumbs.db in dog"))
    #expect(bench.file("n/run.json")?.contains("put PNG or JPEG images into class folders") == true)
  }

  @Test func `files that are no images are counted without a warning`() throws {
    let bench = try pets("cat/1.png cat/2.png")
    try bench.write([1], to: "pets/README.md")
    #expect(bench.check().rehearsed.isEmpty)
    #expect(bench.check().data.first?.hasSuffix("; not in the data set: 1 .md file") == true)
  }

  /// A user who repairs one file and runs again must not meet the next.
  @Test func `all damaged images are named, up to a number`() throws {
    let bench = try pets("cat/1.png cat/2.png dog/1.png dog/2.png")
    for index in 3...9 { try bench.write(index == 3 ? [] : [1, 2, 3], to: "pets/cat/\(index).png") }
    let problems = bench.check().rehearsed.joined().replacing("\(bench.folder)/", with: "")
    #expect(
      problems.hasPrefix(
        "n.md:2:21: error: pets: 7 images cannot be read: cat/3.png: cannot read the image: the file is empty"
      ),
      "\(problems)")
    #expect(problems.contains("cat/7.png: ") && problems.contains("; and 2 more"), "\(problems)")
  }

  /// Faults of one call that do not depend on each other are found together.
  @Test(arguments: [
    ("pets", "batchSize: 0", ["pets not found", "batchSize must be"]),
    ("pets", "batchSize: 2, augmentation: [.randomCrop(40, 40)]", ["pets not found", "40"]),
    ("pets", "batchSize: 0, validation: 1.5", ["pets not found", "batchSize must be", "validation must be"]),
    ("pets", "batchSize: 2, augmentation: [.horizontalFlip(p: 2)]", ["pets not found", "p must be"]),
    (
      "pets", "augmentation: [.randomCrop(0, 8), .horizontalFlip(p: 2), .randomCrop(8, 9)]",
      ["pets not found", "height must be", "p must be"]
    ),
    (
      "pets", "augmentation: [.horizontalFlip(p: 2), .randomCrop(40, 40), .randomCrop(8, 90)]",
      ["pets not found", "p must be", "40", "90"]
    ),
  ])
  func `independent faults of one call are reported together`(
    _ folder: String, _ arguments: String, _ expected: [String]
  )
    throws
  {
    let bench = try NotebookBench(
      "```swift\nlet data = loadData(.imageFolder(\"\(folder)\", size: 8), \(arguments))\n```\n")
    let problems = bench.check().problems.filter { $0.severity == .error }.map(\.message)
    #expect(problems.count == expected.count, "\(problems)")
    for words in expected { #expect(problems.contains { $0.contains(words) }, "\(words): \(problems)") }
  }

  /// With one class, every model is right without training; nobody may take its accuracy for a result.
  @Test func `data of a single class is a warning at its place and in the report`() throws {
    let bench = try pets("train/cat/1.png train/cat/2.png test/cat/1.png")
    let warning =
      "pets: all training images belong to the class 'cat', so the accuracy says nothing; add images of other classes"
    #expect(
      bench.check().problems.contains {
        $0.code == "QR026" && $0.message == warning && $0.range?.start.line == 2
      })
    #expect(bench.run().exitCode == 0)
    #expect(bench.display.warnings == [warning])
  }

  @Test(arguments: [
    (
      "cat/1.png cat/2.png dog/1.png",
      "2:21: error: pets: class 'dog' has only 1 image; a class needs at least 2, because a fifth of each class is set "
        + "aside for testing; add images, or use train/CLASS/*.{png,jpg} and test/CLASS/*.{png,jpg}"
    ),
    (
      "train/cat/1.png train/dog/1.png test/cat/1.png",
      "2:21: error: pets/test: the classes differ from those in train: no 'dog'; use the same class folders in every split"
    ),
    (
      "train/1.png test/1.png",
      "2:21: error: pets/train: found 1 image, but no class folders, so the classes are unknown; put the images at "
        + "CLASS/*.{png,jpg} in this folder, or move the folder out of the data set"
    ),
  ])
  func `a folder that is no data set is reported at its path`(files: String, expected: String) throws {
    let bench = try pets(files)
    let problems = bench.check().rehearsed.joined(separator: "\n").replacing("\(bench.folder)/", with: "")
    #expect(problems.hasPrefix("n.md:\(expected)\n"), "\(problems)")
  }

  @Test func `a fraction that a class is too small for is reported at the fraction`() throws {
    let bench = try pets(
      "train/cat/1.png train/cat/2.png train/dog/1.png test/cat/1.png test/dog/1.png",
      notebook: "```swift\nlet data = loadData(.imageFolder(\"pets\"), batchSize: 2, validation: 0.2)\n```\n")
    let problems = bench.check().rehearsed.joined(separator: "\n").replacing("\(bench.folder)/", with: "")
    #expect(
      problems.hasPrefix(
        "n.md:2:69: error: cannot set aside validation images: class 'dog' has only 1 training image; a class needs at "
          + "least 2\n"), "\(problems)")
  }

  @Test func `a folder of validation images is the validation split, and there is no test set`() throws {
    let files = "train/cat/1.png train/cat/2.png train/dog/1.png val/cat/1.png val/dog/1.png"
    let text = """
      ```swift
      let data = loadData(.imageFolder("pets", size: 8), batchSize: 2)
      let model = buildModel("M", inputSize: 8) { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 2); LogSoftmax() }
      let history = train(model, on: data, epochs: 1)
      print(history.bestValidationAccuracy >= 0, data.testCount)
      let evaluation = evaluate(model, on: data, split: .validation)
      confusionMatrix(evaluation)
      ```

      """
    let bench = try pets(files, notebook: text)
    #expect(
      bench.check().data == ["loadData (line 2): pets: 3 training, 2 validation images in 2 classes"])
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(bench.display.lines.contains("true 0"))
    #expect(!bench.report.contains("Test images"))
    let wrong = try pets(files, notebook: text.replacing(", split: .validation", with: ""))
    let problems = wrong.check().rehearsed.joined(separator: "\n")
    #expect(
      problems.contains("error: 'pets' has no test images; choose .validation or .train"), "\(problems)")
  }
}
