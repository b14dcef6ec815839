/// Markdown written for Jupyter, made safe to include in a Quire notebook.
enum ForeignMarkdown {
  /// The text with its Swift fences marked `no-run` and an unclosed fence closed; otherwise the following cells
  /// would be part of it.
  static func shownOnly(_ text: String) -> String {
    var scan = FenceScan()
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let wasOpen = scan.open != nil
      guard scan.read(line), !wasOpen, let marker = FenceScan.marker(line),
        let word = marker.info.split(whereSeparator: \.isWhitespace).first
      else { return String(line) }
      let isSwift = word.trimmingBraces.lowercased() == "swift"
      let fence = line[..<marker.info.startIndex]
      return isSwift ? "\(fence)swift no-run" : String(line)
    }
    if let open = scan.open { lines.append(open) }
    return lines.joined(separator: "\n")
      .replacing(#/(`+)(\s*)\{swift\}/#) { "\($0.1)\($0.2){swift }" }
  }

  /// The first `# Heading`, or text underlined with `===`, and the text without it if nothing precedes it.
  static func firstHeading(_ text: String) -> (String, rest: String?)? {
    var scan = FenceScan()
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var paragraph = 0..<0
    for (index, line) in lines.enumerated() {
      let isCode = scan.read(line)
      if !isCode, let heading = underlined(lines, paragraph, by: line) { return heading }
      let isText = !isCode && !line.allSatisfy(\.isWhitespace) && !line.hasPrefix("#")
      paragraph = isText ? (paragraph.isEmpty ? index : paragraph.lowerBound)..<index + 1 : 0..<0
      if isCode { continue }
      let indent = line.prefix { $0 == " " }.count
      let line = indent <= 3 ? line.dropFirst(indent) : line
      guard line.hasPrefix("# ") || line.hasPrefix("#\t") else { continue }
      let words = line.dropFirst().reversed().drop { $0.isWhitespace || $0 == "#" }.reversed()
        .drop(while: \.isWhitespace)
      guard !words.isEmpty else { continue }
      let isFirst = lines[..<index].allSatisfy { $0.allSatisfy(\.isWhitespace) }
      return (String(words), isFirst ? lines[(index + 1)...].joined(separator: "\n") : nil)
    }
    return nil
  }

  /// The heading that consists of a paragraph and the line below it, if that is an underline.
  private static func underlined(
    _ lines: [Substring], _ paragraph: Range<Int>, by line: Substring
  ) -> (String, rest: String?)? {
    guard let first = lines[paragraph].first, line.contains("="), line.wholeMatch(of: #/ {0,3}=+\s*/#) != nil
    else { return nil }
    // Below a list, a quote, a table or HTML, it is only text.
    let isOther = first.prefixMatch(of: #/ {4}| {0,3}(?:[>|<\t]|[-+*]\s|\d+[.)]\s)/#) != nil
    if isOther { return nil }
    let words = lines[paragraph].flatMap { $0.split(whereSeparator: \.isWhitespace) }.joined(separator: " ")
    let isFirst = lines[..<paragraph.lowerBound].allSatisfy { $0.allSatisfy(\.isWhitespace) }
    return (words, isFirst ? lines[(paragraph.upperBound + 1)...].joined(separator: "\n") : nil)
  }
}

extension Substring {
  /// `swift` from `{swift}`, `{.swift` or `swift,`.
  fileprivate var trimmingBraces: String {
    String(filter { $0.isLetter || $0.isNumber || $0 == "+" || $0 == "-" })
  }
}
