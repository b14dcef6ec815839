extension Metric {
  /// The mean distance between output and target, over samples and outputs, in the target's unit
  /// (scikit-learn: `mean_absolute_error`).
  public static let meanAbsoluteError = Metric(
    key: "mae", name: "mean absolute error", shortName: "MAE", better: .lower, range: 0...(.infinity),
    MeanAbsoluteError())
}

private struct MeanAbsoluteError: MetricFunction {
  func sumCount(outputs: Int) -> Int { 1 }

  func setTerms(
    _ terms: UnsafeMutablePointer<Double>, output: UnsafeBufferPointer<Float>, target: SampleTarget
  ) {
    terms[0] = .nan
    guard let values = target.values else { return }
    var sum = 0.0
    for index in output.indices { sum += (Double(output[index]) - Double(values[index])).magnitude }
    terms[0] = sum / Double(output.count)
  }

  func value(_ sums: UnsafeBufferPointer<Double>, count: Int) -> Double { sums[0] / Double(count) }
}
