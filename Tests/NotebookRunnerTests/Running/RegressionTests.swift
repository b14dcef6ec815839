import Foundation
import Testing

@testable import NotebookRunner

/// A notebook that predicts numbers works like one that predicts classes, from the check to the export.
@Suite struct RegressionTests {
  private static let text = """
    ```swift
    //| label: data
    let data = loadData(.synthetic(train: 100, test: 40, target: .size), batchSize: 20)
    ```
    ```swift
    //| label: model
    let model = buildModel("Sizes") {
      Conv2d(3, 4, kernelSize: 3)
      ReLU()
      AdaptiveAvgPool2d(4)
      Flatten()
      Linear(64, 1)
    }
    ```
    ```swift
    //| label: training
    let history = train(model, on: data, epochs: 2, loss: .smoothL1(beta: 0.1), target: 0.001)
    results(history)
    plot(.history(history))
    ```
    ```swift
    //| label: evaluation
    let evaluation = evaluate(model, on: data)
    compare(["one": history])
    ```
    The error is `{swift} fixed(evaluation.meanAbsoluteError, 4)`, R² `{swift} fixed(evaluation.rSquared, 4)`,
    at best `{swift} fixed(history.bestTestMetric, 4)`.
    """

  @Test func theReportAndTheTablesHaveTheTasksMetrics() throws {
    let bench = try NotebookBench(Self.text)
    #expect(bench.check().problems.isEmpty)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    for words in [
      "mean absolute error", "Best test mean absolute error", "R²", "missed the 0.001 target", "MAE ",
    ] {
      #expect(bench.report.contains(words), "\(words)")
    }
    #expect(!bench.report.contains("test accuracy"), "numbers have no accuracy")
    #expect(bench.file("n/history.csv")?.hasPrefix("epoch,train_loss,train_mae,train_r2,test_loss,") == true)
    #expect(bench.file("n/run.json")?.contains("\"status\" : \"finished\"") == true)
    // Every step's result is found in the cache.
    let report = bench.report
    #expect(try bench.ranAgain() == [])
    #expect(timeless(bench.report) == timeless(report))
    let export = bench.export(.markdown, to: "page.md")
    #expect(export.exitCode == 0, "\(export.problems)")
  }

  @Test(arguments: [
    ("loss: .smoothL1(beta: 0.1)", "loss: .crossEntropy()", "needs classes as targets"),
    ("loss: .smoothL1(beta: 0.1)", "loss: .smoothL1(beta: -1)", "at least 0"),
    ("target: 0.001", "target: -1", "target must be"),
    ("let evaluation = ", "let answers = predict(model, [], on: data)\nlet evaluation = ", "classes"),
    ("Linear(64, 1)", "Linear(64, 2)", "1"),
  ])
  func mistakesAreFoundBeforeTheRun(right: String, wrong: String, words: String) throws {
    let bench = try NotebookBench(Self.text.replacingOccurrences(of: right, with: wrong))
    let problems = bench.check().problems.filter { $0.severity == .error }
    #expect(!problems.isEmpty)
    #expect(problems.first?.message.contains(words) == true, "\(problems)")
  }
}
