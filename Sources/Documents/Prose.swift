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

  /// The blocks, in order.
  public var blocks: [Block]
  /// The lines of the file that contain the prose.
  public var lines: ClosedRange<Int>

  /// Creates prose from blocks.
  public init(_ blocks: [Block], lines: ClosedRange<Int>) {
    self.blocks = blocks
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
