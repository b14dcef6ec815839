extension Metric {
  /// The fraction of samples whose largest output is that of the true class. If several outputs are equal,
  /// the first counts.
  public static let accuracy = Metric(
    key: "accuracy", name: "accuracy", shortName: "Acc", better: .higher, unit: .share, range: 0...1,
    Accuracy())
}

struct Accuracy: MetricFunction {
  func sumCount(outputs: Int) -> Int { 1 }

  func setTerms(
    _ terms: UnsafeMutablePointer<Double>, output: UnsafeBufferPointer<Float>, target: SampleTarget
  ) {
    terms[0] = target.label.map { Self.largest(output) == $0 } ?? false ? 1 : 0
  }

  func value(_ sums: UnsafeBufferPointer<Double>, count: Int) -> Double { sums[0] / Double(count) }

  /// `nil` if an output is NaN.
  private static func largest(_ output: UnsafeBufferPointer<Float>) -> Int? {
    var best = 0
    for index in output.indices {
      if output[index].isNaN { return nil }
      if output[index] > output[best] { best = index }
    }
    return best
  }
}
