/// An error in an optimizer's hyperparameters.
public struct OptimizerError: Problem, Hashable {
  /// The kinds of errors.
  public enum Fact: Sendable, Hashable {
    /// A hyperparameter is out of its range.
    case value(name: String, expected: String, found: Double)
    /// Nesterov momentum is requested, but the momentum is 0.
    case nesterovWithoutMomentum
    /// A clipping threshold is not positive.
    case clipping(found: Double)
    /// The average of the weights starts before the first epoch or after the last one.
    case averagingStart(found: Int, epochs: Int?)
  }

  /// The kind of error, with its details.
  public var fact: Fact
  /// The optimizer's name, for example `AdamW`.
  public var optimizer: String

  /// Whether it is about an average of the weights.
  public var isAboutAveraging: Bool {
    if case .averagingStart = fact { true } else { ["EMA", "SWA"].contains(optimizer) }
  }
  /// Whether it is about a group of parameters.
  public var isAboutGroup: Bool { optimizer.hasPrefix(ParameterGroup.errorPrefix) }

  public var description: String {
    switch fact {
    case .value(let name, let expected, let found):
      "\(optimizer): \(name) must be \(expected), found \(found)"
    case .nesterovWithoutMomentum:
      "\(optimizer): nesterov requires momentum above 0, found 0; set momentum: 0.9 or remove nesterov"
    case .clipping(let found):
      "gradient clipping: the limit must be a finite number above 0, found \(found)"
    case .averagingStart(let found, let epochs):
      "\(optimizer): fromEpoch must be an epoch of the training, \(epochs.map { "in 1…\($0)" } ?? "at least 1"), found \(found)"
    }
  }

  enum Range: String {
    case nonNegative = "a finite number, at least 0"
    case proportion = "at least 0 and below 1"

    func contains(_ value: Double) -> Bool {
      switch self {
      case .nonNegative: value >= 0 && value.isFinite
      case .proportion: value >= 0 && value < 1
      }
    }
  }

  static func check(_ optimizer: String, _ name: String, _ value: Double, _ range: Range) throws {
    guard range.contains(value) else {
      throw OptimizerError(
        fact: .value(name: name, expected: range.rawValue, found: value), optimizer: optimizer)
    }
  }
}
