import Foundation
import Testing

@testable import NotebookRunner

/// A notebook about a table works like one about images, from the check to the export.
@Suite struct TableRunTests {
  private static let twoMoons: String = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return (try? String(contentsOf: root.appendingPathComponent("notebooks/two-moons.md"), encoding: .utf8))
      ?? ""
  }()

  @Test func `two moons are told apart`() throws {
    let bench = try NotebookBench(Self.twoMoons)
    #expect(bench.check(["epochs=12"]).problems.isEmpty)
    #expect(bench.run(["epochs=12"]).exitCode == 0, "\(bench.problems)")
    for words in ["Training rows", "50 test rows", "classified as <em>", "Confidence", "Confusion"] {
      #expect(bench.report.contains(words), "\(words)")
    }
    #expect(!bench.report.contains("Training images"))
    let accuracy = try #require(
      bench.file("n/history.csv")?.split(separator: "\n").last?.split(separator: ",").dropFirst(4).first)
    #expect(try #require(Double(accuracy)) > 0.8, "\(accuracy)")
    let report = bench.report
    #expect(try bench.ranAgain(["epochs=12"]) == [], "every step's result is found in the cache")
    #expect(timeless(bench.report) == timeless(report))
    let export = bench.export(.markdown, to: "page.md")
    #expect(export.exitCode == 0, "\(export.problems)")
  }

  @Test func `a regression predicts the numbers of rows`() throws {
    let bench = try NotebookBench(
      """
      ```swift
      let rows = (0..<60).map { [Double($0) / 10, Double($0 % 7)] }
      let data = loadData(.arrays(features: rows, targets: rows.map { 2 * $0[0] - $0[1] }), validation: 0.2)
      let model = buildModel("Plane", inputFeatures: 2) { Linear(2, 1) }
      let history = train(model, on: data, epochs: 60, optimizer: .adam(learningRate: 0.2), loss: .mse)
      let answers = predictRows(model, [[3, 1], [0, 4]], on: data)
      print(answers.map { abs($0.values[0] - 5) < 0.5 || abs($0.values[0] + 4) < 0.5 }, history.epochCount)
      print(data)
      ```
      """)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(bench.report.contains("[true, true] 60"))
    #expect(bench.report.contains("arrays: 38 training, 10 validation, 12 test rows, batches of 64"))
  }

  private static let prelude = """
    let d = loadData(.arrays(features: [[1, 2], [3, 1], [1, 2], [0, 0]], labels: [1, 1, 0, 0]))
    let m = buildModel("M", inputFeatures: 2) { Linear(2, 2); LogSoftmax() }
    """

  @Test(arguments: [
    (
      "let n = buildModel(\"N\") { Flatten(); Linear(3072, 2); LogSoftmax() }\nlet h = train(n, on: d, epochs: 1)",
      "the model expects images of 3×32×32 (channels×height×width), but the data has rows of 2 features; "
        + "build the model with inputFeatures: 2"
    ),
    (
      "let i = loadData(.synthetic(train: 100, test: 10))\nlet h = train(m, on: i, epochs: 1)",
      "the model expects rows of 2 features, but the data has images of 3×32×32"
    ),
    ("showAugmentations(d)", "a gallery of augmentations needs images, but 'arrays' is a table of numbers"),
    (
      "misclassified(evaluate(m, on: d), on: d)",
      "a gallery of misclassified images needs images, but 'arrays' is a table of numbers"
    ),
    ("predict(m, [], on: d)", "a prediction for files needs images, but 'arrays' is a table of numbers"),
    ("predictRows(m, [[1, 2], [1]], on: d)", "row 1 has 1 feature, but the data has 2: x1, x2"),
    ("predictRows(m, [[1, Double.nan]], on: d)", "row 0 has the feature x2 nan"),
    (
      "let k = buildModel(\"K\", inputSize: 64, inputFeatures: 2) { Linear(2, 2) }",
      "inputFeatures must be nil for a model of images (inputSize: 64), found 2"
    ),
    (
      "let k = buildModel(\"K\", inputFeatures: 3) { Linear(2, 2) }",
      "Linear '0' expects 2 features, found 3 features from the layer before it"
    ),
    (
      "let e = loadData(.arrays(features: [[1], [2]], labels: [0, 0]), augmentation: [.horizontalFlip()])",
      "augmentation 1, HorizontalFlip: augmentations change images, but 'arrays' is a table of numbers"
    ),
  ])
  func `what a table does not have is refused before the run`(cell: String, words: String) throws {
    let bench = try NotebookBench("```swift\n\(Self.prelude)\n\(cell)\n```\n")
    let errors = bench.check().problems.filter { $0.severity == .error }
    #expect(errors.map(\.message).joined(separator: "\n").contains(words), "\(errors)")
    #expect(errors.count == 1, "\(errors)")
  }

  @Test func `a table of one class is a warning`() throws {
    let bench = try NotebookBench(
      "```swift\nlet d = loadData(.arrays(features: [[1], [2], [3]], labels: [4, 4, 4]))\nprint(d)\n```\n")
    let problems = bench.check().problems
    #expect(problems.map(\.code) == ["QR026"])
    #expect(problems.first?.message.contains("all training rows belong to the class '4'") == true)
  }
}

/// Classes of very different sizes get a warning, and both remedies end it.
@Suite struct ClassImbalanceTests {
  private func text(_ load: String = "", _ train: String = "", rare: Int = 4) -> String {
    """
    ```swift
    let rows = (0..<100).map { [Double($0)] }
    let data = loadData(.arrays(features: rows, labels: rows.map { $0[0] < \(100 - rare) ? "no" : "yes" })\(load))
    let model = buildModel("Line", inputFeatures: 1) { Linear(1, 2); LogSoftmax() }
    let history = train(model, on: data, epochs: 2\(train))
    print(history.epochCount)
    ```
    """
  }

  @Test func `check, run and report warn, and the data step shows the counts`() throws {
    let bench = try NotebookBench(text())
    let message =
      "arrays: class 'no' has 77 training rows, but class 'yes' only 3, so a model may ignore it; "
      + "train with classWeights: .balanced, or load the data with sampler: .weighted"
    let problems = bench.check().problems
    #expect(problems.map(\.code) == ["QR029"] && problems.first?.message == message, "\(problems)")
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(bench.display.warnings == [message])
    #expect(bench.report.contains("Training rows per class") && bench.report.contains("no 77, yes 3"))
    #expect(bench.report.contains("so a model may ignore it"))
  }

  @Test(arguments: [
    ("", ", classWeights: .balanced"), ("", ", classWeights: .weights([1, 20])"),
    (", sampler: .weighted", ""),
  ])
  func `a remedy ends the warning`(load: String, train: String) throws {
    let bench = try NotebookBench(text(load, train))
    #expect(bench.check().problems.isEmpty)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(bench.display.warnings.isEmpty)
    #expect(try bench.ranAgain() == [])
  }

  @Test func `up to ten to one, there is no warning`() throws {
    #expect(try NotebookBench(text(rare: 10)).check().problems.isEmpty)
  }

  @Test(arguments: [
    (
      ", classWeights: .weights([1, 2, 3])",
      "classWeights must be one weight for each of the 2 classes, found 3"
    ),
    (", classWeights: .weights([1, -1])", "above 0"),
  ])
  func `weights are checked before the run`(train: String, words: String) throws {
    let bench = try NotebookBench(text("", train))
    let errors = bench.check().problems.filter { $0.severity == .error }
    #expect(errors.count == 1 && errors.first?.message.contains(words) == true, "\(errors)")
  }
}
