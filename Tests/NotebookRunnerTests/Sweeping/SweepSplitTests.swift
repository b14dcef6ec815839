import Foundation
import Testing

@testable import NotebookRunner

/// A sweep's table is read as a ranking: its columns name the metric and the images, and unlike runs are not ranked.
@Suite struct SweepSplitTests {
  private static func notebook(_ source: String, _ end: String, _ training: String) -> String {
    """
    ```swift parameters
    let rate = 0.01
    let hold = 0.25
    ```
    ```swift
    let data = loadData(.synthetic(train: 60, test: 20\(source)), batchSize: 15, validation: hold)
    let model = buildModel("Tiny") { AdaptiveAvgPool2d(1); Flatten(); \(end) }
    \(training)
    ```
    """
  }

  private static let classes = notebook(
    "", "Linear(3, 10); LogSoftmax()",
    "let history = train(model, on: data, epochs: 2, optimizer: .sgd(learningRate: rate))")
  private static let sizes = notebook(
    ", target: .size", "Linear(3, 1)",
    "let history = train(model, on: data, epochs: 2, optimizer: .sgd(learningRate: rate), loss: .mse)")

  private func head(_ bench: SweepBench) throws -> String {
    String(try #require(bench.bench.file("n-sweep/sweep.csv")).prefix { $0 != "\n" })
  }

  @Test func `columns, page and terminal name the validation images`() throws {
    let bench = try SweepBench(Self.classes)
    #expect(bench.sweep(["rate=0.5,0.01"]).exitCode == 0, "\(bench.display.problems)")
    #expect(
      try head(bench)
        == "rate,status,epochs,best_validation_accuracy,best_epoch,last_train_loss,last_validation_loss,seconds,"
        + "model_parameters,folder,error")
    let manifest = try #require(bench.bench.file("n-sweep/sweep.json"))
    #expect(manifest.contains("\"split\" : \"validation\"") && manifest.contains("\"metric\" : \"accuracy\""))
    for text in [bench.page, bench.display.lines.joined(separator: "\n")] {
      #expect(text.contains("Best validation accuracy") && !text.contains("Best test"))
      #expect(text.contains("on the validation images"))
    }
    #expect(bench.page.contains("Best validation accuracy") && !bench.page.contains("test images"))
  }

  @Test func `a regression has columns of its metric`() throws {
    let bench = try SweepBench(Self.sizes)
    #expect(bench.sweep(["rate=0.1,0.01", "hold=0.0"]).exitCode == 0, "\(bench.display.problems)")
    #expect(try head(bench).contains(",best_test_mae,") && !(try head(bench).contains("accuracy")))
    #expect(bench.lines.allSatisfy { $0.contains("MAE ") })
  }

  @Test func `an evaluation alone is ranked by its own metric and named by its split`() throws {
    let text = Self.notebook(", target: .size", "Linear(3, 1)", "evaluate(model, on: data, split: .train)")
      .replacingOccurrences(of: "Tiny\")", with: "Tiny\\(rate)\")")
    let bench = try SweepBench(text)
    #expect(bench.sweep(["rate=0.1,0.01"]).exitCode == 0, "\(bench.display.problems)")
    #expect(try head(bench).contains(",best_train_mae,"))
    #expect(bench.page.contains("Best train mean absolute error"))
  }

  @Test func `runs that were evaluated on different images are not ranked`() throws {
    let bench = try SweepBench(Self.classes)
    #expect(bench.sweep(["hold=0.0,0.25"]).exitCode == 0, "\(bench.display.problems)")
    #expect(try head(bench).contains(",best_test_accuracy,best_validation_accuracy,"))
    #expect(!bench.page.contains("<tr class=\"marked\">"))
    #expect(bench.page.contains("uns evaluated on different images cannot be ranked"))
    #expect(bench.page.contains("on validation images") && bench.page.contains("on test images"))
  }
}
