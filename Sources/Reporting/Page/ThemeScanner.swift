/// Finds what a style sheet would load. Comments and strings are skipped.
///
/// The page's policy stops what a scanner cannot see, for example names written with escapes; this one is for authors,
/// who should hear of it.
struct ThemeScanner {
  private let text: [Character]
  private var position = 0

  init(_ css: String) { text = Array(css) }

  /// The first problem; `nil` if there is none.
  mutating func problem() -> ThemeProblem? {
    if let start = text.indices.first(where: { has("</style", at: $0) }) {
      return ThemeProblem(fault: .endsStyle, offset: start, length: 7)
    }
    while position < text.count {
      if has("/*", at: position) {
        skipComment()
      } else if has("@import", at: position) {
        return ThemeProblem(fault: .imports, offset: position, length: 7)
      } else if has("url(", at: position) {
        position += 4
        if let problem = address() { return problem }
      } else if isQuote {
        _ = string()
      } else {
        position += 1
      }
    }
    return nil
  }

  /// Reads the address of `url(…)`; data and parts of the page are no problem.
  private mutating func address() -> ThemeProblem? {
    while position < text.count, text[position].isWhitespace { position += 1 }
    guard position < text.count else { return nil }
    var start = position
    let found: String
    if isQuote {
      start += 1
      found = string()
    } else {
      while position < text.count, text[position] != ")", !text[position].isWhitespace { position += 1 }
      found = String(text[start..<position])
    }
    guard !found.isEmpty, !found.hasPrefix("#"), found.prefix(5).lowercased() != "data:" else { return nil }
    return ThemeProblem(fault: .loads(found), offset: start, length: found.count)
  }

  private var isQuote: Bool { position < text.count && (text[position] == "\"" || text[position] == "'") }

  /// Reads a string and returns its content.
  private mutating func string() -> String {
    let quote = text[position]
    let start = position + 1
    position = start
    while position < text.count, text[position] != quote, !text[position].isNewline {
      position += text[position] == "\\" ? 2 : 1
    }
    let end = min(position, text.count)
    position = end + 1
    return String(text[start..<end])
  }

  private mutating func skipComment() {
    position += 2
    while position < text.count, !has("*/", at: position) { position += 1 }
    position += 2
  }

  /// Whether these lower-case characters are here, in any case.
  private func has(_ expected: String, at start: Int) -> Bool {
    start + expected.count <= text.count
      && zip(expected, text[start...]).allSatisfy { $0 == $1 || String($0) == $1.lowercased() }
  }
}
