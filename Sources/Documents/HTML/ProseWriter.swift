import Support

extension Prose.Alert {
  /// The title of the alert.
  var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}

/// Writes prose as HTML that is safe to embed in a page. Everything is escaped, links are http(s), mailto, relative
/// or within the page, and nothing is loaded from the network.
///
/// Use one writer for a whole document, so that heading ids are unique:
///
///     var writer = ProseWriter(value: { values[$0] }, reference: { figures[$0] })
///     for case .prose(let prose) in document.blocks { body += writer.html(prose) }
///     let contents = writer.headings
public struct ProseWriter {
  /// An entry of the table of contents.
  public struct Heading: Sendable, Hashable {
    /// The heading level, 1…6, after adding `headingShift`.
    public var level: Int
    /// The heading's text without markup.
    public var text: String
    /// The heading's text as HTML without links, with formulas.
    public var html: String
    /// The heading's id in the page.
    public var id: String
  }

  /// The headings written so far, in order.
  public private(set) var headings: [Heading] = []

  private var inlines: InlineWriter

  /// Creates a writer for one document.
  ///
  /// - Parameters:
  ///   - value: the displayed value of an inline expression; `nil` shows the expression as code.
  ///   - reference: the displayed text of `@label`, for example "Figure 2", and the id that it links to; `nil`
  ///     shows `@label`.
  ///   - image: a local image as a `data:` URI; `nil` shows its alternative text.
  ///   - link: a local link's URL as seen from the page; `nil` keeps it.
  ///   - headingShift: added to heading levels, for example 1 if the page has its own `h1`.
  ///   - reservedIDs: ids that the page itself uses.
  public init(
    value: @escaping (InlineExpression) -> String? = { _ in nil },
    reference: @escaping (_ label: String) -> (text: String, anchor: String)? = { _ in nil },
    image: @escaping (_ path: String) -> String? = { _ in nil },
    link: @escaping (_ path: String) -> String? = { _ in nil },
    headingShift: Int = 0, reservedIDs: Set<String> = []
  ) {
    inlines = InlineWriter(
      value: value, reference: reference, image: image, link: link, headingShift: headingShift,
      ids: PageIDs(reserved: reservedIDs))
  }

  /// A piece of prose.
  public enum Piece: Sendable, Hashable {
    /// Complete HTML.
    case text(String)
    /// Tags that begin or end elements around this and other prose and cells.
    case tags(String)

    /// The HTML of the piece.
    public var html: String {
      switch self {
      case .text(let html), .tags(let html): html
      }
    }
  }

  /// The elements around cells that are open now.
  private var frames = HTMLScope(.blocks)
  /// The number of elements around cells that are open after the prose so far.
  public var openElements: Int { frames.open.count }

  /// The prose as HTML, one block per line; its headings are appended to `headings`.
  ///
  /// An element around cells ends in later prose of the document.
  public mutating func html(_ prose: Prose) -> String { pieces(prose).map(\.html).joined() }

  /// The prose as pieces; the tags of elements around cells are separate, so that they can be outside all other
  /// elements.
  public mutating func pieces(_ prose: Prose) -> [Piece] {
    var pieces: [Piece] = []
    var blocks: [Prose.Block] = []
    func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }
    func endText(_ writer: inout ProseWriter) {
      let text = writer.html(blocks)
      if !isBlank(text) || prose.blocks.count == blocks.count { pieces.append(.text(text)) }
      blocks = []
    }
    for block in prose.blocks {
      guard case .frame(let tags) = block else {
        blocks.append(block)
        continue
      }
      endText(&self)
      pieces.append(.tags(inlines.rawBlock(tags, in: &frames)))
    }
    endText(&self)
    return pieces
  }

  /// The end tags of the elements around cells that are open, for a document that is not written to its end.
  public mutating func closeElements() -> String { frames.closeAll() }

  /// The blocks of one container, in which raw tags may be open until its end.
  private mutating func html(_ blocks: [Prose.Block]) -> String {
    var scope = HTMLScope(.blocks)
    var result = ""
    for block in blocks {
      let text = html(block, in: &scope)
      if !text.isEmpty { result += text + "\n" }
    }
    let ends = scope.closeAll()
    return ends.isEmpty ? result : result + ends + "\n"
  }

  private mutating func html(_ block: Prose.Block, in scope: inout HTMLScope) -> String {
    if case .html(let text) = block { return inlines.rawBlock(text, in: &scope) }
    return html(block)
  }

  /// A short Markdown text as HTML, for example the abstract. Links and formulas work; pictures and values do not.
  public mutating func html(markdown text: String) -> String {
    // An empty line first: this text has no front matter.
    let (document, _) = DocumentReader.read(bytes: "\n\(text)".utf8, name: "")
    var result = ""
    for block in document?.blocks ?? [] {
      switch block {
      case .prose(let prose): result += html(prose)
      case .step(let fence), .listing(let fence): result += html(.code(language: fence.language, fence.code))
      }
    }
    return result
  }

  /// The ids used so far.
  public var ids: Set<String> { inlines.ids.used }

  private mutating func html(_ block: Prose.Block) -> String {
    switch block {
    case .heading(let level, let content): return heading(level, content)
    case .paragraph(let content): return paragraph(content)
    case .list(let list): return html(list)
    case .quote(let blocks): return "<blockquote>\n\(html(blocks))</blockquote>"
    case .table(let table): return html(table)
    case .code(let language, let text):
      let attribute = language.isEmpty ? "" : " class=\"language-\(language.escapedHTML)\""
      return "<pre tabindex=\"0\"><code\(attribute)>\(text.escapedHTML)</code></pre>"
    case .formula(let formula): return InlineWriter.displayed(formula)
    case .alert(let kind, let blocks):
      return """
        <div class="alert \(kind.rawValue)"><p class="alert-title">\(kind.title)</p>
        \(html(blocks))</div>
        """
    case .footnotes(let notes): return footnotes(notes)
    case .html(let text), .frame(let text):
      var scope = HTMLScope(.blocks)
      return inlines.rawBlock(text, in: &scope) + scope.closeAll()
    case .rule: return "<hr>"
    }
  }

  private mutating func heading(_ level: Int, _ content: [Prose.Inline]) -> String {
    let level = min(max(level + inlines.headingShift, 1), 6)
    let text = inlines.text(content)
    let id = inlines.ids.id(for: text)
    let short = inlines.contentsHTML(content)
    headings.append(Heading(level: level, text: text, html: short, id: id))
    return "<h\(level) id=\"\(id.escapedHTML)\">\(inlines.html(content))</h\(level)>"
  }

  private mutating func paragraph(_ content: [Prose.Inline]) -> String {
    if content.count == 1, case .formula(let formula) = content[0], formula.isDisplay {
      return InlineWriter.displayed(formula)
    }
    // The title of a picture that is a paragraph of its own is its caption.
    if content.count == 1, case .image(let source, let title, let inner) = content[0], !title.isEmpty {
      let picture = inlines.image(source, title: "", alternative: inlines.text(inner), inLink: false)
      return "<figure>\(picture)\n<figcaption>\(title.escapedHTML)</figcaption></figure>"
    }
    // A paragraph ends where a block begins.
    if InlineWriter.hasBlocks(content) { return "<div>\(inlines.html(content, content: .blocks))</div>" }
    return "<p>\(inlines.html(content))</p>"
  }

  /// The footnotes that the text refers to, in order of their numbers.
  private mutating func footnotes(_ notes: [Prose.Footnote]) -> String {
    let known = Dictionary(notes.map { ($0.label, $0) }) { first, _ in first }
    var items = ""
    var number = 1
    // A footnote may refer to further ones.
    while let label = inlines.footnotes.label(of: number) {
      if let note = known[label] {
        var text = html(note.blocks)
        let back = inlines.footnotes.backLinks(to: number)
        if text.hasSuffix("</p>\n") {
          text = "\(text.dropLast(5)) \(back)</p>\n"
        } else {
          text += "<p>\(back)</p>\n"
        }
        items += "<li id=\"\(Footnotes.id(of: number))\">\n\(text)</li>\n"
      }
      number += 1
    }
    guard !items.isEmpty else { return "" }
    return
      "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n\(items)</ol>\n</section>"
  }

  private mutating func html(_ list: Prose.List) -> String {
    let tag = list.start == nil ? "ul" : "ol"
    let start = list.start.map { $0 == 1 ? "" : " start=\"\($0)\"" } ?? ""
    var result = "<\(tag)\(start)>\n"
    for item in list.items {
      result += item.isDone == nil ? "<li>" : "<li class=\"task\">"
      if let isDone = item.isDone {
        let state = isDone ? "aria-label=\"done\" checked" : "aria-label=\"to do\""
        result += "<input type=\"checkbox\" disabled \(state)> "
      }
      var needsBreak = false
      var scope = HTMLScope(.blocks)
      for block in item.blocks {
        if list.isTight, case .paragraph(let content) = block {
          result += (needsBreak ? "\n" : "") + inlines.html(content, content: .blocks)
        } else {
          result += "\n" + html(block, in: &scope)
        }
        needsBreak = true
      }
      result += scope.closeAll()
      if case .paragraph? = item.blocks.last, list.isTight {} else if needsBreak { result += "\n" }
      result += "</li>\n"
    }
    return result + "</\(tag)>"
  }

  /// Writes a table in a region that scrolls if it is too wide and can be reached by keyboard.
  private mutating func html(_ table: Prose.Table) -> String {
    let short = shortColumns(table)
    func row(_ cells: [[Prose.Inline]], _ tag: String) -> String {
      var result = "<tr>"
      for (index, cell) in cells.enumerated() {
        let alignment = table.alignments.indices.contains(index) ? table.alignments[index] : .none
        let style = alignment == .none ? "" : " style=\"text-align:\(alignment.rawValue)\""
        let kind = short.contains(index) ? " class=\"short\"" : ""
        result += "<\(tag)\(kind)\(style)>\(inlines.html(cell, content: .blocks))</\(tag.prefix(2))>"
      }
      return result + "</tr>\n"
    }
    // Screen readers need a different name for each region.
    let names = table.header.map { inlines.text($0) }.filter { !$0.isEmpty }.joined(separator: ", ")
    let label = names.isEmpty ? "Table" : "Table: \(names)"
    var result =
      "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(label.escapedHTML)\">"
    result += "<table>\n<thead>\n\(row(table.header, "th scope=\"col\""))</thead>\n"
    if !table.rows.isEmpty { result += "<tbody>\n\(table.rows.map { row($0, "td") }.joined())</tbody>\n" }
    return result + "</table></div>"
  }

  /// The columns with short cells next to longer ones. Their lines are not broken, since there is room.
  private func shortColumns(_ table: Prose.Table) -> Set<Int> {
    let rows = [table.header] + table.rows
    let count = rows.map(\.count).max() ?? 0
    // Explicit types: inferring them takes the compiler a second.
    let widths: [Int] = (0..<count).map { (column: Int) -> Int in
      let cells: [Int] = rows.map { $0.indices.contains(column) ? inlines.text($0[column]).count : 0 }
      return cells.max() ?? 0
    }
    let short = widths.indices.filter { widths[$0] <= 24 }
    let isRoomy = short.count < widths.count && short.reduce(0) { $0 + widths[$1] } <= 48
    return isRoomy ? Set(short) : []
  }
}
