import Diagnostics

/// Converts offsets in a cell's text to places in the notebook.
struct LineTable: Sendable {
  private struct Line: Sendable {
    /// Offsets in UTF-8 bytes; the end is before the line break.
    var start: Int
    var end: Int
    /// The start of each character, in bytes from the start of the line; `nil` if every character is one byte.
    var characters: [Int]?
  }

  let source: CellSource
  private let lines: [Line]

  init(_ source: CellSource) {
    self.source = source
    let bytes = Array(source.text.utf8)
    var lines: [Line] = []
    var start = 0
    var isASCII = true
    func finish(at end: Int) {
      var line = Line(start: start, end: end)
      if !isASCII {
        var offset = 0
        var characters: [Int] = []
        for character in String(decoding: bytes[start..<end], as: UTF8.self) {
          characters.append(offset)
          offset += character.utf8.count
        }
        line.characters = characters
      }
      lines.append(line)
      isASCII = true
    }
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 10 || byte == 13 {
        finish(at: index)
        if byte == 13, index + 1 < bytes.count, bytes[index + 1] == 10 { index += 1 }
        start = index + 1
      } else if byte >= 128 {
        isASCII = false
      }
      index += 1
    }
    finish(at: bytes.count)
    self.lines = lines
  }

  func location(_ offset: Int) -> SourceLocation {
    let (index, column) = place(offset)
    return SourceLocation(
      file: source.file, line: source.firstLine + index, column: column + source.firstColumn)
  }

  /// The source range between two offsets, truncated at the end of its first line.
  func range(_ start: Int, _ end: Int) -> SourceRange {
    let (index, column) = place(start)
    let last = min(end, lines[index].end)
    return SourceRange(location(start), length: place(max(start, last)).column - column)
  }

  func isSingleLine(_ start: Int, _ end: Int) -> Bool { end <= lines[place(start).line].end }

  /// The line's index and the column in it, both counted from 0.
  private func place(_ offset: Int) -> (line: Int, column: Int) {
    var low = 0
    var high = lines.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if lines[middle].start <= offset { low = middle } else { high = middle - 1 }
    }
    let line = lines[low]
    let inside = max(0, min(offset, line.end) - line.start)
    guard let characters = line.characters else { return (low, inside) }
    var column = 0
    var above = characters.count
    while column < above {
      let middle = (column + above) / 2
      if characters[middle] < inside { column = middle + 1 } else { above = middle }
    }
    return (low, column)
  }
}
