import Diagnostics

/// A YAML file with values for a notebook's parameters: a mapping from names to scalars or lists.
///
///     let (file, problems) = ParameterFile.read(path: "small.yaml")
///     file?.entries.map(\.name)   // ["lr", "epochs"]
public struct ParameterFile: Sendable {
  /// One parameter of the file.
  public struct Entry: Sendable, Hashable {
    /// The parameter's name.
    public var name: String
    /// The name's place in the file.
    public var nameRange: SourceRange
    /// The parameter's value.
    public var value: Value
  }

  /// A scalar or a list.
  public struct Value: Sendable, Hashable {
    /// The value as `-p` accepts it: a Swift literal, or a string without quotes. A list is an array literal.
    public var text: String
    /// The elements of a list; `nil` for a scalar.
    public var elements: [Value]?
    /// The kind of a scalar in YAML 1.2; the text of `null` is `nil`.
    public var kind: Kind
    /// The value's place in the file.
    public var range: SourceRange
  }

  /// The kinds of values. In YAML 1.2, `yes` and a date are text.
  public enum Kind: Sendable, Hashable {
    /// Text, in quotes or not.
    case text
    /// A number.
    case number
    /// `true` or `false`.
    case boolean
    /// `null`.
    case null
    /// A list of values.
    case list
  }

  /// The file's text.
  public var source: SourceText
  /// The parameters, in file order.
  public var entries: [Entry]

  /// The maximum file size, in bytes.
  public static let maximumSize = YAML.maximumSize

  /// Reads a file and returns it with its problems.
  ///
  /// - Returns: the file, or `nil` if it cannot be read at all, and the located problems.
  public static func read(path: String) -> (ParameterFile?, [Diagnostic]) {
    switch ParameterFileBytes.text(of: path) {
    case .failure(let problem): (nil, [problem.diagnostic(at: nil)])
    case .success(let text): read(SourceText(name: path, text: text))
    }
  }

  /// Parses a file's text.
  static func read(_ source: SourceText) -> (ParameterFile?, [Diagnostic]) {
    var reader = ParameterFileReader(source)
    reader.read()
    return (ParameterFile(source: source, entries: reader.entries), reader.problems)
  }
}
