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

  /// The first `# Heading`, and the text without it if nothing precedes it.
  static func firstHeading(_ text: String) -> (String, rest: String?)? {
    var scan = FenceScan()
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if scan.read(line) { continue }
      guard line.hasPrefix("# ") || line.hasPrefix("#\t") else { continue }
      let words = line.dropFirst().reversed().drop { $0.isWhitespace || $0 == "#" }.reversed()
        .drop(while: \.isWhitespace)
      guard !words.isEmpty else { continue }
      let isFirst = lines[..<index].allSatisfy { $0.allSatisfy(\.isWhitespace) }
      return (String(words), isFirst ? lines[(index + 1)...].joined(separator: "\n") : nil)
    }
    return nil
  }
}

extension Substring {
  /// `swift` from `{swift}`, `{.swift` or `swift,`.
  fileprivate var trimmingBraces: String {
    String(filter { $0.isLetter || $0.isNumber || $0 == "+" || $0 == "-" })
  }
}
