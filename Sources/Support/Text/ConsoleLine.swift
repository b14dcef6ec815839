/// The current line of a console. Bytes are appended as they are; columns are needed only if something is overwritten.
struct ConsoleLine: Sendable {
  /// The line, unless `cells` is set.
  private var plain: [UInt8] = []
  private var isASCII = true
  /// The line's columns: a character with its combining marks; empty after a wide character.
  private var cells: [String]?
  /// The column of the next character; `nil` at the end of the line.
  private var cursor: Int?

  /// Columns that a movement can reach.
  private static let maximumColumn = 4096

  /// The line's length, in bytes or in columns.
  var count: Int { cells?.count ?? plain.count }
  var isAtEnd: Bool { cursor == nil || cursor == cells?.count }

  var bytes: [UInt8] {
    guard let cells else { return plain }
    return cells.flatMap { Array($0.utf8) }
  }

  func append(to out: inout [UInt8]) {
    if cells == nil { out += plain } else { out += bytes }
  }

  /// Empties the line and keeps its memory.
  mutating func clear() {
    plain.removeAll(keepingCapacity: true)
    isASCII = true
    cells = nil
    cursor = nil
  }

  /// Writes text without control characters at the cursor.
  mutating func put(_ text: UnsafeBufferPointer<UInt8>) {
    let textIsASCII = text.allSatisfy { $0 < 0x80 }
    guard let column = cursor else {
      plain.append(contentsOf: text)
      isASCII = isASCII && textIsASCII
      return
    }
    // In ASCII, columns are bytes.
    if cells == nil, isASCII, textIsASCII, column <= plain.count {
      let end = min(column + text.count, plain.count)
      for place in column..<end { plain[place] = text[place - column] }
      plain.append(contentsOf: text[(end - column)...])
      cursor = column + text.count
      if cursor == plain.count { cursor = nil }
      return
    }
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars { put(scalar) }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    var line = takeCells()
    defer { cells = line }
    var column = cursor ?? line.count
    let width = scalar == "\t" ? 1 : scalar.terminalColumns
    if width == 0 {
      // Belongs to the character before it.
      var owner = min(column, line.count) - 1
      while owner > 0, line[owner].isEmpty { owner -= 1 }
      if owner >= 0 { line[owner].unicodeScalars.append(scalar) }
      return
    }
    while line.count < column { line.append(" ") }
    for place in column..<column + width {
      let text = place == column ? String(Character(scalar)) : ""
      if place == line.count {
        line.append(text)
        continue
      }
      // Overwriting half of a wide character leaves a space.
      if line[place].isEmpty, place == column, place > 0 { line[place - 1] = " " }
      line[place] = text
    }
    column += width
    if column < line.count, line[column].isEmpty { line[column] = " " }
    cursor = column
  }

  mutating func move(to column: Int) {
    if column == 0, cells == nil, plain.isEmpty { return }
    cursor = min(max(0, column), max(Self.maximumColumn, count))
  }

  mutating func move(by columns: Int) {
    if cursor == nil, !isASCII, cells == nil { cells = takeCells() }
    move(to: (cursor ?? count) + columns)
  }

  /// Erases from the cursor to the end (0), from the start to the cursor (1), or the whole line (2).
  mutating func erase(_ part: Int) {
    guard let column = cursor else {
      if part == 0 { return }
      let end = takeCells().count
      cells = Array(repeating: " ", count: part == 2 ? 0 : end)
      cursor = end
      return
    }
    if column == 0, part != 1 {
      clear()
      return
    }
    var line = takeCells()
    if part == 0, column < line.count {
      line.removeSubrange(column...)
    } else if part == 1 {
      for place in 0..<min(column + 1, line.count) { line[place] = " " }
    } else if part == 2 {
      line = []
    }
    cells = line
  }

  /// The line's columns, built from `plain` if that has not been done; `cells` is then `nil`, so that the caller owns
  /// the only copy.
  private mutating func takeCells() -> [String] {
    if let cells {
      self.cells = nil
      return cells
    }
    var line: [String] = []
    for scalar in String(decoding: plain, as: UTF8.self).unicodeScalars {
      let width = scalar == "\t" ? 1 : scalar.terminalColumns
      if width == 0, let owner = line.lastIndex(where: { !$0.isEmpty }) {
        line[owner].unicodeScalars.append(scalar)
      } else {
        line.append(String(Character(scalar)))
        if width == 2 { line.append("") }
      }
    }
    plain = []
    return line
  }
}
