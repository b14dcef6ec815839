import Foundation
import Support
import Testing

@testable import Neural

/// The usual layouts of image folders are read as they are meant, or refused with what was found. Otherwise a split
/// becomes a class, or images are lost.
struct ImageFolderLayoutTests {
  private func write(_ files: String, to place: TemporaryDirectory) throws {
    let png = try Image(ImageSize(2, 2)).png()
    for file in files.split(separator: " ") { try place.write(png, to: String(file)) }
  }

  private func outline(_ place: TemporaryDirectory) throws -> DatasetOutline {
    try #require(try DatasetOutline.find(.imageFolder(place.path, size: 2), from: DatasetLocator()))
  }

  private static let flat = "a/1.png a/2.png a/3.png b/1.png b/2.png "

  @Test(arguments: [
    // Files, the classes and the number of training, validation and test images.
    (flat, "a b: 3 - 2"),
    ("train/a/1.png train/a/2.png train/b/1.png train/b/2.png", "a b: 2 - 2"),
    ("train/a/1.png train/b/1.png test/a/1.png test/b/1.png test/b/2.png", "a b: 2 - 3"),
    ("train/a/1.png train/b/1.png val/a/1.png val/b/1.png", "a b: 2 2 0"),
    ("train/a/1.png train/b/1.png valid/a/1.png valid/b/1.png", "a b: 2 2 0"),
    ("train/a/1.png train/b/1.png validation/a/1.png validation/b/1.png", "a b: 2 2 0"),
    // Hugging Face's names.
    ("train/a/1.png train/b/1.png dev/a/1.png dev/b/1.png", "a b: 2 2 0"),
    ("train/a/1.png train/b/1.png eval/a/1.png eval/b/1.png", "a b: 2 - 2"),
    ("train/a/1.png dev/a/1.png evaluation/a/1.png", "a: 1 1 1"),
    ("dev/1.png dev/2.png eval/1.png eval/2.png ops/1.png ops/2.png", "dev eval ops: 3 - 3"),
    ("train/a/1.png train/a/2.png val/a/1.png test/a/1.png test/a/2.png test/a/3.png", "a: 2 1 3"),
    ("Training/a/1.png Testing/a/1.png Testing/a/2.png", "a: 1 - 2"),
    // Classes that have the name of a split.
    (flat + "train/1.png train/2.png", "a b train: 4 - 3"),
    (flat + "test/1.png test/2.png", "a b test: 4 - 3"),
    (flat + "val/1.png val/2.png test/1.png test/2.png train/1.png train/2.png", "a b test train val: 6 - 5"),
    ("train/a/1.png train/a/2.png train/train/1.png test/a/1.png test/train/2.png", "a train: 3 - 2"),
  ])
  func `a usual layout is understood`(files: String, expected: String) throws {
    let place = try TemporaryDirectory()
    try write(files, to: place)
    let found = try outline(place)
    let counts = [found.trainCount, found.validationCount, found.testCount].map { $0.map(String.init) ?? "-" }
    #expect("\(found.classNames.joined(separator: " ")): \(counts.joined(separator: " "))" == expected)
    #expect(found.skipped.isEmpty)
    let data = try Dataset.load(.imageFolder(place.path, size: 2), from: DatasetLocator())
    #expect(DatasetOutline(data).trainPerClass == found.trainPerClass)
    #expect(data.test.count == found.testCount && data.validation?.count == found.validationCount)
  }

  @Test(arguments: [
    (
      "train/a/1.png train/b/1.png test/1.png test/2.png",
      "test: found 2 images, but no class folders, so the classes are unknown; put the images at CLASS/*.{png,jpg} in this "
        + "folder, or move the folder out of the data set"
    ),
    (
      "train/1.png",
      "train: found 1 image, but no class folders, so the classes are unknown; put the images at CLASS/*.{png,jpg} in this "
        + "folder, or move the folder out of the data set"
    ),
    (
      "val/a/1.png test/a/1.png",
      ": found 'test' and 'val', but no folder 'train'; put the training images at train/CLASS/*.{png,jpg}"
    ),
    (
      "train/a/1.png val/a/1.png valid/a/1.png",
      ": found 'val' and 'valid', but only one folder can have the validation images; keep one"
    ),
    (
      "train/steam/1.png car/1.png bus/1.png",
      ": 'train' may be a split, with the classes 'steam', or a class next to 'bus' and 'car'; use CLASS/*.{png,jpg}, or "
        + "move other folders out of the data set"
    ),
    (
      "flowers/daisy/1.png flowers/rose/1.png",
      "flowers: the only class folder contains the folders 'daisy' and 'rose'; if these are the classes or splits, "
        + "use this path"
    ),
    (
      "data/flowers/train/a/1.png data/flowers/test/a/1.png",
      "data: the only class folder contains only the folder 'flowers'; use the path of the folder that has the classes "
        + "or splits"
    ),
    (
      "cat/train/1.png cat/test/1.png dog/test/1.png",
      ": the class folders contain splits: 'cat/test' and 'dog/test'; put the splits outside, at "
        + "{train,val,test}/CLASS/*.{png,jpg}"
    ),
    (
      "train/a/1.png train/b/1.png test/a/1.png test/B/1.png",
      "test: the classes differ from those in train: no 'b'; 'B' is not in train (upper and lower case differ); use the "
        + "same class folders in every split"
    ),
    (
      "train/a/1.png train/b/1.png val/b/1.png test/a/1.png test/b/1.png",
      "val: the classes differ from those in train: no 'a'; use the same class folders in every split"
    ),
    (
      "a/1.png a/2.png b/1.png c/1.png",
      ": 2 classes ('b' and 'c') have only 1 image each; a class needs at least 2, because a fifth of each class is "
        + "set aside for testing; add images, or use train/CLASS/*.{png,jpg} and test/CLASS/*.{png,jpg}"
    ),
  ])
  func `another layout is refused with what was found`(files: String, expected: String) throws {
    let place = try TemporaryDirectory()
    try write(files, to: place)
    let error = #expect(throws: DatasetError.self) { try outline(place) }
    let path = expected.hasPrefix(":") ? place.path : "\(place.path)/"
    #expect(error?.description == path + expected)
  }

  @Test func `every class has a test image, however small it is`() throws {
    let place = try TemporaryDirectory()
    let names = (0..<300).map { "class\($0)" }
    try write(names.flatMap { ["\($0)/1.png", "\($0)/2.png"] }.joined(separator: " "), to: place)
    let data = try Dataset.load(.imageFolder(place.path, size: 2), from: DatasetLocator())
    #expect(data.train.labels == data.test.labels && Set(data.test.labels).count == 300)
    #expect(try outline(place).testCount == 300)
  }

  @Test func `a folder's own validation images exclude a fraction`() throws {
    let place = try TemporaryDirectory()
    try write("train/a/1.png train/a/2.png val/a/1.png", to: place)
    let found = try outline(place)
    #expect(try DataOutline(found).heldCount == 1)
    let error = #expect(throws: ImageSetError.self) { try DataOutline(found, validation: 0.5) }
    #expect(error?.description.hasSuffix("has its own validation images (1); remove validation: 0.5") == true)
    let data = try ImageData(Dataset.load(.imageFolder(place.path, size: 2), from: DatasetLocator()))
    #expect(data.held.count == 1 && data.test.count == 0 && data.hasValidation)
  }

  @Test func `a class of one image is refused by a validation fraction, by name`() throws {
    let place = try TemporaryDirectory()
    try write("train/a/1.png train/a/2.png train/b/1.png test/a/1.png test/b/1.png", to: place)
    let error = #expect(throws: ImageSetError.self) { try DataOutline(outline(place), validation: 0.2) }
    #expect(
      error?.description
        == "cannot set aside validation images: class 'b' has only 1 training image; a class needs at least 2"
    )
  }
}
