/// The text of a cell or inline expression, with its place in the notebook.
public struct CellSource: Sendable, Hashable {
  /// The Swift code.
  public var text: String
  /// The notebook's path as the user wrote it.
  public var file: String
  /// The notebook line of the text's first line, counted from 1.
  public var firstLine: Int
  /// The column where the text's lines begin, counted from 1 in characters.
  public var firstColumn: Int

  /// Creates a source from its text and the place of its first character.
  public init(text: String, file: String, firstLine: Int = 1, firstColumn: Int = 1) {
    self.text = text
    self.file = file
    self.firstLine = firstLine
    self.firstColumn = firstColumn
  }
}
