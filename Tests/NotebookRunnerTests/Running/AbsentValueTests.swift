import Foundation
import Testing

@testable import NotebookRunner

/// A figure for something that was not measured sends the reader after a fault that does not exist.
@Suite struct AbsentValueTests {
  private static let regression = """
    ```swift
    let data = loadData(.synthetic(train: 40, test: 20, target: .size), batchSize: 20)
    let model = buildModel("Sizes") { AdaptiveAvgPool2d(4); Flatten(); Linear(48, 1) }
    let history = train(model, on: data, epochs: 1, loss: .mse)
    let evaluation = evaluate(model, on: data)
    BODY
    ```
    """

  @Test(arguments: [
    ("confusionMatrix(evaluation)", "a confusion matrix needs data with classes"),
    ("plot(.perClassAccuracy(evaluation))", "a plot of each class's accuracy needs data with classes"),
    ("classificationReport(evaluation)", "a classification report needs data with classes"),
    ("plot(.reliabilityDiagram(evaluation))", "a reliability diagram needs data with classes"),
    ("print(evaluation.macroF1)", "'macroF1' does not exist"),
    (
      "evaluate(model, on: data, testTimeAugmentation: .horizontalFlip)",
      "test-time augmentation needs data with classes"
    ),
    ("misclassified(evaluation, on: data)", "a gallery of misclassified images needs data with classes"),
    (
      "print(evaluation.accuracy)",
      "'accuracy' does not exist: a regression is measured by mean absolute error"
    ),
    ("print(evaluation.perClassAccuracy)", "'perClassAccuracy' does not exist"),
    ("print(history.bestTestAccuracy)", "'bestTestAccuracy' does not exist"),
    ("print(history.bestTrainAccuracy)", "'bestTrainAccuracy' does not exist"),
    ("print(history.finalTrainAccuracy)", "'finalTrainAccuracy' does not exist"),
    ("train(model, on: data, epochs: 1, schedule: .plateau(mode: .max), loss: .mse)", "use mode: .min"),
  ])
  func `the check refuses what a regression does not have`(code: String, words: String) throws {
    let bench = try NotebookBench(Self.regression.replacingOccurrences(of: "BODY", with: code))
    let report = NotebookRunner.check(bench.options())
    #expect(report.errors == 1, "\(report.rehearsed)")
    #expect(report.rehearsed.first?.contains(words) == true, "\(report.rehearsed)")
    #expect(report.rehearsed.first?.contains("n.md:6:") == true, "\(report.rehearsed)")
  }

  @Test func `a regression has no accuracy in any file`() throws {
    let bench = try NotebookBench(
      Self.regression.replacingOccurrences(of: "BODY", with: "requirements(model, history: history)"))
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    let json = try #require(bench.file("n/run.json"))
    #expect(
      !json.contains("NaN") && !json.contains("Accuracy\"") && !json.contains("\"accuracy\""), "\(json)")
    for key in [
      "\"bestTestMae\"", "\"finalTestR2\"", "\"finalTrainMae\"", "\"metric\" : \"mae\"", "\"mae\" : ",
    ] {
      #expect(json.contains(key), "\(key)")
    }
    #expect(bench.report.contains("none: the task is regression"))
  }

  @Test func `a class without images is absent in cells and charts`() throws {
    // The last three of ten classes have no test image.
    let bench = try NotebookBench(
      """
      ```swift
      let data = loadData(.synthetic(train: 60, test: 7), batchSize: 20)
      let model = buildModel("Tiny") { AdaptiveAvgPool2d(2); Flatten(); Linear(12, 10); LogSoftmax() }
      let evaluation = evaluate(model, on: data)
      for (name, accuracy) in zip(data.classNames, evaluation.perClassAccuracy) {
        print(name, accuracy.map { percent($0) } ?? "no images")
      }
      confusionMatrix(evaluation)
      classificationReport(evaluation)
      plot(.perClassAccuracy(evaluation))
      ```
      """)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(bench.display.lines.count { $0.hasSuffix(" no images") } == 3, "\(bench.display.lines)")
    let svg = try #require(bench.file("n/per_class_accuracy.svg"))
    #expect(svg.contains("No value for ") && svg.components(separatedBy: ">–<").count == 4, "\(svg)")
  }

  @Test func `a batch of one value per channel is found at its layer`() throws {
    let bench = try NotebookBench(
      """
      ```swift
      let data = loadData(.synthetic(train: 41, test: 20), batchSize: 8)
      let model = buildModel("Tiny") {
        AdaptiveAvgPool2d(1)
        BatchNorm2d(3)
        Flatten(); Linear(3, 10); LogSoftmax()
      }
      train(model, on: data, epochs: 1)
      ```
      """)
    let report = NotebookRunner.check(bench.options())
    #expect(report.errors == 1)
    let problem = try #require(report.rehearsed.first)
    #expect(
      problem.contains("n.md:5:3: error: BatchNorm2d '1' needs more than 1 value per channel"), "\(problem)")
    #expect(problem.contains("set dropLast: true or another batchSize"))
  }
}
