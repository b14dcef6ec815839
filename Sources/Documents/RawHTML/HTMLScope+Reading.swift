extension HTMLScope {
  /// Follows the tags of raw HTML without writing it.
  mutating func read(_ text: String) {
    for token in HTMLTokenizer.tokens(text) {
      switch token {
      case .open(let name, _, _):
        guard let kind = SafeHTML.element(name)?.kind, allows(kind), !SafeHTML.void.contains(name) else {
          break
        }
        if case .transparent = kind { break }
        push(name, as: name)
      case .close(let name, _): _ = close(name)
      case .text, .comment: break
      }
    }
  }
}
