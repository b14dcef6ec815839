import Support

/// Raw HTML: safe elements are rewritten, comments vanish, and everything else is shown as text.
extension InlineWriter {
  /// Whether inlines contain raw elements that cannot be in a paragraph.
  static func hasBlocks(_ inlines: [Prose.Inline]) -> Bool {
    inlines.contains { inline in
      guard case .html(let text) = inline else { return false }
      return HTMLTokenizer.tokens(text).contains { token in
        guard case .open(let name, _, _) = token, case .block? = SafeHTML.element(name)?.kind else {
          return false
        }
        return true
      }
    }
  }

  /// A block of raw HTML. A block without any safe element is shown as code.
  mutating func rawBlock(_ text: String, in scope: inout HTMLScope) -> String {
    let tokens = HTMLTokenizer.tokens(text)
    let isShown = tokens.allSatisfy { token in
      switch token {
      case .open(let name, _, _), .close(let name, _): SafeHTML.element(name) == nil
      case .text, .comment: true
      }
    }
    guard isShown else { return raw(tokens, in: &scope, inLink: false) }
    let rest = tokens.map { token in
      switch token {
      case .text(let text): text
      case .open(_, _, let source), .close(_, let source): source
      case .comment: ""
      }
    }.joined()
    return rest.allSatisfy(\.isWhitespace) ? "" : "<pre tabindex=\"0\">\(rest.escapedHTML)</pre>"
  }

  /// Raw HTML within a line.
  mutating func raw(_ text: String, in scope: inout HTMLScope, inLink: Bool) -> String {
    raw(HTMLTokenizer.tokens(text), in: &scope, inLink: inLink)
  }

  private mutating func raw(_ tokens: [HTMLToken], in scope: inout HTMLScope, inLink: Bool) -> String {
    var result = ""
    for token in tokens {
      switch token {
      case .text(let text): result += Self.escapedText(text)
      case .comment: break
      case .close(let name, let source):
        result += SafeHTML.element(name) == nil ? source.escapedHTML : scope.close(name)
      case .open(let name, let attributes, let source):
        result += open(name, attributes, in: &scope, inLink: inLink) ?? source.escapedHTML
      }
    }
    return result
  }

  /// A start tag; `nil` if it is to be shown as text.
  private mutating func open(
    _ name: String, _ attributes: [HTMLToken.Attribute], in scope: inout HTMLScope, inLink: Bool
  ) -> String? {
    guard let (element, kind) = SafeHTML.element(name), scope.allows(kind) else { return nil }
    if case .transparent = kind { return "" }
    func value(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
    if name == "img" {
      let inAnchor = inLink || scope.has("a")
      let sizes = attributes.compactMap { attribute in
        ["width", "height", "align"].contains(attribute.name)
          ? SafeHTML.attribute(attribute.name, attribute.value, of: name).map { (attribute.name, $0) } : nil
      }
      return image(
        value("src") ?? "", title: value("title") ?? "", alternative: value("alt") ?? "", inLink: inAnchor,
        sizes: sizes.map { " \($0.0)=\"\($0.1.escapedHTML)\"" }.joined())
    }
    // Links cannot be nested.
    if name == "a", inLink || scope.has("a") { return "" }
    let written = shifted(element)
    var tag = "<\(written)"
    if let id = (value("id") ?? (name == "a" ? value("name") : nil)).flatMap({ ids.take($0) }) {
      tag += " id=\"\(id.escapedHTML)\""
    }
    if name == "a", let destination = value("href") { tag += link(to: destination) }
    if name == "center" { tag += " align=\"center\"" }
    for attribute in attributes {
      guard let value = SafeHTML.attribute(attribute.name, attribute.value, of: element) else { continue }
      tag += value.isEmpty ? " \(attribute.name)" : " \(attribute.name)=\"\(value.escapedHTML)\""
    }
    if !SafeHTML.void.contains(element) { scope.push(name, as: written) }
    return tag + ">"
  }

  /// A heading's level on the page.
  private func shifted(_ element: String) -> String {
    guard element.count == 2, element.first == "h", let level = element.last?.wholeNumberValue else {
      return element
    }
    return "h\(min(max(level + headingShift, 1), 6))"
  }

  /// Text of raw HTML, in which character references have a meaning.
  private static func escapedText(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text.escapedHTML }
    return text.escapedHTML.replacing(#/&amp;(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});/#)
    {
      "&\($0.output.1);"
    }
  }
}
