/// Finds footnotes, `[^label]: text`, and takes them out of the text before cmark reads it.
///
/// The text of a footnote continues in lines that are indented by four spaces, and in the lines of its first paragraph.
/// Source: GitHub Docs, "Basic writing and formatting syntax", "Footnotes".
struct FootnoteReader {
  /// The lines with empty ones where footnotes were.
  private(set) var lines: [String]
  /// The labels, lower case, in file order.
  private(set) var labels: [String] = []
  /// The line of the file on which each label is defined.
  private(set) var firstLines: [Int] = []
  /// The footnotes as the items of one list, so that each is a block of its own.
  private(set) var items: [String] = []
  /// The line of the file for each line of `items`.
  private(set) var origins: [LineOrigin] = []
  private var known: Set<String> = []

  init(_ lines: [String], nodes: [MarkdownNode]) {
    self.lines = lines
    guard lines.contains(where: { Self.definition($0) != nil }) else { return }
    var code: Set<Int> = []
    for node in nodes {
      switch node.kind {
      case .code, .html: code.formUnion(node.firstLine...max(node.firstLine, node.lastLine))
      default: break
      }
    }
    var number = 1
    while number <= lines.count {
      guard !code.contains(number), let (label, start) = Self.definition(lines[number - 1]) else {
        number += 1
        continue
      }
      number = read(label, at: number, from: start)
    }
  }

  /// The form in which labels are compared.
  static func key(_ label: String) -> String { label.lowercased() }

  /// The label of a footnote that starts on a line, and the number of characters before its text.
  private static func definition(_ line: String) -> (label: String, start: Int)? {
    let text = line.drop { $0 == " " }
    guard text.hasPrefix("[^"), line.count - text.count <= 3, let end = text.firstIndex(of: "]"),
      text[text.index(after: end)...].first == ":"
    else { return nil }
    let label = text[text.index(text.startIndex, offsetBy: 2)..<end]
    guard !label.isEmpty, label.count <= 99, !label.contains(where: { $0.isWhitespace || $0 == "[" }) else {
      return nil
    }
    let rest = text[text.index(end, offsetBy: 2)...].drop { $0 == " " || $0 == "\t" }
    return (key(String(label)), line.distance(from: line.startIndex, to: rest.startIndex))
  }

  /// Moves a footnote to the list; returns the line after it.
  private mutating func read(_ label: String, at first: Int, from start: Int) -> Int {
    // The first definition of a label counts, as for links.
    let isNew = known.insert(label).inserted
    if isNew {
      labels.append(label)
      firstLines.append(first)
    }
    func isBlank(_ line: String) -> Bool { line.allSatisfy(\.isWhitespace) }
    func add(_ prefix: String, _ number: Int, dropping count: Int) {
      guard isNew else { return }
      items.append(prefix + String(lines[number - 1].dropFirst(count)))
      origins.append(LineOrigin(line: number, shift: count - prefix.count))
    }
    add("- ", first, dropping: start)
    var number = first + 1
    var isParagraph = true
    var end = number
    while number <= lines.count {
      let line = lines[number - 1]
      if isBlank(line) {
        add("", number, dropping: line.count)
        isParagraph = false
      } else if line.hasPrefix("    ") || line.hasPrefix("\t") {
        add("  ", number, dropping: line.hasPrefix("\t") ? 1 : 4)
        isParagraph = true
        end = number + 1
      } else if isParagraph, !Self.startsBlock(line) {
        let indentation = line.count - line.drop { $0 == " " }.count
        add("  ", number, dropping: indentation)
        end = number + 1
      } else {
        break
      }
      number += 1
    }
    for number in first..<end { lines[number - 1] = "" }
    return end
  }

  /// Whether a line cannot continue a paragraph.
  private static func startsBlock(_ line: String) -> Bool {
    let text = line.drop { $0 == " " }
    guard let first = text.first else { return true }
    if definition(line) != nil || "#>-*+<|".contains(first) || text.hasPrefix("```") || text.hasPrefix("~~~")
    {
      return true
    }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    return !digits.isEmpty && [".", ")"].contains(text.dropFirst(digits.count).first)
  }
}
