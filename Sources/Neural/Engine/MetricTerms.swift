/// A task's metrics for a model: where each finds its terms among a sample's, and its sums among a batch's.
struct MetricTerms {
  let metrics: [Metric]
  /// Numbers that a model gives per sample.
  let outputs: Int
  /// By metric.
  private let ranges: [Range<Int>]
  let termsPerSample: Int

  init(_ metrics: [Metric], outputs: Int) {
    self.metrics = metrics
    self.outputs = outputs
    var ranges: [Range<Int>] = []
    for metric in metrics {
      let start = ranges.last?.upperBound ?? 0
      ranges.append(start..<start + metric.sumCount(outputs: outputs))
    }
    self.ranges = ranges
    termsPerSample = ranges.last?.upperBound ?? 0
  }

  /// Sets one sample's terms.
  func set(
    _ terms: UnsafeMutablePointer<Double>, output: UnsafeBufferPointer<Float>, target: SampleTarget
  ) {
    for (metric, range) in zip(metrics, ranges) {
      metric.setTerms(terms + range.lowerBound, output: output, target: target)
    }
  }

  /// The deciding metric over `count` samples; NaN where the objective has none.
  func first(_ sums: UnsafeBufferPointer<Double>, count: Int) -> Double {
    guard let metric = metrics.first, let range = ranges.first else { return .nan }
    return metric.value(UnsafeBufferPointer(rebasing: sums[range]), count: count)
  }

  /// The metrics over `count` samples, in their order.
  func values(_ sums: [Double], count: Int) -> [Double] {
    sums.withUnsafeBufferPointer { sums in
      zip(metrics, ranges).map { metric, range in
        metric.value(UnsafeBufferPointer(rebasing: sums[range]), count: max(1, count))
      }
    }
  }
}

/// Loss and metrics added up over batches.
///
///     var totals = ScoreTotals(plan)
///     totals.add(try plan.evaluate(images: images, targets: targets, count: count), plan.metricSums)
///     totals.score
struct ScoreTotals {
  private let terms: MetricTerms
  private(set) var loss = 0.0
  private(set) var sums: [Double]
  private(set) var count = 0

  init(_ plan: Plan) {
    terms = plan.metrics
    sums = Array(repeating: 0, count: terms.termsPerSample)
  }

  /// Continues from sums over `count` samples.
  init(_ plan: Plan, loss: Double, sums: [Double], count: Int) {
    self.init(plan)
    self.loss = loss
    if sums.count == self.sums.count { self.sums = sums }
    self.count = count
  }

  mutating func add(_ result: StepResult, _ batch: UnsafeBufferPointer<Double>) {
    loss += result.loss * Double(result.count)
    for index in sums.indices { sums[index] += batch[index] }
    count += result.count
  }

  var score: Score {
    Score(
      loss: loss / Double(max(1, count)), terms.metrics, values: terms.values(sums, count: count))
  }
}
