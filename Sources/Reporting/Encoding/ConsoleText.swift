/// Console output as it finally appeared on the screen: without escape codes, with overwritten lines collapsed.
///
/// A carriage return restarts the line, and a backspace removes one character, as in a terminal.
///
///     plainConsoleText("10 %\r100 %\n\u{1B}[1mdone\u{1B}[0m")   // "100 %\ndone"
func plainConsoleText(_ text: String) -> String {
  var lines: [String] = []
  var line: [Unicode.Scalar] = []
  var column = 0
  let scalars = Array(text.unicodeScalars)
  var index = 0
  func endLine() {
    var kept = String.UnicodeScalarView()
    kept.append(contentsOf: line)
    lines.append(String(kept))
    line = []
    column = 0
  }
  while index < scalars.count {
    let scalar = scalars[index]
    switch scalar {
    case "\u{1B}":
      let (end, erases) = endOfEscape(scalars, from: index)
      if erases { line = Array(line.prefix(column)) }
      index = end
      continue
    case "\n": endLine()
    case "\r":
      // `\r\n` is just a line end.
      column = 0
    case "\u{8}": column = max(0, column - 1)
    default:
      if column < line.count { line[column] = scalar } else { line.append(scalar) }
      column += 1
    }
    index += 1
  }
  if !line.isEmpty || lines.isEmpty { endLine() } else { lines.append("") }
  return lines.joined(separator: "\n")
}

/// The end of the escape sequence that begins at `start`, and whether it erases to the end of the line.
private func endOfEscape(_ scalars: [Unicode.Scalar], from start: Int) -> (end: Int, erases: Bool) {
  guard start + 1 < scalars.count else { return (start + 1, false) }
  var index = start + 2
  switch scalars[start + 1] {
  case "[":  // CSI: parameters, then one letter
    while index < scalars.count, !(0x40...0x7E).contains(scalars[index].value) { index += 1 }
    let erases = index < scalars.count && scalars[index] == "K"
    return (min(index + 1, scalars.count), erases)
  case "]":  // OSC: ends with BEL or ESC \
    while index < scalars.count, scalars[index] != "\u{7}", scalars[index] != "\u{1B}" { index += 1 }
    let isString = index < scalars.count && scalars[index] == "\u{1B}"
    return (min(index + (isString ? 2 : 1), scalars.count), false)
  default: return (index, false)
  }
}
