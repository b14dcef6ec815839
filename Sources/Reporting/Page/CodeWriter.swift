/// Writes highlighted code.
enum CodeWriter {
  /// The tokens, each in a span of its kind. With `numbered`, each line is in a span that the style sheet counts.
  static func markup(_ tokens: [CodeToken], numbered: Bool) -> Markup {
    guard numbered else { return tokens.markup(token) }
    var lines: [[CodeToken]] = [[]]
    for token in tokens {
      let pieces = token.text.split(omittingEmptySubsequences: false) { $0.isNewline }
      for (index, piece) in pieces.enumerated() {
        if index > 0 { lines.append([]) }
        if !piece.isEmpty { lines[lines.count - 1].append(CodeToken(String(piece), token.kind)) }
      }
    }
    if lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
    return lines.markup { "<span class=\"n\">\($0.markup(token))\n</span>" }
  }

  private static func token(_ token: CodeToken) -> Markup {
    token.kind == .plain ? "\(token.text)" : "<span class=\"\(token.kind.className)\">\(token.text)</span>"
  }
}

extension CodeToken.Kind {
  /// Two letters, since a page has thousands of tokens.
  var className: String { "k" + rawValue.prefix(1) }
}
