/// Rewrites references to cells and relative link destinations in prose.
struct ProseLinks {
  /// The Markdown that replaces each `@label`.
  var references: [String: String]
  /// Prepended to relative destinations, for example `../notebooks/`.
  var prefix: String

  /// The text with both rewritten, line by line; code is unchanged.
  func applied(to text: String) -> String {
    var fences = FenceScan()
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      fences.read(line) ? String(line) : outsideCodeSpans(line)
    }.joined(separator: "\n")
  }

  /// The text without HTML comments outside code. Lines that had nothing else are removed.
  static func withoutComments(_ text: String) -> String {
    guard text.contains("<!--") else { return text }
    var fences = FenceScan()
    var isOpen = false
    var hasGap = false
    var lines: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if !isOpen, fences.read(line) {
        lines.append(String(line))
        continue
      }
      let wasOpen = isOpen
      let kept = withoutComments(line, &isOpen)
      let isChanged = wasOpen || kept.count != line.count
      guard isChanged else {
        // Where lines were removed, one empty line is enough.
        if kept.isEmpty, hasGap, lines.last?.isEmpty == true { continue }
        hasGap = hasGap && kept.isEmpty
        lines.append(kept)
        continue
      }
      if kept.allSatisfy(\.isWhitespace) {
        hasGap = true
      } else {
        lines.append(kept)
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func withoutComments(_ line: Substring, _ isOpen: inout Bool) -> String {
    var out = ""
    var rest = line[...]
    while !rest.isEmpty {
      if isOpen {
        guard let end = rest.firstRange(of: "-->") else { return out }
        rest = rest[end.upperBound...]
        isOpen = false
      } else if rest.hasPrefix("<!--") {
        rest = rest.dropFirst(4)
        isOpen = true
      } else if rest.hasPrefix("`") {
        let run = rest.prefix { $0 == "`" }
        let after = rest[run.endIndex...]
        let end = after.firstRange(of: run)?.upperBound ?? run.endIndex
        out += rest[..<end]
        rest = rest[end...]
      } else {
        out.append(rest.removeFirst())
      }
    }
    return out
  }

  private func outsideCodeSpans(_ line: Substring) -> String {
    var out = ""
    var rest = line[...]
    while let tick = rest.firstIndex(of: "`") {
      let run = rest[tick...].prefix { $0 == "`" }
      let after = rest[run.endIndex...]
      guard let close = after.firstRange(of: run) else { break }
      out += changed(rest[..<tick]) + rest[tick..<close.upperBound]
      rest = rest[close.upperBound...]
    }
    return out + changed(rest)
  }

  private func changed(_ text: Substring) -> String {
    var text = String(text)
    for (label, reference) in references.sorted(by: { $0.key > $1.key }) where text.contains("@" + label) {
      text = Self.replacing("@" + label, with: reference, in: text)
    }
    guard !prefix.isEmpty else { return text }
    // Links, raw HTML and definitions; not addresses with a scheme, absolute paths and anchors.
    text = text.replacing(#/\]\((?!\#|\/|<|[A-Za-z][A-Za-z0-9+.\-]*:)(?=[^)\s])/#) { _ in "](" + prefix }
    text = text.replacing(
      #/(<(?i:img|a)\s[^<>]*?(?i:src|href)\s*=\s*["'])(?!\#|\/|[A-Za-z][A-Za-z0-9+.\-]*:)(?=[^"'\s])/#
    ) { "\($0.output.1)\(prefix)" }
    return text.replacing(
      #/^( {0,3}\[[^\]^][^\]]*\]:[ \t]+)(?!\#|\/|<|[A-Za-z][A-Za-z0-9+.\-]*:)(?=\S)/#
    ) { "\($0.output.1)\(prefix)" }
  }

  /// Replaces separate mentions: `@fig` neither in `a@fig` nor in `@fig-2`.
  private static func replacing(_ mention: String, with reference: String, in text: String) -> String {
    func isWord(_ character: Character?) -> Bool {
      character.map { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == "@" } ?? false
    }
    var out = ""
    var rest = text[...]
    while let found = rest.firstRange(of: mention) {
      let before = found.lowerBound > rest.startIndex ? rest[rest.index(before: found.lowerBound)] : out.last
      let isAlone = !isWord(before) && !isWord(rest[found.upperBound...].first)
      out += rest[..<found.lowerBound] + (isAlone ? reference : mention)
      rest = rest[found.upperBound...]
    }
    return out + rest
  }
}

/// Finds the lines of a Markdown text that belong to fenced code at the top level, as CommonMark does.
struct FenceScan {
  /// The opening marker of the current fence.
  private(set) var open: String?

  /// Reads a line; returns whether it is code or a fence.
  mutating func read(_ line: Substring) -> Bool {
    let marker = Self.marker(line)
    if let open {
      if let marker, marker.text.first == open.first, marker.text.count >= open.count, marker.info.isEmpty {
        self.open = nil
      }
      return true
    }
    guard let marker, marker.text.first != "`" || !marker.info.contains("`") else { return false }
    open = marker.text
    return true
  }

  /// The fence that a line begins with, and the text after it.
  static func marker(_ line: Substring) -> (text: String, info: Substring)? {
    let text = line.drop { $0 == " " }
    guard line.count - text.count <= 3, let first = text.first, first == "`" || first == "~" else {
      return nil
    }
    let run = text.prefix { $0 == first }
    guard run.count >= 3 else { return nil }
    var info = text.dropFirst(run.count).drop(while: \.isWhitespace)
    while info.last?.isWhitespace == true { info.removeLast() }
    return (String(run), info)
  }
}
