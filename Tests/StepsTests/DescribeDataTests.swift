import Foundation
import Neural
import Reporting
import Testing

@testable import Steps

/// A reader sees what is in the data before training on it, and hears of test images that the model has seen.
@Suite struct DescribeDataTests {
  private let observer = RecordingObserver()
  private var run: Run {
    Run(RunSettings(threads: 1, output: FileManager.default.temporaryDirectory.path), observer: observer)
  }

  /// One grayscale pixel per image.
  private func set(_ pixels: [UInt8], _ labels: [Int32]) throws -> ImageSet {
    try ImageSet(size: ImageSize(1, 1), colorMode: .grayscale, pixels: pixels, labels: labels)
  }

  private func data(train: ImageSet, test: ImageSet) throws -> ImageData {
    try ImageData(
      Dataset(
        name: "Dots", classNames: ["dark", "light"], train: train, test: test, mean: [0.5], std: [0.25],
        fingerprint: "", source: ""), batchSize: 1)
  }

  private var text: String { observer.blocks.map { "\($0)" }.joined(separator: "\n") }

  @Test func classesAreCountedBySplitAndDrawn() throws {
    let data = try data(train: set([0, 10, 250, 20], [0, 0, 1, 0]), test: set([240, 30], [1, 0]))
    try run.describeData(data, examples: 2)
    let table = try #require(
      observer.blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }.first)
    #expect(table.headers == ["Class", "Training images", "Test images"])
    #expect(table.rows == [["dark", "3", "1"], ["light", "1", "1"], ["Total", "4", "2"]])
    let figure = try #require(
      observer.blocks.compactMap { if case .figure(let figure) = $0 { figure } else { nil } }.first)
    #expect(figure.data.first?.rows == [["dark", "3"], ["light", "1"]])
    #expect(observer.files.keys.sorted() == ["classes.png", "classes.svg"])
    let gallery = try #require(
      observer.blocks.compactMap { if case .gallery(let gallery) = $0 { gallery } else { nil } }.first)
    #expect(gallery.rows.map(\.title) == ["dark", "light"])
    #expect(gallery.rows.map { $0.images.map { $0.image.pixels[0] } } == [[0, 10], [250]])
  }

  @Test func statisticsAreThoseOfTheTrainingImagesAndCanBeCopied() throws {
    let data = try data(train: set([0, 51, 102, 255], [0, 0, 0, 1]), test: set([1], [1]))
    try run.describeData(data)
    #expect(text.contains(".normalize(mean: [0.4000], std: [0.3742])"), "\(text)")
    #expect(text.contains("training subtracts [0.5000]"))
  }

  @Test func imagesInTwoSplitsAreAWarningThatNamesThem() throws {
    let data = try data(train: set([0, 10, 250, 10], [0, 0, 1, 0]), test: set([240, 250, 10], [1, 1, 1]))
    try run.describeData(data)
    let warning =
      "Dots: 2 images of the 3 test images also are in the training images (test 1 = train 2, test 2 = train 1); "
      + "1 of them with another class, so results on the test images are too good; "
      + "remove the duplicates from one of the splits"
    #expect(text.contains(warning), "\(text)")
    #expect(text.contains("1 in the training images"))
    #expect(text.contains("test 2: light") && text.contains("train 1: dark"))
  }

  @Test func dataWithoutDuplicatesHasNoWarning() throws {
    let data = try data(train: set([0, 10], [0, 0]), test: set([240], [1]))
    try run.describeData(data)
    #expect(text.contains("none"))
    #expect(!observer.blocks.contains { if case .message = $0 { true } else { false } })
  }

  @Test func validationImagesAreASplit() throws {
    let dataset = try Dataset.synthetic(train: 40, test: 10)
    let data = try ImageData(dataset, batchSize: 4, validation: 0.5, seed: 1)
    try run.describeData(data, examples: 1)
    let table = try #require(
      observer.blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }.first)
    #expect(table.headers == ["Class", "Training images", "Validation images", "Test images"])
    #expect(table.rows.last == ["Total", "20", "20", "10"])
  }

  @Test func targetsThatAreNumbersHaveARange() throws {
    let data = try ImageData(.synthetic(train: 20, test: 5, target: .angle), batchSize: 4)
    try run.describeData(data, examples: 3)
    let table = try #require(
      observer.blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }.first)
    #expect(
      table.rows.map { Array($0.prefix(2)) } == [
        ["cosine", "20 train"], ["cosine", "5 test"], ["sine", "20 train"], ["sine", "5 test"],
      ])
    #expect(observer.files.isEmpty, "there are no classes to draw")
  }

  @Test func aTableIsRefused() throws {
    let rows = try ImageSet(features: [1, 2, 3, 4], featureCount: 2, targets: .labels([0, 1]))
    let data = try ImageData(
      Dataset(
        name: "Rows", targets: .classes(["a", "b"]), train: rows, test: rows, fingerprint: "", source: "",
        table: TableColumns(features: ["x", "y"], standardize: false)), batchSize: 1)
    #expect(throws: TrainingError.self) { try run.describeData(data) }
  }
}
