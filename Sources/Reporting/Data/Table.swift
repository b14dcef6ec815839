/// A table of text, with a header row and an alignment for each column.
///
/// Rows may be shorter or longer than the header: missing cells are empty, and extra columns get an empty header.
///
///     Table(headers: ["layer", "parameters"], alignments: [.left, .right], rows: [["Conv2d", "896"]])
public struct Table: Sendable, Hashable, Codable {
  /// The alignment of a column.
  public enum Alignment: String, Sendable, Hashable, Codable { case left, center, right }

  /// The column titles.
  public var headers: [String]
  /// The alignment of each column; missing ones are `left`.
  public var alignments: [Alignment]
  /// The cells, row by row.
  public var rows: [[String]]
  /// The caption.
  public var caption: String?
  /// The index of a highlighted row, for example the best; its text should say why.
  public var marked: Int?
  /// The link of the first cell, by row index.
  public var links: [Int: Link] = [:]
  /// Whether readers can sort the rows by clicking a column's title.
  public var isSortable = false

  /// Creates a table.
  public init(
    headers: [String], alignments: [Alignment] = [], rows: [[String]], caption: String? = nil
  ) {
    self.headers = headers
    self.alignments = alignments
    self.rows = rows
    self.caption = caption
  }

  /// A link to another page.
  public struct Link: Sendable, Hashable, Codable {
    /// A relative path, percent-encoded.
    public var path: String
    /// A description of the target, for readers who hear the link without its row.
    public var label: String

    /// Creates a link.
    public init(path: String, label: String) {
      self.path = path
      self.label = label
    }
  }

  /// The number of columns in the header or the longest row.
  var columnCount: Int { rows.reduce(headers.count) { max($0, $1.count) } }

  func alignment(of column: Int) -> Alignment {
    alignments.indices.contains(column) ? alignments[column] : .left
  }
}
