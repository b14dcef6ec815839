/// The text of a cell or an inline expression, and where it stands in the notebook.
public struct CellSource: Sendable, Hashable {
  public var text: String
  /// The notebook's path as the user wrote it.
  public var file: String
  /// The notebook's line, counted from 1, that the text's first line is.
  public var firstLine: Int
  /// The column, counted from 1 in characters, at which the text's lines begin.
  public var firstColumn: Int

  public init(text: String, file: String, firstLine: Int = 1, firstColumn: Int = 1) {
    self.text = text
    self.file = file
    self.firstLine = firstLine
    self.firstColumn = firstColumn
  }
}
