import Foundation
import Neural
import Reporting
import Testing

@testable import Steps

/// A reader sees which classes a model confuses, and no figure for a class that was not measured.
@Suite struct ClassificationReportTests {
  private let observer = RecordingObserver()
  private var run: Run {
    Run(RunSettings(threads: 1, output: FileManager.default.temporaryDirectory.path), observer: observer)
  }

  /// Two cats, one taken for a dog; two dogs; no eels, of which one was seen.
  private var evaluation: Evaluation {
    let answers = [(0, 0), (0, 1), (1, 1), (1, 2)]
    return Evaluation(
      modelName: "M", classNames: ["cat", "dog", "eel", "fox"], split: .test,
      samples: answers.enumerated().map {
        .init(index: $0, label: $1.0, prediction: $1.1, confidence: 0.75, loss: 1)
      },
      ranking: RankingScores(
        probabilities: [0.7, 0.1, 0.1, 0.1, 0.3, 0.5, 0.1, 0.1, 0.1, 0.7, 0.1, 0.1, 0.1, 0.3, 0.5, 0.1],
        labels: answers.map(\.0), classes: 4))
  }

  @Test func `the table has each class and the averages of those that have values`() throws {
    try run.classificationReport(evaluation)
    guard case .table(let table)? = observer.blocks.last, case .facts(let facts)? = observer.blocks.first
    else {
      Issue.record("no report")
      return
    }
    #expect(
      table.headers == ["Class", "Precision", "Recall", "F1", "ROC AUC", "Average precision", "Images"])
    #expect(
      table.rows == [
        ["cat", "100.00%", "50.00%", "66.67%", "1.0000", "1.0000", "2"],
        ["dog", "50.00%", "50.00%", "50.00%", "0.7500", "0.8333", "2"],
        ["eel", "0.00%", "–", "0.00%", "–", "–", "0"],
        ["fox", "–", "–", "–", "–", "–", "0"],
        ["Macro average", "50.00%", "50.00%", "38.89%", "0.8750", "0.9167", "4"],
      ])
    #expect(facts.map(\.name) == ["Accuracy", "Expected calibration error"])
    #expect(facts.map(\.value) == ["50.00%", "25.00%"])
  }

  @Test func `a normalised confusion matrix shows fractions, and none of nothing`() throws {
    func rows(_ normalize: ConfusionNormalization?) throws -> [[String]] {
      try run.confusionMatrix(evaluation, normalize: normalize)
      return observer.blocks.last?.table?.rows.map { Array($0.dropFirst().prefix(4)) } ?? []
    }
    let fractions = try rows(.true)
    #expect(fractions[0] == ["50.0%", "50.0%", "0.0%", "0.0%"])
    #expect(fractions[2] == ["–", "–", "–", "–"], "a class without images has no fractions")
    let predicted = try rows(.pred)
    #expect(predicted.prefix(2).map { $0[1] } == ["50.0%", "50.0%"])
    #expect(predicted[0][3] == "–")
    #expect(try rows(.all)[1] == ["0.0%", "25.0%", "25.0%", "0.0%"])
    #expect(try rows(nil)[0] == ["1", "1", "0", "0"])
  }

  @Test func `the reliability diagram has a point for each bin with images`() throws {
    try run.plot(.reliabilityDiagram(evaluation))
    guard case .figure(let figure)? = observer.blocks.last else {
      Issue.record("no figure")
      return
    }
    #expect(figure.caption?.hasPrefix("Expected calibration error 25.00%. 4 test images") == true)
    #expect(figure.data.first?.rows.contains { $0.first == "75" && $0[1] == "50" } == true)
    #expect(observer.files["reliability_diagram.svg"] != nil)
    let none = Evaluation(modelName: "M", classNames: ["a"], split: .test, samples: [])
    try run.plot(.reliabilityDiagram(none))
    #expect(observer.files["reliability_diagram.png"] != nil)
  }

  @Test func `the run's record has the metrics that exist`() throws {
    let metrics = try #require(ClassificationMetrics(evaluation))
    #expect(metrics.values["top5Accuracy"] == nil && metrics.values["expectedCalibrationError"] == 0.25)
    let run = run
    let data = try run.loadData(.synthetic(train: 20, test: 20), batchSize: 10)
    let layers: [any Layer] = [AdaptiveAvgPool2d(1), Flatten(), Linear(3, 10)]
    let model = try run.buildModel("M", elements: layers.map { LayerElement($0) })
    let flipped = try run.evaluate(model, on: data, testTimeAugmentation: .horizontalFlip)
    let recorded = try #require(run.results.evaluations.last)
    #expect(recorded.testTimeAugmentation == .horizontalFlip)
    #expect(recorded.metrics?.values["rocAUC"] == flipped.rocAUC)
    let json = try JSONEncoder().encode(RunMetrics(run.results).evaluations)
    let text = String(decoding: json, as: UTF8.self)
    #expect(text.contains("\"testTimeAugmentation\":\"horizontalFlip\"") && text.contains("\"macroF1\":"))
    let read = try JSONDecoder().decode([RunMetrics.Measured].self, from: json)
    #expect(read.first?.metrics == recorded.metrics)
  }
}
