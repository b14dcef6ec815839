import Diagnostics

/// The Markdown between two fences, as a tree.
public struct Prose: Sendable, Hashable {
  /// A block of Markdown.
  public indirect enum Block: Sendable, Hashable {
    case heading(level: Int, [Inline])
    case paragraph([Inline])
    case list(List)
    case quote([Block])
    case table(Table)
    /// Indented code, or a fence that is not at the top level.
    case code(language: String, String)
    case html(String)
    case rule
  }

  /// A stretch of text within a block.
  public indirect enum Inline: Sendable, Hashable {
    case text(String)
    case emphasis([Inline])
    case strong([Inline])
    case code(String)
    case link(destination: String, title: String, [Inline])
    /// An image; the inlines are its alternative text.
    case image(source: String, title: String, [Inline])
    /// A line end in the source that does not end the line on the page.
    case softBreak
    case lineBreak
    case html(String)
    /// `` `{swift} expression` ``, to be shown as its value.
    case expression(InlineExpression)
    /// `@label`, where a cell has that label.
    case reference(label: String)
  }

  public struct List: Sendable, Hashable {
    public struct Item: Sendable, Hashable {
      public var blocks: [Block]
      /// For a task (`- [x] done`) whether it is done.
      public var isDone: Bool?
    }

    /// The first number of an ordered list; `nil` for bullets.
    public var start: Int?
    /// Whether items stand without space between them: their paragraphs are written without `<p>`.
    public var isTight: Bool
    public var items: [Item]
  }

  /// A GitHub table: one header row, any number of rows, one alignment a column.
  public struct Table: Sendable, Hashable {
    public enum Alignment: String, Sendable { case none, left, center, right }

    public var alignments: [Alignment]
    public var header: [[Inline]]
    public var rows: [[[Inline]]]
  }

  public var blocks: [Block]
  /// The lines of the file the prose stands on.
  public var lines: ClosedRange<Int>

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
  /// How many characters of that line the expression covers.
  public var length: Int

  public init(code: String, location: SourceLocation, length: Int) {
    self.code = code
    self.location = location
    self.length = length
  }

  public var range: SourceRange { SourceRange(location, length: length) }
}
