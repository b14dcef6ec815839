import Support

/// The weight of each class in the loss, so that a rare class counts as much as a common one.
///
/// As in PyTorch's losses (`weight`), the loss of each sample is multiplied by the weight of its class, and the mean over
/// a batch is divided by the sum of the weights.
public enum ClassWeights: Sendable, Hashable, CustomStringConvertible {
  /// n / (k · n(c)) for n training samples, k classes and n(c) samples of the class (scikit-learn:
  /// `class_weight="balanced"`).
  case balanced
  /// A weight above 0 for each class, in the order of the class names.
  case weights([Double])

  /// The weights as a notebook writes them.
  public var description: String {
    switch self {
    case .balanced: ".balanced"
    case .weights(let weights): ".weights(\(weights))"
    }
  }

  /// The weights for a data set.
  ///
  /// - Throws: ``TrainingError`` if the data has no classes, the number of weights is not that of the classes, a weight
  ///   is not above 0, or a class has no training samples to balance.
  public func values(for data: DataOutline) throws -> [Double] {
    func failure(_ expected: String, _ found: String) -> TrainingError {
      TrainingError(.value(name: "classWeights", expected: expected, found: found))
    }
    let names = data.classNames
    guard !names.isEmpty else { throw failure("nil for data with numbers as targets", description) }
    switch self {
    case .weights(let weights):
      guard weights.count == names.count else {
        throw failure(
          "one weight for each of the \(Number.counted(names.count, "class", plural: "classes"))",
          "\(weights.count)")
      }
      if let index = weights.firstIndex(where: { !($0.isFinite && $0 > 0) }) {
        throw failure("finite numbers above 0", "\(weights[index]) for class '\(names[index])'")
      }
      return weights
    case .balanced:
      let counts = data.trainPerClass
      if let index = counts.firstIndex(of: 0) {
        throw failure(
          "one weight for each class, because class '\(names[index])' has no training \(data.samples)",
          description)
      }
      return counts.map { Double(data.trainCount) / (Double(counts.count) * Double($0)) }
    }
  }
}

extension Loss {
  /// The loss with the weights of the classes.
  ///
  /// - Throws: ``TrainingError`` if the loss has no class weights, or they do not fit the data.
  func weighted(by weights: ClassWeights?, for data: DataOutline) throws -> Loss {
    guard let weights else { return self }
    let values = try weights.values(for: data)
    guard let weighted = (function as? any ClassificationLoss)?.weighted(by: values) else {
      throw TrainingError(
        .value(name: "classWeights", expected: "nil for the loss \(self)", found: "\(weights)"))
    }
    return weighted
  }
}
