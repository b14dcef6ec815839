import Diagnostics

/// A fenced block of code at the top level of a notebook.
///
/// The lines of `code` are the file's lines from `firstCodeLine` on, option lines (`//| …`) included, so line
/// `n` of the code (from 1) stands on line `firstCodeLine + n - 1` of the file.
public struct Fence: Sendable, Hashable {
  /// The text after the opening fence, for example `swift no-run`.
  public var info: String
  /// The first word of `info`, or an empty string.
  public var language: String
  /// Whether the fence is run: `swift` without `no-run`.
  public var isStep: Bool
  /// Whether the fence is marked `swift parameters`: its literals can be overridden with `-p NAME=VALUE`.
  public var isParameters: Bool
  /// The text between the fences; lines end in `\n` whatever the file uses.
  public var code: String
  public var options: CellOptions
  /// The opening fence line.
  public var range: SourceRange
  /// The line of the file on which the first line of `code` stands.
  public var firstCodeLine: Int
  /// How many leading spaces an indented fence takes from each line of code (0…3): add it to columns.
  public var indentation: Int

  /// The cell's name, from `//| label:`.
  public var label: String? { options.label }

  /// `code` without its leading option lines, as a reader wants to see it.
  public var codeWithoutOptions: String {
    code.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(options.lineCount)
      .joined(separator: "\n")
  }
}
