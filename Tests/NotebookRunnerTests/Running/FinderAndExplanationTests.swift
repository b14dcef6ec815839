import Foundation
import Testing

@testable import NotebookRunner

/// Mistakes in the calls of `learningRateFinder` and `explain` are found before anything runs, and their results are
/// restored from the cache.
@Suite struct FinderAndExplanationTests {
  private static let notebook = """
    ```swift
    let data = loadData(.synthetic(train: 40, test: 20), batchSize: 10)
    let model = buildModel("Tiny") { Conv2d(3, 4, kernelSize: 3); ReLU(); AdaptiveAvgPool2d(1); Flatten(); Linear(4, 10); LogSoftmax() }
    BODY
    ```
    """

  @Test(arguments: [
    ("learningRateFinder(model, on: data, startLR: 1, endLR: 0.1)", "endLR must be above startLR, 1.0"),
    ("learningRateFinder(model, on: data, loss: .mse)", "loss .mse needs numbers as targets"),
    ("learningRateFinder(model, on: data, batches: 5)", "in 20…10,000"),
    ("explain(model, on: data, layer: \"9\")", "layer must be a layer of 'Tiny' whose output is an image"),
    ("explain(model, on: data, className: \"zebra\")", "className must be a class of"),
    ("explain(model, on: data, images: [\"absent.png\"])", "absent.png"),
    ("explain(model, on: data, split: .validation)", "without validation images"),
  ])
  func `the check finds mistakes at the argument`(code: String, words: String) throws {
    let bench = try NotebookBench(Self.notebook.replacingOccurrences(of: "BODY", with: code))
    let report = bench.check()
    #expect(report.errors == 1, "\(report.problems)")
    let problem = try #require(report.problems.first)
    #expect(problem.message.contains(words), "\(problem)")
    // The caret is at the argument, behind the name of the step.
    let start = try #require(problem.range?.start)
    #expect(start.line == 4 && start.column > 10, "\(problem)")
  }

  @Test func `results are restored from the cache, and the rate of a finder trains`() throws {
    let bench = try NotebookBench(
      Self.notebook.replacingOccurrences(
        of: "BODY",
        with: """
          let found = learningRateFinder(model, on: data, batches: 20)
          ```

          ```swift
          let history = train(model, on: data, epochs: 1, optimizer: .adamW(learningRate: found.valley))
          explain(model, on: data, count: 2)
          """))
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(bench.file("n/learning_rate_finder.svg") != nil)
    #expect(bench.report.contains("Grad-CAM"))
    #expect(try bench.ranAgain() == [])
  }
}
