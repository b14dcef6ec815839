extension Metric {
  /// The coefficient of determination: the fraction of the targets' variance that the model explains,
  /// averaged over the outputs (scikit-learn: `r2_score`).
  ///
  /// A model that always predicts the mean of the targets has 0; worse models have negative values. If all
  /// targets are equal, the value is 1 for a perfect model and 0 otherwise.
  public static let rSquared = Metric(
    key: "r2", name: "R²", shortName: "R²", better: .higher, range: -.infinity...1, RSquared())
}

private struct RSquared: MetricFunction {
  /// For each output: targets, their squares, squared errors.
  func sumCount(outputs: Int) -> Int { 3 * outputs }

  func setTerms(
    _ terms: UnsafeMutablePointer<Double>, output: UnsafeBufferPointer<Float>, target: SampleTarget
  ) {
    for index in output.indices {
      let value = target.values.map { Double($0[index]) } ?? .nan
      let error = Double(output[index]) - value
      terms[3 * index] = value
      terms[3 * index + 1] = value * value
      terms[3 * index + 2] = error * error
    }
  }

  func value(_ sums: UnsafeBufferPointer<Double>, count: Int) -> Double {
    var total = 0.0
    for start in stride(from: 0, to: sums.count, by: 3) {
      let mean = sums[start] / Double(count)
      let (spread, residual) = (sums[start + 1] - sums[start] * mean, sums[start + 2])
      // Equal targets have no spread but what rounding leaves.
      let isConstant = spread <= 1e-12 * sums[start + 1]
      total += isConstant ? (residual == 0 ? 1 : 0) : 1 - residual / spread
    }
    return total / Double(sums.count / 3)
  }
}
