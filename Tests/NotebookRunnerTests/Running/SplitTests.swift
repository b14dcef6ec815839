import Foundation
import Testing

@testable import NotebookRunner

/// A reader who takes a validation figure for a test figure believes in a model that was never tested.
@Suite struct SplitTests {
  private static func notebook(_ loading: String, _ more: String = "") -> String {
    """
    ```swift
    //| label: data
    let data = loadData(.synthetic(train: 80, test: 20), batchSize: 10\(loading))
    let model = buildModel("Tiny") { AdaptiveAvgPool2d(2); Flatten(); Linear(12, 10); LogSoftmax() }
    ```
    ```swift
    //| label: training
    let history = train(model, on: data, epochs: 2, target: 0.01)
    results(history)
    plot(.history(history))
    compare(["one": history])
    requirements(model, history: history)
    \(more)
    ```
    """
  }

  @Test func `a validation figure is never called a test figure`() throws {
    let text =
      Self.notebook(", validation: 0.25", "print(history.evaluatedOn)")
      + "\n\nBest: `{swift} percent(history.bestValidationAccuracy)`."
    let bench = try NotebookBench(text)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    let json = try #require(bench.file("n/run.json"))
    let (csv, log) = (try #require(bench.file("n/history.csv")), try #require(bench.file("n/training.log")))
    for (name, text) in [
      ("report", bench.report), ("run.json", json), ("history.csv", csv), ("training.log", log),
      ("terminal", bench.display.lines.joined(separator: "\n")),
    ] {
      for claim in [
        "test accuracy", "Test accuracy", "Test Acc", "test_accuracy", "TestAccuracy", "test loss",
        "Test loss",
        "TestLoss", "Test Loss", "| Test", ">Test<", "on the test images",
      ] {
        #expect(!text.contains(claim), "\(name) claims '\(claim)'")
      }
    }
    for words in [
      "Best validation accuracy", "on the validation images at epoch", "validation loss", ">Validation</th>",
      "Validation accuracy", "<dt>Validation images</dt><dd>20", "60 training, 20 validation, 20 test images",
      "25% of 80",
    ] {
      #expect(bench.report.contains(words), "\(words)")
    }
    for key in [
      "\"bestValidationAccuracy\"", "\"finalValidationAccuracy\"", "\"finalValidationLoss\"",
      "\"split\" : \"validation\"", "\"validationImages\" : 20",
    ] {
      #expect(json.contains(key), "\(key)")
    }
    #expect(bench.display.lines.contains("validation"))
    #expect(bench.display.lines.contains { $0.contains("New best model saved! (Validation Acc: ") })
  }

  @Test func `the test figure is shown once the test images were looked at`() throws {
    let bench = try NotebookBench(
      Self.notebook(", validation: 0.25", "evaluate(model, on: data, split: .test)"))
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(bench.report.contains("<dt>Test accuracy</dt>"))
    #expect(bench.report.contains("20 test images, weights after"))
    #expect(bench.report.contains("<dt>Best validation accuracy</dt>"))
  }

  @Test func `without a split the words are the assignment's`() throws {
    let bench = try NotebookBench(Self.notebook(""))
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    let json = try #require(bench.file("n/run.json"))
    #expect(json.contains("\"bestTestAccuracy\"") && json.contains("\"finalTestAccuracy\""))
    #expect(json.contains("\"split\" : \"test\"") && !json.contains("alidation"))
    #expect(
      bench.report.contains("Best test accuracy") && bench.report.contains("on the test images at epoch"))
    #expect(!bench.report.contains("alidation"))
  }

  @Test(arguments: [
    (", validation: 0.25", "history.finalTestAccuracy", "use finalValidationAccuracy, or evaluate("),
    (", validation: 0.25", "history.bestTestMetric", "use bestValidationMetric"),
    (", validation: 0.25", "history.finalTestLoss", "use finalValidationLoss"),
    ("", "history.bestValidationAccuracy", "use bestTestAccuracy, or set validation: in loadData"),
    ("", "evaluate(model, on: data, split: .validation).loss", "was loaded without validation images"),
  ])
  func `a claim that is not true is refused by the check, at its place`(
    loading: String, claim: String, words: String
  ) throws {
    let bench = try NotebookBench(Self.notebook(loading, "print(\(claim))"))
    let report = NotebookRunner.check(bench.options())
    #expect(report.errors == 1, "\(report.rehearsed)")
    #expect(report.rehearsed.first?.contains(words) == true, "\(report.rehearsed)")
    #expect(report.rehearsed.first?.contains("n.md:13:") == true, "\(report.rehearsed)")
    #expect(bench.run().exitCode != 0 && bench.file("n/history.csv") == nil, "nothing runs")
  }

  /// A figure that no epoch has must not fail after hours of training.
  @Test(arguments: [
    "for epoch in history.epochs { print(epoch.testAccuracy) }",
    "for epoch in history.epochs where epoch.testAccuracy > 0.5 { print(epoch.epoch) }",
    "for (index, epoch) in history.epochs.enumerated() { print(index, epoch.testLoss) }",
    "print(history.epochs[0].testLoss)",
    "print(history.epochs[history.bestEpoch - 1].testAccuracy)",
    "print(history.epochs.map(\\.testAccuracy))",
    "print(history.epochs.map { $0.testAccuracy }.max() ?? 0)",
    "print(history.epochs.last?.testAccuracy ?? 0)",
    "let epochs = history.epochs\nprint(epochs.first!.testLoss)",
    "let last = history.epochs.suffix(2)\nfor epoch in last { print(epoch.testLoss) }",
    "if let best = history.epochs.max(by: { $0.testAccuracy < $1.trainAccuracy }) { print(best.epoch) }",
    "print(history.epochs.filter { $0.testAccuracy > 0.5 }.count)",
    "print(history.epochs.reduce(0.0) { $0 + $1.testLoss })",
    "func show(_ epochs: [EpochRecord]) { for e in epochs { print(e.testLoss) } }\nshow(history.epochs)",
    "train(model, on: data, epochs: 1, onEpoch: { epoch in print(epoch.testAccuracy) })",
    "func note(_ epoch: EpochRecord) { print(epoch.testLoss) }\ntrain(model, on: data, epochs: 1, onEpoch: note)",
  ])
  func `an epoch's figure that does not exist is refused by the check`(_ code: String) throws {
    let bench = try NotebookBench(Self.notebook(", validation: 0.25", code))
    let report = NotebookRunner.check(bench.options())
    #expect(report.errors == 1, "\(report.rehearsed)")
    #expect(report.rehearsed.first?.contains("use validation") == true, "\(report.rehearsed)")
    #expect(bench.run().exitCode == 2 && bench.file("n/history.csv") == nil, "nothing runs")
    let right = try NotebookBench(Self.notebook("", code))
    #expect(NotebookRunner.check(right.options()).errors == 0)
    #expect(right.run().exitCode == 0, "\(right.problems)")
  }

  /// Only the run knows the epochs: how many there are and their figures.
  @Test func `the check assumes nothing else about the epochs`() throws {
    let code = """
      var count = 0
      var losses: [Double] = []
      for epoch in history.epochs {
        count += 1
        losses.append(epoch.trainLoss)
      }
      let all = history.epochs
      var seen = 0
      all.forEach { _ in seen += 1 }
      precondition(count == 2 && losses.count == 2 && seen == 2 && all.count == 2 && history.epochs.count == 2)
      precondition(all[1].epoch == 2 && all.last?.epoch == 2 && all.enumerated().map { $0.offset }.last == 1)
      precondition(all.map { _ in 1 }.reduce(0, +) == 2 && all.dropFirst(1).count == 1)
      print(all.map(\\.evaluatedOn))
      """
    let bench = try NotebookBench(Self.notebook("", code))
    #expect(
      NotebookRunner.check(bench.options()).errors == 0, "\(NotebookRunner.check(bench.options()).rehearsed)")
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
  }

  @Test func `trainings on different splits are not ranked`() throws {
    let bench = try NotebookBench(
      Self.notebook(
        "",
        """
        let part = loadData(.synthetic(train: 80, test: 20), batchSize: 10, validation: 0.25)
        compare(["test": history, "part": train(model, on: part, epochs: 1)])
        """))
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(
      bench.report.contains("evaluated on different images (test: test images; part: validation images)"))
    #expect(bench.report.contains("part (validation)"))
  }
}
