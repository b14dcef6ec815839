import Diagnostics

/// A YAML file that gives a notebook's parameters values: a mapping from names to scalars, or to lists of them.
///
///     let (file, problems) = ParameterFile.read(path: "small.yaml")
///     file?.entries.map(\.name)   // ["lr", "epochs"]
public struct ParameterFile: Sendable {
  public struct Entry: Sendable, Hashable {
    public var name: String
    public var nameRange: SourceRange
    public var value: Value
  }

  /// A scalar or a list.
  public struct Value: Sendable, Hashable {
    /// As `-p` takes it: a Swift literal, or a string without quotes; a list is an array's literal.
    public var text: String
    /// The elements of a list, `nil` for a scalar.
    public var elements: [Value]?
    public var range: SourceRange
  }

  public var source: SourceText
  /// In the file's order.
  public var entries: [Entry]

  /// The largest file read, in bytes.
  public static let maximumSize = YAML.maximumSize

  /// Reads a file; what is wrong with it comes back as located problems.
  ///
  /// - Returns: the file, or `nil` where it cannot be read at all.
  public static func read(path: String) -> (ParameterFile?, [Diagnostic]) {
    switch ParameterFileBytes.text(of: path) {
    case .failure(let problem): (nil, [problem.diagnostic(at: nil)])
    case .success(let text): read(SourceText(name: path, text: text))
    }
  }

  /// Reads a file's text.
  static func read(_ source: SourceText) -> (ParameterFile?, [Diagnostic]) {
    var reader = ParameterFileReader(source)
    reader.read()
    return (ParameterFile(source: source, entries: reader.entries), reader.problems)
  }
}
