import Diagnostics

/// A parameter value given from outside the notebook.
///
///     let overrides: [String: ParameterOverride] = ["epochs": "5"]
public struct ParameterOverride: Sendable, Hashable, ExpressibleByStringLiteral {
  /// A Swift literal; quotes around a string are optional.
  public var text: String
  /// The value's place in a parameter file; `nil` if it was given on the command line.
  public var place: SourceRange?
  /// The kind that a parameter file gives the value.
  public var kind: Kind

  /// The kinds of values; only a parameter file tells them apart.
  public enum Kind: Sendable, Hashable {
    /// Text, or any value of the command line, where text needs no quotes.
    case text
    /// A number.
    case number
    /// `true` or `false`.
    case boolean
    /// `null`, which only an optional parameter accepts.
    case null
    /// A list, with its elements.
    case list([ParameterOverride])
  }

  /// Creates an override from a literal's text and its place in a parameter file.
  public init(_ text: String, kind: Kind = .text, at place: SourceRange? = nil) {
    self.text = text
    self.kind = kind
    self.place = place
  }

  /// Creates an override from the text of a literal.
  public init(stringLiteral value: String) { self.init(value) }
}
