import Support
import Testing

@testable import Neural

/// Metrics decide which weights are kept as the best: a wrong value or direction keeps the wrong ones.
@Suite struct MetricTests {
  /// The metric over samples, as a plan adds it up.
  private func value(_ metric: Metric, _ outputs: [[Float]], _ targets: [SampleTarget]) -> Double {
    let terms = MetricTerms([metric], outputs: outputs.first?.count ?? 0)
    var sums = [Double](repeating: 0, count: terms.termsPerSample)
    for (output, target) in zip(outputs, targets) {
      var sample = sums.map { _ in Double.nan }
      output.withUnsafeBufferPointer { output in
        sample.withUnsafeMutableBufferPointer { sample in
          if let sample = sample.baseAddress { terms.set(sample, output: output, target: target) }
        }
      }
      for index in sums.indices { sums[index] += sample[index] }
    }
    return terms.values(sums, count: outputs.count)[0]
  }

  private func value(_ metric: Metric, _ outputs: [[Float]], _ targets: [[Float]]) -> Double {
    let flat = targets.flatMap(\.self)
    return flat.withUnsafeBufferPointer { flat in
      guard let base = flat.baseAddress else { return .nan }
      let width = targets.first?.count ?? 0
      return value(metric, outputs, targets.indices.map { .values(base + $0 * width) })
    }
  }

  @Test func `accuracy counts right answers, and none among outputs that are not numbers`() {
    let outputs: [[Float]] = [[1, 2], [2, 1], [3, 3], [.nan, 9]]
    #expect(value(.accuracy, outputs, [.label(1), .label(1), .label(0), .label(1)]) == 0.5)
  }

  @Test func `the mean absolute error is the mean over samples and outputs`() {
    #expect(value(.meanAbsoluteError, [[1, 2], [3, 4]], [[1, 4], [2, 5]]) == 1)
    #expect(value(.meanAbsoluteError, [[.nan]], [[1]]).isNaN)
  }

  /// scikit-learn 1.5: r2_score([[0.5, 1], [-1, 1], [7, -6]], [[0, 2], [-1, 2], [8, -5]]).
  @Test func `R² is scikit-learn's`() {
    let found = value(.rSquared, [[0, 2], [-1, 2], [8, -5]], [[0.5, 1], [-1, 1], [7, -6]])
    #expect(abs(found - 0.936800526662278) < 1e-12)
    #expect(value(.rSquared, [[2], [2]], [[1], [3]]) == 0)
    #expect(value(.rSquared, [[0.1], [0.1]], [[0.1], [0.1]]) == 1)
    #expect(value(.rSquared, [[3], [4]], [[0.1], [0.1]]) == 0)
  }

  @Test func `a higher accuracy and a lower error are better, and NaN beats nothing`() {
    #expect(Metric.accuracy.isBetter(0.9, than: 0.8) && !Metric.accuracy.isBetter(0.8, than: 0.8))
    #expect(Metric.meanAbsoluteError.isBetter(0.8, than: 0.9))
    for metric in [Metric.accuracy, .meanAbsoluteError] {
      #expect(!metric.isBetter(.nan, than: 0.5) && metric.isBetter(0.5, than: .nan))
    }
    #expect(Metric.accuracy.reaches(0.9, target: 0.9) && !Metric.accuracy.reaches(0.8, target: 0.9))
    #expect(Metric.meanAbsoluteError.reaches(0.1, target: 0.2))
    #expect(!Metric.meanAbsoluteError.reaches(.nan, target: 0.2))
  }

  @Test func `the best epoch is the first with the best finite value`() {
    func record(_ epoch: Int, _ error: Double) -> EpochRecord {
      let score = Score(loss: 1, TrainingTask.regression.metrics, values: [error, 0])
      return EpochRecord(
        epoch: epoch, train: score, evaluation: score, on: .test, learningRate: 0.1, seconds: 1, isBest: false
      )
    }
    #expect([record(1, .nan), record(2, 0.5), record(3, 0.25), record(4, 0.25)].best?.epoch == 3)
    #expect([record(1, .nan), record(2, .infinity)].best == nil)
    #expect([EpochRecord]().best == nil)
  }

  @Test func `every key is a word for files, and none is used twice`() {
    let metrics = TrainingTask.all.flatMap(\.metrics)
    #expect(Set(metrics.map(\.key)).count == metrics.count)
    for metric in metrics { #expect(metric.key.wholeMatch(of: /[a-z][a-z0-9]*/) != nil) }
  }

  @Test func `scores and records come back from JSON, a classification's with the keys it always had`() throws
  {
    let classification = EpochRecord(
      epoch: 2, trainLoss: 0.5, trainAccuracy: 0.25, testLoss: .nan, testAccuracy: 0.75, learningRate: 0.1,
      seconds: 3, isBest: false, epochsWithoutImprovement: 1)
    #expect(
      JSON.text(classification) == """
        {
          "epoch" : 2,
          "epochsWithoutImprovement" : 1,
          "isBest" : false,
          "learningRate" : 0.1,
          "seconds" : 3,
          "testAccuracy" : 0.75,
          "testLoss" : "NaN",
          "trainAccuracy" : 0.25,
          "trainLoss" : 0.5
        }

        """)
    #expect(JSON.text(Score(loss: 1, accuracy: 0.5)) == "{\n  \"accuracy\" : 0.5,\n  \"loss\" : 1\n}\n")
    let score = Score(loss: 1, TrainingTask.regression.metrics, values: [0.5, -2])
    #expect(try JSON.value(Score.self, from: Array(JSON.text(score).utf8)) == score)
    for (split, key) in [(Split.test, "testMae"), (.validation, "validationMae")] {
      let record = EpochRecord(
        epoch: 1, train: score, evaluation: score, on: split, learningRate: 1, seconds: 1, isBest: true)
      #expect(try JSON.value(EpochRecord.self, from: Array(JSON.text(record).utf8)) == record)
      #expect(JSON.text(record).contains("\"\(key)\" : 0.5"))
    }
  }
}
