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
    let size = word.reduce(0) { $0 + $1.columns }
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

/// Pieces of at most `width` characters.
func cut(_ line: String, to width: Int) -> [String] {
  guard line.count > width else { return [line] }
  return stride(from: 0, to: line.count, by: width).map { String(line.dropFirst($0).prefix(width)) }
}

extension Character {
  /// The text's width in terminal columns.
  fileprivate var columns: Int {
    guard let first = unicodeScalars.first else { return 0 }
    switch first.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6:
      return 2
    default: return first.properties.isEmojiPresentation ? 2 : 1
    }
  }
}
