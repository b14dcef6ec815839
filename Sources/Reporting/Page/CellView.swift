/// A step on the page: its code, its outcome and its results.
///
///     CellView(
///       anchor: "training", label: "training", code: [CodeToken("let", .keyword), CodeToken(" a = 1")],
///       status: .ran, seconds: 2292, blocks: log.blocks)
public struct CellView: Sendable {
  /// The state of a step.
  public enum Status: String, Sendable, Hashable, CaseIterable {
    /// The states; `restored` means restored from cache, `edited` that the results are those of earlier code.
    case pending, running, ran, restored, skipped, failed, interrupted, edited
  }

  /// How the code is shown (Quarto's `code-fold`).
  public enum Fold: Sendable, Hashable {
    /// Folded if the code is longer than 12 lines.
    case automatic
    /// Folded.
    case folded
    /// Open, and can be folded.
    case open
    /// Open, and cannot be folded.
    case never
  }

  /// The element's id, unique on the page; `@label` references link to it.
  public var anchor: String
  /// The name in the cell's bar, for example `training`; `nil` if the author gave none.
  public var label: String?
  /// The number among the notebook's steps, counted from 1; the name of a step without a label.
  public var number: Int?
  /// The cell's code.
  public var code: [CodeToken]
  /// Whether the code is shown (Quarto's `echo`).
  public var showsCode: Bool
  /// How the code is shown.
  public var fold: Fold
  /// The label of the folded code (Quarto's `code-summary`); `nil` means `Code`.
  public var foldSummary: String?
  /// Whether lines are numbered.
  public var showsLineNumbers: Bool
  /// The state of the step.
  public var status: Status
  /// The duration in seconds.
  public var seconds: Double?
  /// Where the step resumed, for example `resumed after epoch 8`; `nil` if it ran from the start.
  public var origin: String?
  /// The label of its figure or table, for example `Figure 2`; precedes the first caption.
  public var captionLabel: String?
  /// The step's results.
  public var blocks: [ReportBlock]

  /// Creates a cell.
  public init(
    anchor: String, label: String? = nil, number: Int? = nil, code: [CodeToken] = [], showsCode: Bool = true,
    fold: Fold = .automatic, foldSummary: String? = nil, showsLineNumbers: Bool = false,
    status: Status = .ran, seconds: Double? = nil, origin: String? = nil, captionLabel: String? = nil,
    blocks: [ReportBlock] = []
  ) {
    self.anchor = anchor
    self.label = label
    self.number = number
    self.code = code
    self.showsCode = showsCode
    self.fold = fold
    self.foldSummary = foldSummary
    self.showsLineNumbers = showsLineNumbers
    self.status = status
    self.seconds = seconds
    self.origin = origin
    self.captionLabel = captionLabel
    self.blocks = blocks
  }
}

/// A piece of code with its colour; a cell's tokens joined are its code.
public struct CodeToken: Sendable, Hashable {
  /// The kinds of tokens.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The kinds, each with a colour of its own.
    case plain, keyword, type, function, label, number, string, comment, attribute
  }

  /// The code.
  public var text: String
  /// The token's kind.
  public var kind: Kind

  /// Creates a token.
  public init(_ text: String, _ kind: Kind = .plain) {
    self.text = text
    self.kind = kind
  }
}
