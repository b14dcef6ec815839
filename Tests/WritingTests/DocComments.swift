import Foundation

/// A declaration in a Swift file with the doc comment above it.
struct DocumentedDeclaration {
  /// The doc comment's text, its lines joined by spaces; empty if there is none.
  var comment: String
  /// The line of the comment, or of the declaration if there is no comment; counted from 1.
  var line: Int
  /// The declaration without its body, on one line.
  var code: String
  var isPublic: Bool
}

/// Finds declarations line by line, which is exact enough for formatted sources.
struct DocComments {
  private(set) var declarations: [DocumentedDeclaration] = []
  /// The names of the file's protocol requirements, whose implementations inherit their documentation.
  private(set) var requirements: Set<String> = []

  init(_ text: String) {
    let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map(Line.init)
    var isString = false
    var comment: [String] = []
    var start = 0
    var publicEnums: [Int] = []
    var protocols: [Int] = []
    for (index, line) in lines.enumerated() {
      let wasString = isString
      if line.delimitsString { isString.toggle() }
      if wasString { continue }
      if let text = line.docComment {
        if comment.isEmpty { start = index + 1 }
        comment.append(text)
        continue
      }
      let words = line.words
      if line.isAttribute(words) { continue }
      if words.first == "}" {
        if publicEnums.last == line.indent { publicEnums.removeLast() }
        if protocols.last == line.indent { protocols.removeLast() }
      }
      let isCase = publicEnums.last == line.indent - 2 && ["case", "indirect"].contains(words.first)
      let isPublic = isCase || Self.modifiers(words).contains("public")
      if !comment.isEmpty || isPublic {
        declarations.append(
          DocumentedDeclaration(
            comment: comment.joined(separator: " "), line: comment.isEmpty ? index + 1 : start,
            code: Self.head(lines[index...]), isPublic: isPublic))
      }
      comment = []
      if protocols.last == line.indent - 2, let name = Self.name(in: line.text) { requirements.insert(name) }
      guard words.last == "{" else { continue }
      if isPublic, words.contains("enum") { publicEnums.append(line.indent) }
      if words.contains("protocol") { protocols.append(line.indent) }
    }
  }

  /// The name of the function or property that a line declares; for an initialiser, `init` with its first label.
  static func name(in code: String) -> String? {
    let words = code.split(separator: " ")
    for (word, next) in zip(words, words.dropFirst() + [""]) {
      if ["func", "var", "let"].contains(word) { return String(next.prefix { !":(,".contains($0) }) }
      if word.hasPrefix("init") {
        let label = word.dropFirst(4).drop { "?(".contains($0) }.prefix { !":)".contains($0) }
        return "init(\(label))"
      }
    }
    return nil
  }

  private static func modifiers(_ words: [String]) -> some Sequence<String> {
    let known: Set<String> = [
      "public", "static", "final", "indirect", "nonisolated", "mutating", "override", "convenience",
      "required", "consuming",
    ]
    return words.drop { $0.hasPrefix("@") }.prefix { known.contains($0) }
  }

  /// The first line with those that its parentheses or its result type continue on.
  private static func head(_ lines: ArraySlice<Line>) -> String {
    var head: [String] = []
    var depth = 0
    for line in lines.prefix(12) {
      if !head.isEmpty, depth <= 0, !["->", "where", "throws"].contains(where: line.text.hasPrefix) { break }
      head.append(line.text)
      for byte in line.text.utf8 { depth += byte == 0x28 ? 1 : byte == 0x29 ? -1 : 0 }
      if line.words.last == "{" { break }
    }
    return head.joined(separator: " ")
  }
}

/// A line of a Swift file.
private struct Line {
  var indent: Int
  /// The line without its indentation.
  var text: String

  init(_ bytes: Substring.UTF8View) {
    let rest = bytes.drop { $0 == 0x20 }
    indent = bytes.count - rest.count
    text = String(Substring(rest))
  }

  var words: [String] { text.utf8.split(separator: 0x20).map { String(Substring($0)) } }

  var docComment: String? {
    guard text.utf8.starts(with: "///".utf8) else { return nil }
    return String(Substring(text.utf8.dropFirst(3).drop { $0 == 0x20 }))
  }

  /// Whether a multi-line string begins or ends on this line.
  var delimitsString: Bool {
    guard text.utf8.contains(0x22) else { return false }
    return text.components(separatedBy: "\"\"\"").count % 2 == 0
  }

  /// Whether the line has nothing but an attribute, as `@discardableResult`.
  func isAttribute(_ words: [String]) -> Bool {
    words.first?.hasPrefix("@") == true && !words.contains("public") && words.last != "{"
  }
}
