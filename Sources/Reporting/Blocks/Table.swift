/// A table of text, with a header row and an alignment for each column.
///
/// Rows may be shorter or longer than the header: missing cells are empty, and columns past the header
/// get an empty one.
///
///     Table(headers: ["layer", "parameters"], alignments: [.left, .right], rows: [["Conv2d", "896"]])
public struct Table: Sendable, Hashable, Codable {
  public enum Alignment: String, Sendable, Hashable, Codable { case left, center, right }

  public var headers: [String]
  /// One for each column; columns without one are left-aligned.
  public var alignments: [Alignment]
  public var rows: [[String]]
  public var caption: String?
  /// A row that stands out, for example the best; say in a cell what it is.
  public var marked: Int?
  /// By row: where the text of the first cell leads.
  public var links: [Int: Link] = [:]

  public init(
    headers: [String], alignments: [Alignment] = [], rows: [[String]], caption: String? = nil
  ) {
    self.headers = headers
    self.alignments = alignments
    self.rows = rows
    self.caption = caption
  }

  /// A way to another page.
  public struct Link: Sendable, Hashable, Codable {
    /// A relative path, percent-encoded.
    public var path: String
    /// What lies there, for readers who hear the link without its row.
    public var label: String

    public init(path: String, label: String) {
      self.path = path
      self.label = label
    }
  }

  /// The widest of header and rows.
  var columnCount: Int { rows.reduce(headers.count) { max($0, $1.count) } }

  func alignment(of column: Int) -> Alignment {
    alignments.indices.contains(column) ? alignments[column] : .left
  }
}
