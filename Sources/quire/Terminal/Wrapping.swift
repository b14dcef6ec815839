import Support

/// Wraps a line at word boundaries to at most `width` columns; longer words are not broken.
///
/// - Parameter hanging: additional indentation, in columns, of the lines after the first.
func wrapped(_ line: String, to width: Int, hanging: Int = 2) -> [String] {
  let indent = String(line.prefix { $0 == " " })
  let margin = indent + String(repeating: " ", count: hanging)
  var lines = [indent]
  var (column, isEmpty, gap) = (indent.count, true, 0)
  for word in line.dropFirst(indent.count).split(separator: " ", omittingEmptySubsequences: false) {
    // There is an empty word between two spaces; keep them, so that aligned columns stay aligned.
    guard !word.isEmpty else {
      gap += 1
      continue
    }
    let size = word.terminalColumns
    if isEmpty || column + gap + size <= width {
      lines[lines.count - 1] += String(repeating: " ", count: gap) + word
      column += gap + size
    } else {
      lines.append(margin + word)
      column = margin.count + size
    }
    (isEmpty, gap) = (false, 1)
  }
  return lines
}

/// Pieces of at most `width` columns.
func cut(_ line: String, to width: Int) -> [String] {
  var pieces: [String] = [""]
  var column = 0
  for character in line {
    let size = character.terminalColumns
    if column + size > width, column > 0 {
      pieces.append("")
      column = 0
    }
    pieces[pieces.count - 1].append(character)
    column += size
  }
  return pieces
}
