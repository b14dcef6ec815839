import Diagnostics
import Formulas

/// Finds what cmark does not know in the lines of paragraphs, headings and tables: formulas, bare links, footnote
/// references, escaped tildes and comments. Replaces each with placeholders, so that cmark leaves it alone.
///
/// Code spans, HTML tags and link destinations are skipped, as in CommonMark.
struct InlineScanner {
  /// The lines without what was found.
  private(set) var lines: [String]
  var placeholders = Placeholders()
  var problems: [LocatedProblem] = []
  let name: String
  let footnotes: Set<String>
  /// The macros that the formulas so far define.
  var macros = Macros()
  /// The footnotes that the text refers to.
  var usedFootnotes: Set<String> = []
  let origins: [LineOrigin]?
  /// A paragraph, heading or table row by its lines.
  private(set) var blocks: [Int: Block] = [:]
  /// The line being scanned, from 1, and its characters.
  private(set) var number = 1
  private(set) var line: [Character] = []
  /// Whether the line has changed.
  private var isChanged = false
  /// For runs of backticks without an end: the last line of the block.
  private var unclosed: [Int: Int] = [:]
  /// For each end of a displayed formula that was not found: the line up to which there is none.
  var missingEnds: [[Character]: Int] = [:]

  /// The lines that belong together.
  struct Block {
    var first: Int
    var last: Int
    var byteOffset: Int
    var quoteDepth: Int
    /// Whether the line is a row of a table, in which `|` ends a cell.
    var isRow = false
    var isHeading = false
  }

  init(
    _ lines: [String], name: String, nodes: [MarkdownNode], footnotes: Set<String>,
    origins: [LineOrigin]? = nil
  ) {
    self.lines = lines
    self.name = name
    self.footnotes = footnotes
    self.origins = origins
    for node in nodes { findBlocks(in: node, quoteDepth: 0) }
  }

  /// Whether a text may contain something to find.
  static func mayApply(to text: String) -> Bool {
    Placeholders.areFree(in: text)
      && (text.utf8.contains { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "@") }
        || text.contains("<!--") || text.contains("[^") || text.contains("://") || text.contains("www.")
        || text.contains("\\begin{"))
  }

  private mutating func findBlocks(in node: MarkdownNode, quoteDepth: Int) {
    switch node.kind {
    case .paragraph, .heading:
      var block = Block(
        first: node.firstLine, last: max(node.firstLine, node.lastLine), byteOffset: node.byteOffset,
        quoteDepth: quoteDepth)
      // Setext headings may have several lines.
      if case .heading = node.kind, block.first == block.last { block.isHeading = true }
      let rows = rows(of: block)
      for number in block.first...block.last {
        var own = block
        if rows.contains(number) { (own.isRow, own.last) = (true, number) }
        blocks[number] = own
      }
    case .quote: for child in node.children { findBlocks(in: child, quoteDepth: quoteDepth + 1) }
    case .list, .item: for child in node.children { findBlocks(in: child, quoteDepth: quoteDepth) }
    default: break
    }
  }

  /// The lines of a paragraph that look like a table: from the line before a delimiter row on.
  private func rows(of block: Block) -> Range<Int> {
    for number in block.first..<block.last {
      let text = lines[number].drop { $0 == " " || $0 == "\t" || $0 == ">" }
      if text.contains("-"), text.contains("|") || text.contains(":"),
        text.allSatisfy({ "|:- \t".contains($0) })
      {
        return number..<block.last + 1
      }
    }
    return 0..<0
  }

  // MARK: Scanning

  /// Scans all lines.
  mutating func scan() {
    var column = 0
    var next = 1
    while next <= lines.count {
      guard let block = blocks[next] else {
        next += 1
        column = 0
        continue
      }
      load(next)
      let start = max(column, contentStart(of: next, in: block))
      column = 0
      if isDefinition(from: start) {
        next += 1
        continue
      }
      if let place = scanLine(from: start, in: block) {
        (next, column) = (max(place.line, next), place.column)
        if place.line == number { next = number }
      } else {
        next += 1
      }
    }
    store()
  }

  /// Makes a line the current one.
  mutating func load(_ number: Int) {
    guard number != self.number || line.isEmpty else { return }
    store()
    self.number = number
    line = Array(lines[number - 1])
  }

  private mutating func store() {
    if isChanged { lines[number - 1] = String(line) }
    isChanged = false
  }

  /// The index of the first character of a block's text on a line.
  private func contentStart(of number: Int, in block: Block) -> Int {
    let text = lines[number - 1]
    if number == block.first {
      let start = text.utf8.index(text.startIndex, offsetBy: block.byteOffset, limitedBy: text.endIndex)
      return text.distance(from: text.startIndex, to: start ?? text.endIndex)
    }
    return Array(text).startOfText(quoteDepth: block.quoteDepth)
  }

  /// Whether the line is `[label]: destination`.
  private func isDefinition(from start: Int) -> Bool {
    guard start < line.count, line[start] == "[", let end = line[start...].firstIndex(of: "]") else {
      return false
    }
    return end + 1 < line.count && line[end + 1] == ":"
  }

  /// Scans the current line; returns where to continue if something extends beyond it.
  private mutating func scanLine(from start: Int, in block: Block) -> (line: Int, column: Int)? {
    var index = start
    var free = start  // where the last thing found ended
    if let end = environment(at: index, in: block) { return end }
    while index < line.count {
      let character = line[index]
      switch character {
      case "\\":
        if index + 1 < line.count, line[index + 1] == "~" {
          replace(index..<index + 2, with: .literal("~"))
        }
        index += 2
        free = index
        continue
      case "`":
        let length = line[index...].prefix { $0 == "`" }.count
        guard let end = codeSpanEnd(from: index + length, length: length, in: block) else {
          index += length
          continue
        }
        if end.line != number { return end }
        index = end.column
        free = index
        continue
      case "<":
        if let end = comment(at: index, in: block) {
          if end.line != number { return end }
          index = end.column
          free = index
          continue
        }
        if let end = tagEnd(from: index) {
          index = end
          free = end
          continue
        }
      case "]" where index + 1 < line.count && line[index + 1] == "(":
        index = destinationEnd(from: index + 2)
        free = index
        continue
      case "[":
        if let end = footnote(at: index) {
          index = end
          free = end
          continue
        }
      case "$":
        switch formula(at: index, in: block) {
        case .found(let end):
          if end.line != number { return end }
          index = end.column
          free = index
        case .literal(let count): index += count
        }
        continue
      case "h", "H", "w", "W", "m", "M", "@":
        if let end = bareLink(at: index, from: free, in: block) {
          index = end
          free = end
          continue
        }
      default: break
      }
      index += 1
    }
    return nil
  }

  /// The place after a code span that starts with a run of backticks; `nil` if it does not end in its block.
  private mutating func codeSpanEnd(
    from start: Int, length: Int, in block: Block
  ) -> (line: Int, column: Int)? {
    if let known = unclosed[length], known == block.last { return nil }
    var number = number
    var text = line
    var index = start
    while true {
      while index < text.count {
        if text[index] == "`" {
          let run = text[index...].prefix { $0 == "`" }.count
          index += run
          if run == length { return (number, index) }
        } else if block.isRow, text[index] == "|", index == 0 || text[index - 1] != "\\" {
          return nil
        } else {
          index += 1
        }
      }
      number += 1
      guard number <= block.last else {
        if !block.isRow { unclosed[length] = block.last }
        return nil
      }
      text = Array(lines[number - 1])
      index = 0
    }
  }

  /// The index after an HTML tag, comment or link in angle brackets on this line.
  private func tagEnd(from start: Int) -> Int? {
    guard start + 1 < line.count, line[start + 1].isLetter || "/!?".contains(line[start + 1]) else {
      return nil
    }
    var index = start + 1
    while index < line.count, line[index] != "<" {
      if line[index] == ">" { return index + 1 }
      index += 1
    }
    return nil
  }

  /// The index after a link's destination, which follows `](`.
  private func destinationEnd(from start: Int) -> Int {
    var index = start
    while index < line.count, line[index] == " " { index += 1 }
    if index < line.count, line[index] == "<" {
      return line[index...].firstIndex(of: ">").map { $0 + 1 } ?? start
    }
    var depth = 0
    while index < line.count, !line[index].isWhitespace {
      if line[index] == "\\" {
        index += 2
        continue
      }
      if line[index] == "(" { depth += 1 }
      if line[index] == ")" {
        if depth == 0 { return index }
        depth -= 1
      }
      index += 1
    }
    return min(index, line.count)
  }

  /// Replaces characters of the current line; returns the index after them.
  @discardableResult
  mutating func replace(_ range: Range<Int>, with insertion: Placeholders.Insertion) -> Int {
    let characters = Array(line[range])
    line.replaceSubrange(range, with: placeholders.add(insertion, replacing: characters))
    isChanged = true
    return range.upperBound
  }

  /// Replaces parts of several lines by one insertion, and makes the last of them the current line.
  mutating func replace(_ parts: [(line: Int, columns: Range<Int>)], with insertion: Placeholders.Insertion) {
    store()
    let characters = parts.flatMap { Array(Array(lines[$0.line - 1])[$0.columns]) }
    var replacement = placeholders.add(insertion, replacing: characters)[...]
    for (number, columns) in parts {
      line = []
      load(number)
      line.replaceSubrange(columns, with: replacement.prefix(columns.count))
      replacement = replacement.dropFirst(columns.count)
      isChanged = true
      store()
    }
  }

  /// The place in the file of a character of a line.
  func location(line: Int, column: Int) -> SourceLocation {
    let origin = origins.flatMap { line <= $0.count ? $0[line - 1] : nil } ?? LineOrigin(line: line, shift: 0)
    return SourceLocation(file: name, line: origin.line, column: column + 1 + origin.shift)
  }
}

/// The line of the file that a line of a rewritten text comes from.
struct LineOrigin {
  var line: Int
  /// The number to add to a column.
  var shift: Int
}
