/// The target distribution of a classification: the label's share and the uniform distribution's, times the weight of
/// each class. As in PyTorch's `cross_entropy`, the loss of a sample is −Σ target(c)·log p(c).
struct SmoothedTarget {
  var label: Int
  var classes: Int
  /// The weight of the uniform distribution, 0…1.
  var smoothing: Double
  /// The weight of each class; `nil` if all are 1.
  var classWeights: [Double]?

  /// The target of a class.
  func callAsFunction(_ index: Int) -> Double {
    let target = (index == label ? 1 - smoothing : 0) + smoothing / Double(classes)
    return classWeights.map { $0[index] * target } ?? target
  }

  /// The sum over all classes.
  var sum: Double {
    guard let classWeights else { return 1 }
    return classWeights.indices.reduce(0) { $0 + self($1) }
  }

  /// The loss for log-probabilities.
  func loss(of logProbabilities: UnsafePointer<Float>) -> Double {
    (0..<classes).reduce(0) { $0 - self($1) * Double(logProbabilities[$1]) }
  }
}
