/// A step as the page shows it: its code, how it went, and its output.
///
///     CellView(
///       anchor: "training", label: "training", code: [CodeToken("let", .keyword), CodeToken(" a = 1")],
///       status: .ran, seconds: 2292, blocks: log.blocks)
public struct CellView: Sendable {
  public enum Status: String, Sendable, Hashable, CaseIterable {
    case pending, running, ran, restored, skipped, failed, interrupted
  }

  /// How the code is shown (Quarto's `code-fold`).
  public enum Fold: Sendable, Hashable {
    /// Folded where the code is longer than 12 lines.
    case automatic
    case folded
    case open
    /// Open, and cannot be folded.
    case never
  }

  /// The element's id, unique on the page; `@label` references link to it.
  public var anchor: String
  /// The name in the cell's bar, for example `training`; `nil` where the author gave none.
  public var label: String?
  public var code: [CodeToken]
  /// Quarto's `echo`.
  public var showsCode: Bool
  public var fold: Fold
  /// Quarto's `code-summary`; `Code` where `nil`.
  public var foldSummary: String?
  public var showsLineNumbers: Bool
  public var status: Status
  public var seconds: Double?
  /// What it went on from, for example `resumed after epoch 8`; `nil` where it began anew.
  public var origin: String?
  /// The number its figure or table goes by, for example `Figure 2`: set before the first caption.
  public var captionLabel: String?
  public var blocks: [ReportBlock]

  public init(
    anchor: String, label: String? = nil, code: [CodeToken] = [], showsCode: Bool = true,
    fold: Fold = .automatic, foldSummary: String? = nil, showsLineNumbers: Bool = false,
    status: Status = .ran, seconds: Double? = nil, origin: String? = nil, captionLabel: String? = nil,
    blocks: [ReportBlock] = []
  ) {
    self.anchor = anchor
    self.label = label
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

/// A stretch of code and its colour; the texts of a cell's tokens joined are its code.
public struct CodeToken: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case plain, keyword, type, function, label, number, string, comment, attribute
  }

  public var text: String
  public var kind: Kind

  public init(_ text: String, _ kind: Kind = .plain) {
    self.text = text
    self.kind = kind
  }
}
