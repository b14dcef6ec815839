import Diagnostics

/// A GitHub table found in the raw lines of a paragraph: a header row, a delimiter row, any number of rows.
///
/// cmark does not parse tables. Source: GitHub Flavored Markdown, section 4.10, "Tables (extension)". A table may
/// follow the lines of a paragraph.
struct RawTable {
  var alignments: [Prose.Table.Alignment]
  /// The rows, starting with the header.
  var rows: [[LocatedText]]

  /// The text above the table; `nil` if there is none.
  var paragraph: LocatedText?

  /// Parses a paragraph; `nil` if it contains no table.
  init?(_ paragraph: MarkdownNode, in lines: [String], quoteDepth: Int) {
    func line(_ number: Int) -> String? { number >= 1 && number <= lines.count ? lines[number - 1] : nil }
    func isDelimiter(_ number: Int) -> Bool {
      guard let text = line(number) else { return false }
      let start = LocatedText.start(of: text, number, in: paragraph, quoteDepth: quoteDepth)
      return text[start...].contains("-") && text[start...].allSatisfy { "|:- \t".contains($0) }
    }
    guard paragraph.firstLine < paragraph.lastLine else { return nil }
    // Most paragraphs are rejected here. The first delimiter row with a matching header counts.
    for number in paragraph.firstLine + 1...paragraph.lastLine where isDelimiter(number) {
      if let table = RawTable(paragraph, delimiter: number, in: lines, quoteDepth: quoteDepth) {
        self = table
        return
      }
    }
    return nil
  }

  private init?(_ paragraph: MarkdownNode, delimiter second: Int, in lines: [String], quoteDepth: Int) {
    func line(_ number: Int) -> String? { number >= 1 && number <= lines.count ? lines[number - 1] : nil }
    guard let delimiter = line(second) else { return nil }
    func row(_ number: Int) -> [LocatedText]? {
      guard let line = line(number) else { return nil }
      var text = LocatedText()
      text.append(
        line: number, line,
        from: LocatedText.start(of: line, number, in: paragraph, quoteDepth: quoteDepth))
      return Self.cells(of: text)
    }
    guard let header = row(second - 1), let delimiters = row(second),
      header.count == delimiters.count,
      header.count > 1 || delimiter.contains("|") || line(second - 1)?.contains("|") == true
    else { return nil }
    alignments = delimiters.compactMap { Self.alignment(of: $0) }
    guard alignments.count == delimiters.count else { return nil }
    if second - 1 > paragraph.firstLine {
      var text = LocatedText()
      for number in paragraph.firstLine..<second - 1 {
        guard let line = line(number) else { continue }
        text.append(
          line: number, line,
          from: LocatedText.start(of: line, number, in: paragraph, quoteDepth: quoteDepth))
      }
      self.paragraph = text
    }
    rows = [header]
    var room = 10_000  // cells that pad short rows; bounded, or a small file makes a huge table
    for number in (second + 1)..<max(second + 1, paragraph.lastLine + 1) {
      guard var cells = row(number)?.prefix(header.count) else { continue }
      let missing = min(header.count - cells.count, room)
      room -= missing
      cells.append(contentsOf: repeatElement(LocatedText(), count: missing))
      rows.append(Array(cells))
    }
  }

  /// The cells of a row, split at each `|` without a backslash before it; `\|` is a literal `|`.
  private static func cells(of row: LocatedText) -> [LocatedText] {
    var elements = row.elements[...]
    while let last = elements.last, last.scalar == " " || last.scalar == "\t" { elements.removeLast() }
    if elements.first?.scalar == "|" { elements.removeFirst() }
    var cells: [[LocatedText.Element]] = []
    var cell: [LocatedText.Element] = []
    var endsInPipe = false
    while let element = elements.popFirst() {
      endsInPipe = false
      switch element.scalar {
      case "|":
        cells.append(cell)
        cell = []
        endsInPipe = true
      case "\\":
        if elements.first?.scalar != "|" { cell.append(element) }
        if let escaped = elements.first, escaped.scalar == "|" || escaped.scalar == "\\" {
          cell.append(escaped)
          elements.removeFirst()
        }
      default: cell.append(element)
      }
    }
    if !endsInPipe { cells.append(cell) }
    return cells.map { LocatedText(trimmed($0)) }
  }

  private static func trimmed(_ cell: [LocatedText.Element]) -> ArraySlice<LocatedText.Element> {
    func isSpace(_ element: LocatedText.Element) -> Bool { element.scalar == " " || element.scalar == "\t" }
    let start = cell.firstIndex { !isSpace($0) } ?? cell.endIndex
    let end = cell.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start
    return cell[start..<end]
  }

  /// The alignment for `---`, `:--`, `--:` or `:-:`; `nil` for anything else.
  private static func alignment(of cell: LocatedText) -> Prose.Table.Alignment? {
    let scalars = cell.elements.map(\.scalar)
    let left = scalars.first == ":"
    let right = scalars.count > 1 && scalars.last == ":"
    let dashes = scalars.dropFirst(left ? 1 : 0).dropLast(right ? 1 : 0)
    guard !dashes.isEmpty, dashes.allSatisfy({ $0 == "-" }) else { return nil }
    return left ? (right ? .center : .left) : (right ? .right : Prose.Table.Alignment.none)
  }
}

/// Parses the cells of all tables of a document in one call of cmark.
enum TableCells {
  /// Prevents a cell from being parsed as a heading or list; counts as space for emphasis.
  private static let guardCharacter: Unicode.Scalar = "\u{2003}"

  /// Parses each text as inlines.
  ///
  /// - Parameter definitions: the lines `[label]: url`, which links in cells may use.
  static func parse(_ cells: [LocatedText], definitions: [String]) -> [[MarkdownNode]] {
    guard !cells.isEmpty else { return [] }
    var text = ""
    for cell in cells {
      text.unicodeScalars.append(guardCharacter)
      text.unicodeScalars.append(contentsOf: cell.elements.lazy.map(\.scalar))
      text += "\n\n"
    }
    text += definitions.joined(separator: "\n\n")
    let paragraphs = CommonMark.parse(text).children.prefix(cells.count)
    return paragraphs.map { paragraph in
      var children = paragraph.children
      if case .text(let literal)? = children.first?.kind, literal.unicodeScalars.first == guardCharacter {
        let rest = String(literal.unicodeScalars.dropFirst())
        if rest.isEmpty { children.removeFirst() } else { children[0].kind = .text(rest) }
      }
      return children
    }
  }
}
