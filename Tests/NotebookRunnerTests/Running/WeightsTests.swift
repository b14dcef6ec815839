import Foundation
import Testing

@testable import NotebookRunner

/// A headline about one epoch above a confusion matrix of another misleads: each result says whose weights it shows.
@Suite struct WeightsTests {
  private static func notebook(_ argument: String, _ more: String = "") -> String {
    """
    ```swift
    //| label: data
    let data = loadData(.synthetic(train: 80, test: 60), batchSize: 10)
    let model = buildModel("Tiny") { AdaptiveAvgPool2d(2); Flatten(); Linear(12, 10); LogSoftmax() }
    ```
    ```swift
    //| label: training
    let history = train(model, on: data, epochs: 6, optimizer: .sgd(learningRate: 10)\(argument))
    ```
    ```swift
    //| label: results
    let evaluation = evaluate(model, on: data)
    confusionMatrix(evaluation)
    plot(.perClassAccuracy(evaluation))
    misclassified(evaluation, on: data)
    print(history.bestEpoch, percent(evaluation.accuracy) == percent(history.bestTestAccuracy))
    \(more)
    ```
    """
  }

  @Test func `every result says which epoch's weights it shows`() throws {
    let last = try NotebookBench(Self.notebook(""))
    #expect(last.run().exitCode == 0, "\(last.problems)")
    let best = try NotebookBench(Self.notebook(", restoreBestWeights: true"))
    #expect(best.run().exitCode == 0, "\(best.problems)")
    let line = try #require(last.display.lines.first { $0.hasSuffix(" false") }, "the best epoch is the last")
    let epoch = try #require(line.split(separator: " ").first)
    #expect(best.display.lines.contains("\(epoch) true"), "the evaluation is that of the best epoch")
    let (old, new) = (
      "60 test images, weights after the last epoch, 6; the best on the test images was epoch \(epoch)",
      "60 test images, weights after epoch \(epoch), the best on the test images"
    )
    // The facts, the confusion matrix, the bars and the gallery.
    #expect(last.report.components(separatedBy: old).count >= 5)
    #expect(best.report.components(separatedBy: new).count >= 5)
    #expect(!best.report.contains("after the last epoch"))
    #expect(
      best.file("n/run.json")?.contains("\"weights\" : \"weights after epoch \(epoch), the best") == true)
  }

  @Test func `a restored training leaves the same weights as one that ran`() throws {
    let text = Self.notebook(", restoreBestWeights: true")
    let bench = try NotebookBench(text)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    let report = bench.report
    #expect(try bench.ranAgain() == [])
    #expect(timeless(bench.report) == timeless(report))
    // The changed cell runs with weights from the cache.
    let changed = text.replacingOccurrences(of: "plot(.perClass", with: "print(1)\nplot(.perClass")
    try changed.write(toFile: "\(bench.folder)/n.md", atomically: true, encoding: .utf8)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    let fresh = try NotebookBench(changed)
    #expect(fresh.run().exitCode == 0, "\(fresh.problems)")
    func words(_ bench: NotebookBench) -> [String] {
      bench.report.matches(of: /weights after epoch [^<.]*/).map { String($0.output) }
    }
    #expect(words(bench) == words(fresh) && !words(bench).isEmpty)
  }

  @Test func `loaded and untrained weights are named too`() throws {
    let bench = try NotebookBench(
      Self.notebook(
        "",
        """
        let other = buildModel("Tiny") { AdaptiveAvgPool2d(2); Flatten(); Linear(12, 10); LogSoftmax() }
        evaluate(other, on: data)
        loadWeights(other, from: "checkpoints/best.safetensors")
        evaluate(other, on: data)
        """))
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(bench.report.contains("60 test images, initial weights"))
    #expect(bench.report.contains("60 test images, weights from best.safetensors (after epoch "))
  }
}
