/// A parameter of a loss that is out of its range.
public struct LossError: Problem, Hashable {
  /// The parameter's argument label, for example `beta`.
  public var name: String
  /// The range in words.
  public var expected: String
  /// The value that was given.
  public var found: Double

  /// Creates the error.
  public init(name: String, expected: String, found: Double) {
    self.name = name
    self.expected = expected
    self.found = found
  }

  public var description: String { "\(name) must be \(expected), found \(found)" }
}
