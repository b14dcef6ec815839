import Diagnostics

/// What the leading `//| key: value` lines of a Swift fence say, with the keys and values of Quarto.
///
///     //| label: training
///     //| fig-cap: "Loss and accuracy over 20 epochs"
public struct CellOptions: Sendable, Hashable {
  /// The keys, spelt as in a notebook.
  public enum Key: String, Sendable, CaseIterable {
    case label, echo, eval, output, error, cache
    case codeFold = "code-fold"
    case codeSummary = "code-summary"
    case figCap = "fig-cap"
    case figAlt = "fig-alt"
    case quiet
  }

  /// How a report shows a cell's code: `code-fold: false | true | show`.
  public enum CodeFold: String, Sendable {
    /// In full, nothing to fold.
    case never = "false"
    /// Folded until the reader opens it.
    case folded = "true"
    /// Foldable, open at first.
    case shown = "show"
  }

  /// The cell's name: `@label` in prose refers to it. Letters, digits, `-` and `_`, a letter first.
  public var label: String?
  /// Whether the report shows the code.
  public var echo: Bool?
  /// Whether the cell is run.
  public var eval: Bool?
  /// Whether the report shows the results.
  public var output: Bool?
  /// Whether the run goes on after this cell fails.
  public var error: Bool?
  /// Whether the cell's result is remembered between runs.
  public var cache: Bool?
  public var codeFold: CodeFold?
  /// What a folded cell is called in the report.
  public var codeSummary: String?
  /// The caption of the cell's figure or table.
  public var figCap: String?
  /// The text that stands for the cell's figure where it cannot be seen.
  public var figAlt: String?
  /// The warnings that are not given for this cell.
  public var quiet: [QuietCode] = []
  /// Where each option given stands: its `key: value`.
  public var ranges: [Key: SourceRange]
  /// How many leading lines of the cell are options.
  public var lineCount: Int

  public init() {
    ranges = [:]
    lineCount = 0
  }
}
