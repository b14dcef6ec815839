import Diagnostics

/// Bare links: `www.`, `http://`, `https://`, `mailto:` and e-mail addresses. Source: GitHub Flavored Markdown,
/// section 6.9, "Autolinks (extension)".
extension InlineScanner {
  /// A bare link at an index of the current line, or an address whose `@` is there; returns the index after it.
  ///
  /// - Parameter free: the index where an address may start.
  mutating func bareLink(at index: Int, from free: Int, in block: Block) -> Int? {
    if line[index] == "@" { return address(at: index, from: free) }
    guard index == free || index == 0 || isBoundary(line[index - 1]) else { return nil }
    if starts("www.", at: index) { return web(from: index, domain: index, prefix: "http://", in: block) }
    for scheme in ["https://", "http://"] where starts(scheme, at: index) {
      return web(from: index, domain: index + scheme.count, prefix: "", in: block)
    }
    if starts("mailto:", at: index), let at = line[index...].firstIndex(of: "@"), at - index <= 100 {
      return address(at: at, from: index + 7, linkStart: index)
    }
    return nil
  }

  private func isBoundary(_ character: Character) -> Bool {
    character.isWhitespace || "*_~(".contains(character)
  }

  private func starts(_ prefix: String, at index: Int) -> Bool {
    line[index...].prefix(prefix.count).map { $0.lowercased() }.joined() == prefix
  }

  private mutating func web(from start: Int, domain: Int, prefix: String, in block: Block) -> Int? {
    var end = domain
    while end < line.count, isDomain(line[end]) { end += 1 }
    let segments = line[domain..<end].split(separator: ".", omittingEmptySubsequences: false)
    guard let first = segments.first, !first.isEmpty,
      prefix.isEmpty || segments.filter({ !$0.isEmpty }).count > 1,
      !segments.filter({ !$0.isEmpty }).suffix(2).contains(where: { $0.contains("_") })
    else { return nil }
    while end < line.count, !line[end].isWhitespace, line[end] != "<", !(block.isRow && line[end] == "|") {
      end += 1
    }
    end = withoutPunctuation(start..<end)
    guard end > domain else { return nil }
    let text = String(line[start..<end])
    return replace(start..<end, with: .link(destination: prefix + text, text: text))
  }

  private func isDomain(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "-" || character == "_" || character == "."
  }

  /// The end of a link without punctuation that belongs to the sentence.
  private func withoutPunctuation(_ range: Range<Int>) -> Int {
    var end = range.upperBound
    var open = line[range].count { $0 == "(" }
    var close = line[range].count { $0 == ")" }
    while end > range.lowerBound {
      switch line[end - 1] {
      case "?", "!", ".", ",", ":", "*", "_", "~", "'", "\"": end -= 1
      case ")":
        guard close > open else { return end }
        close -= 1
        end -= 1
      case ";":
        // An entity such as &hl; is not part of the link.
        var start = end - 1
        while start > range.lowerBound, line[start - 1].isASCII,
          line[start - 1].isLetter || line[start - 1].isNumber
        {
          start -= 1
        }
        guard start < end - 1, start > range.lowerBound, line[start - 1] == "&" else { return end }
        open -= line[start - 1..<end].count { $0 == "(" }
        end = start - 1
      default: return end
      }
    }
    return end
  }

  /// An e-mail address around an `@`.
  private mutating func address(at index: Int, from free: Int, linkStart: Int? = nil) -> Int? {
    func isLocal(_ character: Character) -> Bool {
      character.isASCII && (character.isLetter || character.isNumber || ".+-_".contains(character))
    }
    var start = index
    while start > free, isLocal(line[start - 1]) { start -= 1 }
    if linkStart != nil, start != free { return nil }
    guard start < index, start == 0 || linkStart != nil || !line[start - 1].isLetter,
      linkStart != nil || start == free || line[start - 1] != "/"
    else { return nil }
    var end = index + 1
    while end < line.count, line[end].isASCII,
      line[end].isLetter || line[end].isNumber || "-_.".contains(line[end])
    { end += 1 }
    while end > index + 1, line[end - 1] == "." { end -= 1 }
    let domain = line[index + 1..<end]
    guard let last = domain.last, domain.contains("."), last != "-", last != "_",
      !domain.split(separator: ".", omittingEmptySubsequences: false).contains(where: \.isEmpty)
    else { return nil }
    let text = String(line[(linkStart ?? start)..<end])
    return replace(
      (linkStart ?? start)..<end,
      with: .link(destination: linkStart == nil ? "mailto:" + text : text, text: text))
  }

  // MARK: Footnotes

  /// A reference `[^label]` to a footnote that is defined; returns the index after it.
  mutating func footnote(at index: Int) -> Int? {
    guard index + 3 < line.count, line[index + 1] == "^",
      let end = line[(index + 2)...].prefix(100).firstIndex(of: "]")
    else { return nil }
    let label = String(line[index + 2..<end])
    let key = FootnoteReader.key(label)
    guard footnotes.contains(key) else {
      if looksLikeFootnote(label, before: end + 1 < line.count ? line[end + 1] : nil) {
        let range = SourceRange(location(line: number, column: index), length: end + 1 - index)
        problems.append(
          LocatedProblem(
            .undefinedFootnote(label, near: nearMiss(of: key, among: footnotes.sorted())), at: range))
      }
      return nil
    }
    usedFootnotes.insert(key)
    return replace(index..<end + 1, with: .footnote(label: key))
  }

  /// Whether it is probably not a regular expression, such as `[^0-9]+`, or a link.
  private func looksLikeFootnote(_ label: String, before next: Character?) -> Bool {
    guard label.allSatisfy({ $0.isLetter || $0.isNumber || "-_.".contains($0) }) else { return false }
    let isRange = label.count == 3 && label.dropFirst().first == "-"
    return !isRange && !(next.map { "*+?{(:".contains($0) } ?? false)
  }
}
