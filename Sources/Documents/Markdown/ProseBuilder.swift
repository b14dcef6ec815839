import Diagnostics

/// Converts cmark's nodes to prose; adds tables, inline expressions and references.
struct ProseBuilder {
  let source: SourceText
  let labels: Set<String>
  private(set) var problems: [LocatedProblem] = []
  /// The document's tables, by first line.
  private var tables: [Int: PreparedTable] = [:]
  private var quoteDepth = 0

  private struct PreparedTable {
    var raw: RawTable
    var cells: [[[MarkdownNode]]]
  }

  /// Prepares a document's tables and labels.
  ///
  /// - Parameters:
  ///   - nodes: the top-level blocks of the whole document.
  ///   - labels: the cells' labels, which `@label` refers to.
  init(_ nodes: [MarkdownNode], source: SourceText, labels: Set<String>) {
    self.source = source
    self.labels = labels
    var found: [(line: Int, table: RawTable)] = []
    for node in nodes { findTables(in: node, quoteDepth: 0, into: &found) }
    guard !found.isEmpty else { return }
    let parsed = TableCells.parse(
      found.flatMap { $0.table.rows.joined() }, definitions: Self.definitions(in: source, outside: nodes))
    var cells = parsed[...]
    for (line, table) in found {
      tables[line] = PreparedTable(
        raw: table,
        cells: table.rows.map { row in row.map { _ in cells.popFirst() ?? [] } })
    }
  }

  private func findTables(
    in node: MarkdownNode, quoteDepth: Int, into found: inout [(line: Int, table: RawTable)]
  ) {
    switch node.kind {
    case .paragraph:
      if let table = RawTable(node, in: source, quoteDepth: quoteDepth) {
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
  private static func definitions(in source: SourceText, outside nodes: [MarkdownNode]) -> [String] {
    var code: Set<Int> = []
    for node in nodes {
      if case .code = node.kind { code.formUnion(node.firstLine...max(node.firstLine, node.lastLine)) }
    }
    return source.lines.enumerated().compactMap { index, line in
      let text = line.drop { $0 == " " }
      guard text.first == "[", text.contains("]:"), !code.contains(index + 1) else { return nil }
      return String(text)
    }
  }

  /// Converts consecutive top-level nodes.
  mutating func prose(_ nodes: [MarkdownNode]) -> Prose {
    let first = nodes.first?.firstLine ?? 1
    return Prose(nodes.compactMap { block($0) }, lines: first...max(first, nodes.last?.lastLine ?? first))
  }

  private mutating func block(_ node: MarkdownNode) -> Prose.Block? {
    switch node.kind {
    case .heading(let level): return .heading(level: level, inlines(of: node))
    case .paragraph:
      if let table = tables[node.firstLine] { return .table(self.table(table)) }
      return .paragraph(inlines(of: node))
    case .quote:
      quoteDepth += 1
      defer { quoteDepth -= 1 }
      return .quote(node.children.compactMap { block($0) })
    case .list(let start, let isTight):
      return .list(Prose.List(start: start, isTight: isTight, items: node.children.map { item($0) }))
    case .code(let info, let text):
      return .code(language: info.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? "", text)
    case .html(let text): return .html(text)
    case .rule: return .rule
    case .tooDeep(let text):
      report(
        .tooDeep(levels: CommonMark.maximumDepth),
        SourceRange(location(line: node.firstLine, byteOffset: node.byteOffset)))
      return .paragraph([.text(text)])
    default: return nil
    }
  }

  private mutating func item(_ node: MarkdownNode) -> Prose.List.Item {
    if case .tooDeep = node.kind { return Prose.List.Item(blocks: [block(node)].compactMap { $0 }) }
    var blocks = node.children.compactMap { block($0) }
    guard case .paragraph(var inlines)? = blocks.first, case .text(let text)? = inlines.first,
      let isDone = ["[ ] ": false, "[x] ": true, "[X] ": true][text.prefix(4)]
    else { return Prose.List.Item(blocks: blocks) }
    inlines[0] = .text(String(text.dropFirst(4)))
    blocks[0] = .paragraph(inlines)
    return Prose.List.Item(blocks: blocks, isDone: isDone)
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
    var builder = InlineBuilder(source: source, labels: labels) { [source, quoteDepth] in
      text ?? block.map { LocatedText($0, in: source, quoteDepth: quoteDepth) } ?? LocatedText()
    }
    builder.fallback =
      block.map { location(line: $0.firstLine, byteOffset: $0.byteOffset) }
      ?? text?.elements.first.map { SourceLocation(file: source.name, line: $0.line, column: $0.column) }
    let result = builder.inlines(nodes, canRefer: true)
    problems += builder.problems
    return result
  }

  private func location(line: Int, byteOffset: Int) -> SourceLocation {
    source.location(line: line, byteOffset: byteOffset)
  }

  private mutating func report(_ problem: DocumentProblem, _ range: SourceRange) {
    problems.append(LocatedProblem(problem, at: range))
  }
}
