import Foundation
import Testing

@testable import Neural

/// The metrics of a classifier against scikit-learn's (`Fixtures/classification.json`, written by
/// `scripts/make-fixtures classification`). A reader compares them with other people's tables.
@Suite struct ClassificationMetricTests {
  private struct Reference: Decodable {
    let classes: Int
    let probabilities: [Float]
    let labels: [Int]
    let precision, recall, f1, rocAUC, averagePrecision: [Double?]
    let support: [Int]
    let macroF1, macroROCAUC, macroAveragePrecision, expectedCalibrationError: Double
    let top5: Double?
    let binAccuracies, binConfidences: [Double]
  }

  private func reference(_ name: String) throws -> Reference {
    struct File: Decodable {
      let plain, absent, three: Reference
    }
    let file = try JSONDecoder().decode(File.self, from: Fixtures.data("classification.json"))
    return name == "plain" ? file.plain : name == "absent" ? file.absent : file.three
  }

  /// The evaluation that a model with these probabilities would have.
  private func evaluation(_ reference: Reference) -> Evaluation {
    let width = reference.classes
    let samples = reference.labels.enumerated().map { index, label in
      let row = reference.probabilities[index * width..<(index + 1) * width]
      let best = row.indices.max { row[$0] < row[$1] } ?? row.startIndex
      return Evaluation.Sample(
        index: index, label: label, prediction: best - row.startIndex, confidence: Double(row[best]), loss: 0)
    }
    return Evaluation(
      modelName: "M", classNames: (0..<width).map { "\($0)" }, split: .test, samples: samples,
      ranking: RankingScores(
        probabilities: reference.probabilities, labels: reference.labels, classes: width))
  }

  private func expect(_ ours: [Double?], _ theirs: [Double?], _ name: String) {
    #expect(ours.count == theirs.count)
    for (index, (a, b)) in zip(ours, theirs).enumerated() {
      // Absent is not 0.
      #expect((a == nil) == (b == nil), "\(name) of class \(index): \(a as Any), \(b as Any)")
      if let a, let b { #expect(abs(a - b) < 1e-9, "\(name) of class \(index): \(a), \(b)") }
    }
  }

  @Test(arguments: ["plain", "absent", "three"]) func `every metric is scikit-learn's`(name: String) throws {
    let reference = try reference(name)
    let evaluation = evaluation(reference)
    expect(evaluation.perClassPrecision, reference.precision, "precision")
    expect(evaluation.perClassRecall, reference.recall, "recall")
    expect(evaluation.perClassRecall, evaluation.perClassAccuracy, "recall and accuracy")
    expect(evaluation.perClassF1, reference.f1, "F1")
    #expect(evaluation.classScores.map(\.count) == reference.support)
    expect(evaluation.perClassROCAUC, reference.rocAUC, "ROC AUC")
    expect(evaluation.perClassAveragePrecision, reference.averagePrecision, "average precision")
    expect(
      [evaluation.macroF1, evaluation.rocAUC, evaluation.averagePrecision],
      [reference.macroF1, reference.macroROCAUC, reference.macroAveragePrecision], "macro average")
    if let top5 = reference.top5 { #expect(abs(evaluation.top5Accuracy - top5) < 1e-12) }
    let bins = evaluation.calibration.bins
    expect(bins.map(\.accuracy), reference.binAccuracies, "bin accuracy")
    expect(bins.map(\.confidence), reference.binConfidences, "bin confidence")
    #expect(abs(evaluation.expectedCalibrationError - reference.expectedCalibrationError) < 1e-9)
  }

  @Test func `the top five of five classes say nothing`() throws {
    #expect(evaluation(try reference("three")).top5Accuracy.isNaN)
    #expect(try reference("plain").top5 != nil)
  }

  @Test func `a model that cannot tell classes apart gets its first five classes right`() {
    let scores = RankingScores(
      probabilities: Array(repeating: 0.1, count: 100), labels: Array(0..<10), classes: 10)
    #expect(scores.top5Accuracy == 0.5)
    #expect(scores.rocAUC.allSatisfy { $0 == 0.5 })
  }

  @Test func `probabilities that are not numbers and no images have no metrics`() {
    let broken = RankingScores(
      probabilities: Array(repeating: .nan, count: 60), labels: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], classes: 6)
    #expect(broken.top5Accuracy == 0)
    #expect(broken.rocAUC.allSatisfy { $0 == nil } && broken.averagePrecision.allSatisfy { $0 == nil })
    let empty = Evaluation(
      modelName: "M", classNames: ["a", "b"], split: .test, samples: [],
      ranking: RankingScores(probabilities: [], labels: [], classes: 2))
    for value in [
      empty.macroF1, empty.rocAUC, empty.averagePrecision, empty.top5Accuracy, empty.expectedCalibrationError,
    ] { #expect(value.isNaN) }
    #expect(empty.calibration.bins.isEmpty)
  }
}
