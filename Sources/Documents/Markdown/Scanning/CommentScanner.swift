extension InlineScanner {
  /// Removes a comment that begins at an index of the current line, up to the first `-->` in its block.
  ///
  /// cmark follows an older CommonMark, in which a comment must not contain `--`; browsers and CommonMark 0.31 do not
  /// mind. Without this, such a comment would be shown as text.
  ///
  /// - Returns: the place after the comment; `nil` if none begins or ends here.
  mutating func comment(at start: Int, in block: Block) -> (line: Int, column: Int)? {
    guard line[start...].starts(with: "<!--") else { return nil }
    var parts: [(line: Int, columns: Range<Int>)] = []
    var number = number
    var text = line
    var from = start
    var next = start + 4
    while true {
      while next + 2 < text.count {
        if text[next] == "-", text[next + 1] == "-", text[next + 2] == ">" {
          let end = next + 3
          parts.append((number, from..<end))
          replace(parts, with: .literal(""))
          return (number, end)
        }
        next += 1
      }
      // A part is replaced by at least two placeholders.
      guard number < block.last, text.count - from >= 2 else { return nil }
      parts.append((number, from..<text.count))
      number += 1
      text = Array(lines[number - 1])
      from = text.startOfText(quoteDepth: block.quoteDepth)
      next = from
    }
  }
}
