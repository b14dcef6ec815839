import Diagnostics

/// A value given to a parameter from outside the notebook.
///
///     let overrides: [String: ParameterOverride] = ["epochs": "5"]
public struct ParameterOverride: Sendable, Hashable, ExpressibleByStringLiteral {
  /// A Swift literal; a string needs no quotes.
  public var text: String
  /// Where it stands in a file; `nil` where the command line gave it.
  public var place: SourceRange?

  public init(_ text: String, at place: SourceRange? = nil) {
    self.text = text
    self.place = place
  }

  public init(stringLiteral value: String) { self.init(value) }
}
