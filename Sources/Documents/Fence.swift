import Diagnostics

/// A fenced code block at the top level of a notebook.
///
/// The lines of `code` are the file's lines from `firstCodeLine` on, including option lines (`//| …`). Line `n` of
/// the code (from 1) is line `firstCodeLine + n - 1` of the file.
public struct Fence: Sendable, Hashable {
  /// The text after the opening fence, for example `swift no-run`.
  public var info: String
  /// The first word of `info`, or an empty string.
  public var language: String
  /// Whether the fence runs: `swift` without `no-run`.
  public var isStep: Bool
  /// Whether the fence is marked `swift parameters`, so that `-p NAME=VALUE` can override its literals.
  public var isParameters: Bool
  /// The text between the fences, with `\n` line ends whatever the file uses.
  public var code: String
  /// The options in the leading lines of the code.
  public var options: CellOptions
  /// The opening fence line.
  public var range: SourceRange
  /// The file line of the first line of `code`, counted from 1.
  public var firstCodeLine: Int
  /// The number of leading spaces (0…3) that an indented fence removes from each code line; add it to columns.
  public var indentation: Int
  /// Whether the fence is in a `<details>` element that is closed at first.
  public var isFolded = false

  /// The cell's name, from `//| label:`.
  public var label: String? { options.label }

  /// `code` without its leading option lines, as shown to readers.
  public var codeWithoutOptions: String {
    code.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(options.lineCount)
      .joined(separator: "\n")
  }
}
