import Diagnostics
import Formulas

/// Converts cmark's nodes to prose; adds tables, inline expressions and references.
struct ProseBuilder {
  let markdown: MarkdownText
  let labels: Set<String>
  private(set) var problems: [LocatedProblem] = []
  /// The links and pictures found since the last prose.
  private var targets: [Prose.Target] = []
  /// The document's tables, by first line.
  private var tables: [Int: PreparedTable] = [:]
  private var quoteDepth = 0
  /// The macros of all formulas outside fences, and of the fences so far.
  private(set) var macros: Macros

  private struct PreparedTable {
    var raw: RawTable
    var cells: [[[MarkdownNode]]]
    var paragraph: [MarkdownNode] = []
  }

  /// Prepares a document's tables and labels.
  ///
  /// - Parameters:
  ///   - definitions: the lines `[label]: url`, which links in cells may use.
  ///   - labels: the cells' labels, which `@label` refers to.
  init(_ markdown: MarkdownText, definitions: [String], labels: Set<String>) {
    self.markdown = markdown
    self.labels = labels
    macros = markdown.macros
    let nodes = markdown.nodes
    var found: [(line: Int, table: RawTable)] = []
    for node in nodes { findTables(in: node, quoteDepth: 0, into: &found) }
    guard !found.isEmpty else { return }
    let parsed = TableCells.parse(
      found.flatMap { ($0.table.paragraph.map { [$0] } ?? []) + $0.table.rows.joined() },
      definitions: definitions)
    var cells = parsed[...]
    for (line, table) in found {
      let paragraph = table.paragraph == nil ? [] : cells.popFirst() ?? []
      tables[line] = PreparedTable(
        raw: table, cells: table.rows.map { row in row.map { _ in cells.popFirst() ?? [] } },
        paragraph: paragraph)
    }
  }

  private func findTables(
    in node: MarkdownNode, quoteDepth: Int, into found: inout [(line: Int, table: RawTable)]
  ) {
    switch node.kind {
    case .paragraph:
      if let table = RawTable(node, in: markdown.lines, quoteDepth: quoteDepth) {
        found.append((node.firstLine, table))
      }
    case .quote:
      for child in node.children { findTables(in: child, quoteDepth: quoteDepth + 1, into: &found) }
    case .list, .item:
      for child in node.children { findTables(in: child, quoteDepth: quoteDepth, into: &found) }
    default: break
    }
  }

  /// The `[label]: url` lines, for which cmark has no nodes.
  static func definitions(in lines: [String], outside nodes: [MarkdownNode]) -> [String] {
    var code: Set<Int> = []
    for node in nodes {
      if case .code = node.kind { code.formUnion(node.firstLine...max(node.firstLine, node.lastLine)) }
    }
    return lines.enumerated().compactMap { index, line in
      let text = line.drop { $0 == " " }
      guard text.first == "[", text.contains("]:"), !code.contains(index + 1) else { return nil }
      return String(text)
    }
  }

  /// Converts consecutive top-level nodes.
  mutating func prose(_ nodes: [MarkdownNode]) -> Prose {
    let first = nodes.first?.firstLine ?? 1
    let blocks = nodes.flatMap { self.blocks($0, isTopLevel: true) }
    defer { targets = [] }
    return Prose(blocks, targets: targets, lines: first...max(first, nodes.last?.lastLine ?? first))
  }

  /// The blocks of the footnotes, each an item of one list.
  mutating func footnotes(
    _ nodes: [MarkdownNode], labels: [String], lines: ClosedRange<Int>
  ) -> Prose {
    let notes = zip(labels, nodes.flatMap(\.children)).map { label, item in
      Prose.Footnote(label: label, blocks: item.children.flatMap { blocks($0) })
    }
    return Prose([.footnotes(notes)], targets: targets, lines: lines)
  }

  /// The blocks of a node: usually one; two for a table below the lines of a paragraph.
  private mutating func blocks(_ node: MarkdownNode, isTopLevel: Bool = false) -> [Prose.Block] {
    if case .paragraph = node.kind, let table = tables[node.firstLine] {
      var blocks: [Prose.Block] = []
      if let text = table.raw.paragraph {
        blocks.append(.paragraph(inlines(table.paragraph, in: text, of: nil)))
      }
      return blocks + [.table(self.table(table))]
    }
    if isTopLevel, case .quote = node.kind, let alert = alert(node) { return [alert] }
    return block(node).map { [$0] } ?? []
  }

  private mutating func block(_ node: MarkdownNode) -> Prose.Block? {
    switch node.kind {
    case .heading(let level): return .heading(level: level, inlines(of: node))
    case .paragraph: return .paragraph(inlines(of: node))
    case .quote:
      quoteDepth += 1
      defer { quoteDepth -= 1 }
      return .quote(node.children.flatMap { blocks($0) })
    case .list(let start, let isTight):
      return .list(Prose.List(start: start, isTight: isTight, items: node.children.map { item($0) }))
    case .code(let info, let text):
      let language = info.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
      return language == "math" ? formula(text, node) : .code(language: language, text)
    case .html(let text):
      if text.trimmingWhitespace().hasPrefix("<!--"), !text.contains("-->") {
        report(
          .unclosedComment,
          SourceRange(location(line: node.firstLine, byteOffset: node.byteOffset), length: 4))
      } else if let line = lineOfOpenComment(text) {
        report(
          .interruptedComment, SourceRange(location(line: node.firstLine + line, byteOffset: 0), length: 1))
      }
      addTargets(inHTML: text, node)
      return .html(text)
    case .frame(let text):
      addTargets(inHTML: text, node)
      return .frame(text)
    case .rule: return .rule
    case .tooDeep(let text):
      report(
        .tooDeep(levels: CommonMark.maximumDepth),
        SourceRange(location(line: node.firstLine, byteOffset: node.byteOffset)))
      return .paragraph([.text(text)])
    default: return nil
    }
  }

  /// The line, from 0, of a comment that does not end in a block of HTML, which a blank line ends.
  private func lineOfOpenComment(_ text: String) -> Int? {
    var rest = text[...]
    while let start = rest.firstRange(of: "<!--") {
      guard let end = rest[start.upperBound...].firstRange(of: "-->") else {
        return text[..<start.lowerBound].count { $0 == "\n" }
      }
      rest = rest[end.upperBound...]
    }
    return nil
  }

  private mutating func addTargets(inHTML text: String, _ node: MarkdownNode) {
    var rest = text[...]
    var line = node.firstLine
    for (kind, destination) in TargetFinder.destinations(inHTML: text) {
      if !destination.isEmpty, let place = rest.firstRange(of: destination) {
        line += rest[..<place.lowerBound].count { $0 == "\n" }
        rest = rest[place.lowerBound...]
      }
      let whole = markdown.source.line(line) ?? ""
      let column = whole.firstRange(of: destination).map {
        whole.distance(from: whole.startIndex, to: $0.lowerBound)
      }
      let length = column == nil ? 1 : destination.count
      let start = markdown.location(line: line, column: (column ?? 0) + 1)
      targets.append(
        Prose.Target(kind: kind, destination: destination, range: SourceRange(start, length: length)))
    }
  }

  private mutating func item(_ node: MarkdownNode) -> Prose.List.Item {
    if case .tooDeep = node.kind { return Prose.List.Item(blocks: [block(node)].compactMap { $0 }) }
    var blocks = node.children.flatMap { self.blocks($0) }
    guard case .paragraph(var inlines)? = blocks.first, case .text(let text)? = inlines.first,
      let isDone = ["[ ]": false, "[x]": true, "[X]": true][text.prefix(3)],
      text.count > 3 || inlines.count > 1,
      let space = text.dropFirst(3).first ?? (inlines[1] == .softBreak ? " " : nil), space.isWhitespace
    else { return Prose.List.Item(blocks: blocks) }
    let rest = text.dropFirst(3).drop(while: \.isWhitespace)
    if rest.isEmpty, inlines.count > 1, inlines[1] == .softBreak { inlines.remove(at: 1) }
    inlines[0] = .text(String(rest))
    blocks[0] = .paragraph(inlines)
    return Prose.List.Item(blocks: blocks, isDone: isDone)
  }

  /// A quote that is an alert; `nil` if it is only a quote.
  private mutating func alert(_ node: MarkdownNode) -> Prose.Block? {
    guard case .paragraph? = node.children.first?.kind,
      case .text(let text)? = node.children.first?.children.first?.kind,
      text.hasPrefix("[!")
    else { return nil }
    let problemCount = problems.count
    quoteDepth += 1
    var blocks = node.children.flatMap { self.blocks($0) }
    quoteDepth -= 1
    guard case .paragraph(let inlines)? = blocks.first, let (kind, rest) = Prose.Alert.read(inlines),
      !(rest.isEmpty && blocks.count == 1)
    else {
      problems.removeSubrange(problemCount...)
      return nil
    }
    if rest.isEmpty { blocks.removeFirst() } else { blocks[0] = .paragraph(rest) }
    return .alert(kind, blocks)
  }

  /// A formula in a fence.
  private mutating func formula(_ text: String, _ node: MarkdownNode) -> Prose.Block {
    let tex = InlineScanner.withoutComments(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    let formula = Prose.Formula(
      tex: macros.expanded(InlineScanner.withoutRemarks(tex)), isDisplay: true, written: tex)
    if let problem = formula.problem {
      let before = tex.prefix(problem.offset)
      let line = min(node.firstLine + 1 + before.count { $0 == "\n" }, max(node.lastLine, node.firstLine))
      report(.formula(problem.message), SourceRange(markdown.location(line: line, column: 1)))
    }
    return .formula(formula)
  }

  private mutating func table(_ table: PreparedTable) -> Prose.Table {
    var rows: [[[Prose.Inline]]] = []
    for (texts, row) in zip(table.raw.rows, table.cells) {
      var cells: [[Prose.Inline]] = []
      for (text, nodes) in zip(texts, row) { cells.append(inlines(nodes, in: text, of: nil)) }
      rows.append(cells)
    }
    return Prose.Table(
      alignments: table.raw.alignments, header: rows.first ?? [], rows: Array(rows.dropFirst()))
  }

  // MARK: Inlines

  private mutating func inlines(of node: MarkdownNode) -> [Prose.Inline] {
    inlines(node.children, in: nil, of: node)
  }

  /// Converts inline nodes.
  ///
  /// - Parameters:
  ///   - text: the raw text, if it is a table cell.
  ///   - block: the block whose raw text is read if needed.
  private mutating func inlines(
    _ nodes: [MarkdownNode], in text: LocatedText?, of block: MarkdownNode?
  ) -> [Prose.Inline] {
    var builder = InlineBuilder(markdown, labels: labels) { [source = markdown.source, quoteDepth] in
      text ?? block.map { LocatedText($0, in: source, quoteDepth: quoteDepth) } ?? LocatedText()
    }
    builder.fallback =
      block.map { location(line: $0.firstLine, byteOffset: $0.byteOffset) }
      ?? text?.elements.first.map { markdown.location(line: $0.line, column: $0.column) }
    let result = builder.inlines(nodes, canRefer: true)
    problems += builder.problems
    targets += builder.targets
    return result
  }

  private func location(line: Int, byteOffset: Int) -> SourceLocation {
    markdown.location(line: line, byteOffset: byteOffset)
  }

  private mutating func report(_ problem: DocumentProblem, _ range: SourceRange) {
    problems.append(LocatedProblem(problem, at: range))
  }
}
