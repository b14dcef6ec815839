/// Colours of errors, warnings and notes, as compilers have them.
enum DiagnosticColors {
  /// The text with coloured severities and carets.
  static func text(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line($0) }.joined(separator: "\n")
  }

  private static func line(_ line: Substring) -> String {
    if line.wholeMatch(of: #/\s*\^~*/#) != nil { return styled(line, "1;32") }
    guard let match = line.firstMatch(of: #/^(?:\S.*?: |\s*)(error|warning|note|fix-it|next): /#) else {
      return String(line)
    }
    let word = match.output.1
    let rest = line[word.endIndex...]
    return line[..<word.startIndex] + styled(word, attributes[word] ?? "1")
      // The message of an error is prominent, as in Swift's compiler.
      + (word == "error" ? styled(rest, "1") : String(rest))
  }

  private static let attributes: [Substring: String] = [
    "error": "1;31", "warning": "1;33", "note": "1;36", "fix-it": "1;32", "next": "1",
  ]

  private static func styled(_ text: Substring, _ attributes: String) -> String {
    "\u{1B}[\(attributes)m\(text)\u{1B}[0m"
  }
}
