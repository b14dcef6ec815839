import Diagnostics

/// A parameter value given from outside the notebook.
///
///     let overrides: [String: ParameterOverride] = ["epochs": "5"]
public struct ParameterOverride: Sendable, Hashable, ExpressibleByStringLiteral {
  /// A Swift literal; quotes around a string are optional.
  public var text: String
  /// The value's place in a parameter file; `nil` if it was given on the command line.
  public var place: SourceRange?
  /// Whether the value is `null`, which only an optional parameter accepts.
  public var isNull: Bool

  /// Creates an override from a literal's text and its place in a parameter file.
  public init(_ text: String, isNull: Bool = false, at place: SourceRange? = nil) {
    self.text = text
    self.isNull = isNull
    self.place = place
  }

  /// Creates an override from the text of a literal.
  public init(stringLiteral value: String) { self.init(value) }
}
