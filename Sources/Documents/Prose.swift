import Diagnostics

/// The Markdown between two fences, as a tree.
public struct Prose: Sendable, Hashable {
  /// A block of Markdown.
  public indirect enum Block: Sendable, Hashable {
    /// A heading of level 1…6.
    case heading(level: Int, [Inline])
    /// A paragraph.
    case paragraph([Inline])
    /// An ordered or unordered list.
    case list(List)
    /// A block quote.
    case quote([Block])
    /// A table.
    case table(Table)
    /// Indented code, or a fence that is not at the top level.
    case code(language: String, String)
    /// A block of raw HTML.
    case html(String)
    /// Tags of raw HTML that begin or end elements around cells, only at the top level.
    case frame(String)
    /// A fence of the language `math`.
    case formula(Formula)
    /// A quote that begins with `[!NOTE]` or another kind of alert.
    case alert(Alert, [Block])
    /// The document's footnotes; always the last block.
    case footnotes([Footnote])
    /// A thematic break.
    case rule
  }

  /// A piece of text within a block.
  public indirect enum Inline: Sendable, Hashable {
    /// Plain text.
    case text(String)
    /// Emphasis, usually italic.
    case emphasis([Inline])
    /// Strong emphasis, usually bold.
    case strong([Inline])
    /// A code span.
    case code(String)
    /// A link; the inlines are its text.
    case link(destination: String, title: String, [Inline])
    /// An image; the inlines are its alternative text.
    case image(source: String, title: String, [Inline])
    /// A line end in the source that is a space on the page.
    case softBreak
    /// A hard line break.
    case lineBreak
    /// Struck text.
    case struck([Inline])
    /// A formula.
    case formula(Formula)
    /// A reference to a footnote by its label.
    case footnote(label: String)
    /// Raw inline HTML.
    case html(String)
    /// `` `{swift} expression` ``, shown as its value.
    case expression(InlineExpression)
    /// `@label`, if a cell has that label.
    case reference(label: String)
  }

  /// An ordered or unordered list.
  public struct List: Sendable, Hashable {
    /// An item of a list.
    public struct Item: Sendable, Hashable {
      /// The item's contents.
      public var blocks: [Block]
      /// For a task (`- [x] done`), whether it is done.
      public var isDone: Bool?
    }

    /// The first number of an ordered list; `nil` for bullets.
    public var start: Int?
    /// Whether items have no space between them; their paragraphs are written without `<p>`.
    public var isTight: Bool
    /// The items, in order.
    public var items: [Item]
  }

  /// A GitHub table: one header row, any number of rows, one alignment per column.
  public struct Table: Sendable, Hashable {
    /// The alignment of a column.
    public enum Alignment: String, Sendable { case none, left, center, right }

    /// The alignment of each column.
    public var alignments: [Alignment]
    /// The inlines of each header cell.
    public var header: [[Inline]]
    /// The inlines of each cell, row by row.
    public var rows: [[[Inline]]]
  }

  /// A file or an anchor that a link or a picture leads to.
  public struct Target: Sendable, Hashable {
    /// The name that refers to it.
    public enum Kind: Sendable { case link, picture }

    /// The name that refers to it.
    public var kind: Kind
    /// The destination as a URL, possibly percent-encoded.
    public var destination: String
    /// The place of the destination, or of the link's text, or the start of its block.
    public var range: SourceRange
    /// Whether the destination is a web address.
    public var isOnWeb: Bool { if case .web = LinkTarget(destination) { true } else { false } }
  }

  /// A kind of alert: a quote with a title.
  public enum Alert: String, Sendable, CaseIterable {
    /// The kinds that GitHub knows.
    case note, tip, important, warning, caution
  }

  /// A footnote.
  public struct Footnote: Sendable, Hashable {
    /// The label, lower case.
    public var label: String
    /// The contents.
    public var blocks: [Block]
  }

  /// A formula in TeX.
  public struct Formula: Sendable, Hashable {
    /// The TeX without delimiters.
    public var tex: String
    /// Whether the formula is on its own line.
    public var isDisplay: Bool
    /// The formula as written, with its delimiters.
    public var written: String

    /// Creates a formula.
    public init(tex: String, isDisplay: Bool, written: String) {
      self.tex = tex
      self.isDisplay = isDisplay
      self.written = written
    }
  }

  /// The blocks, in order.
  public var blocks: [Block]
  /// The lines of the file that contain the prose.
  public var lines: ClosedRange<Int>
  /// The links and pictures that lead to files or to anchors of the page, in order.
  public var targets: [Target] = []

  /// Creates prose from blocks.
  public init(_ blocks: [Block], targets: [Target] = [], lines: ClosedRange<Int>) {
    self.blocks = blocks
    self.targets = targets
    self.lines = lines
  }
}

/// A Swift expression in prose: `` `{swift} history.bestTestAccuracy` ``.
public struct InlineExpression: Sendable, Hashable {
  /// The expression alone, on one line.
  public var code: String
  /// The place of the expression's first character in the file.
  public var location: SourceLocation
  /// The number of characters that the expression covers on that line.
  public var length: Int

  /// Creates an inline expression.
  public init(code: String, location: SourceLocation, length: Int) {
    self.code = code
    self.location = location
    self.length = length
  }

  /// The expression's place in the file, up to the end of its first line.
  public var range: SourceRange { SourceRange(location, length: length) }
}
