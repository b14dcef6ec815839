import Diagnostics

/// The options in the leading `//| key: value` lines of a Swift fence. Keys and values are those of Quarto.
///
///     //| label: training
///     //| fig-cap: "Loss and accuracy over 20 epochs"
public struct CellOptions: Sendable, Hashable {
  /// The option keys, spelt as in a notebook.
  public enum Key: String, Sendable, CaseIterable {
    /// Keys spelt like their Swift names.
    case label, echo, eval, output, error, cache
    /// `code-fold`; see ``CellOptions/codeFold``.
    case codeFold = "code-fold"
    /// `code-summary`; see ``CellOptions/codeSummary``.
    case codeSummary = "code-summary"
    /// `fig-cap`; see ``CellOptions/figCap``.
    case figCap = "fig-cap"
    /// `fig-alt`; see ``CellOptions/figAlt``.
    case figAlt = "fig-alt"
    /// Warnings to silence; see ``CellOptions/quiet``.
    case quiet
  }

  /// How a report shows a cell's code: `code-fold: false | true | show`.
  public enum CodeFold: String, Sendable {
    /// The code is shown and cannot be folded.
    case never = "false"
    /// The code is folded until the reader opens it.
    case folded = "true"
    /// The code can be folded and is open at first.
    case shown = "show"
  }

  /// The cell's name, used by `@label` in prose. Letters, digits, `-` and `_`, starting with a letter.
  public var label: String?
  /// Whether the report shows the code.
  public var echo: Bool?
  /// Whether the cell runs.
  public var eval: Bool?
  /// Whether the report shows the results.
  public var output: Bool?
  /// Whether the run continues if this cell fails.
  public var error: Bool?
  /// Whether the cell's result is cached between runs.
  public var cache: Bool?
  /// How the report shows the code.
  public var codeFold: CodeFold?
  /// The label of a folded cell in the report.
  public var codeSummary: String?
  /// The caption of the cell's figure or table.
  public var figCap: String?
  /// The alternative text of the cell's figure.
  public var figAlt: String?
  /// The warnings silenced in this cell.
  public var quiet: [QuietCode] = []
  /// The place of each option's `key: value`.
  public var ranges: [Key: SourceRange]
  /// The number of leading option lines in the cell.
  public var lineCount: Int

  /// Creates options with no key set.
  public init() {
    ranges = [:]
    lineCount = 0
  }
}
