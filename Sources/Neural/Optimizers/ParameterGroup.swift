import Support

/// Parameters with their own learning rate and weight decay (PyTorch: an optimizer's parameter groups).
///
///     ParameterGroup("head", learningRate: 0.01, weightDecay: 0)
public struct ParameterGroup: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The names of the parameters: a module such as `head`, or a name with `*` such as `*.bias`.
  public let pattern: String
  /// The learning rate before a schedule changes it, at least 0; `nil` for the optimizer's.
  public let learningRate: Double?
  /// The weight decay, at least 0; `nil` for the optimizer's.
  public let weightDecay: Double?

  /// Creates a group.
  public init(_ pattern: String, learningRate: Double? = nil, weightDecay: Double? = nil) {
    self.pattern = pattern
    self.learningRate = learningRate
    self.weightDecay = weightDecay
  }

  /// For example `head: learningRate 0.01, weightDecay 0.0`.
  public var description: String {
    let settings = [learningRate.map { "learningRate \($0)" }, weightDecay.map { "weightDecay \($0)" }]
    return "\(pattern): \(settings.compactMap(\.self).joined(separator: ", "))"
  }

  /// How the name in an ``OptimizerError`` about a group begins.
  static let errorPrefix = "group '"

  /// - Throws: ``OptimizerError`` for a number that is out of its range.
  func validate() throws {
    let name = "\(Self.errorPrefix)\(pattern)'"
    try learningRate.map { try OptimizerError.check(name, "learningRate", $0, .nonNegative) }
    try weightDecay.map { try OptimizerError.check(name, "weightDecay", $0, .nonNegative) }
  }
}

/// The parameters that weight decay applies to.
public enum DecayScope: String, Sendable, Hashable, Codable, CaseIterable {
  /// All parameters, as in PyTorch without parameter groups.
  case allParameters
  /// The weights of convolutions and linear layers: not biases, and not the parameters of normalisations and PReLU.
  case weightsOnly
}
