/// An error in a loss's parameters.
public struct LossError: Problem, Hashable {
  /// The parameter's argument label, for example `beta`.
  public var name: String
  /// The range in words.
  public var expected: String
  /// The invalid value.
  public var found: Double

  /// Creates the error.
  public init(name: String, expected: String, found: Double) {
    self.name = name
    self.expected = expected
    self.found = found
  }

  public var description: String { "\(name) must be \(expected), found \(found)" }
}

extension LossError {
  /// - Throws: a ``LossError`` if the weight of the uniform distribution is out of its range.
  static func check(labelSmoothing: Double) throws {
    guard (0...1).contains(labelSmoothing) else {
      throw LossError(name: "labelSmoothing", expected: "in 0…1", found: labelSmoothing)
    }
  }
}
