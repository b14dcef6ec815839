import CCMark

/// A CommonMark node copied from cmark, without pointers.
struct MarkdownNode {
  enum Kind {
    case document, quote, item, paragraph, rule, softBreak, lineBreak, emphasis, strong
    case list(start: Int?, isTight: Bool)
    case code(info: String, text: String)
    case html(String)
    /// Tags of raw HTML around cells; cmark does not find them.
    case frame(String)
    case heading(level: Int)
    case text(String)
    case codeSpan(String)
    case inlineHTML(String)
    case link(destination: String, title: String)
    case image(source: String, title: String)
    /// Struck text; cmark does not find it.
    case struck
    /// The text of everything deeper than `CommonMark.maximumDepth`.
    case tooDeep(String)
  }

  var kind: Kind
  /// The first and last line, from 1. Only for blocks: cmark's places of inlines are imprecise.
  var firstLine: Int
  var lastLine: Int
  /// The offset of the block's first byte on its first line, from 0.
  var byteOffset: Int
  var children: [MarkdownNode] = []
}

/// CommonMark 0.30, parsed by libcmark. Only this file calls it.
enum CommonMark {
  /// The maximum nesting of blocks and inlines together; trees of this depth can be walked recursively.
  static let maximumDepth = 64

  /// The tree of a Markdown text without NULs.
  static func parse(_ text: String) -> MarkdownNode {
    var text = text
    let root = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { cmark_parse_document($0.baseAddress, $0.count, 0) }
    }
    defer { if let root { cmark_node_free(root) } }
    return root.map { node($0, depth: 0) }
      ?? MarkdownNode(kind: .document, firstLine: 1, lastLine: 1, byteOffset: 0)
  }

  private static func node(_ pointer: OpaquePointer, depth: Int) -> MarkdownNode {
    var result = MarkdownNode(
      kind: kind(of: pointer),
      firstLine: Int(cmark_node_get_start_line(pointer)), lastLine: Int(cmark_node_get_end_line(pointer)),
      byteOffset: max(0, Int(cmark_node_get_start_column(pointer)) - 1))
    guard let first = cmark_node_first_child(pointer) else { return result }
    guard depth < maximumDepth else {
      result.kind = .tooDeep(text(within: pointer))
      return result
    }
    var next: OpaquePointer? = first
    while let child = next {
      result.children.append(node(child, depth: depth + 1))
      next = cmark_node_next(child)
    }
    return result
  }

  private static func kind(of pointer: OpaquePointer) -> MarkdownNode.Kind {
    switch cmark_node_get_type(pointer) {
    case CMARK_NODE_DOCUMENT: .document
    case CMARK_NODE_BLOCK_QUOTE: .quote
    case CMARK_NODE_LIST:
      .list(
        start: cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST
          ? Int(cmark_node_get_list_start(pointer)) : nil,
        isTight: cmark_node_get_list_tight(pointer) != 0)
    case CMARK_NODE_ITEM: .item
    case CMARK_NODE_CODE_BLOCK:
      .code(info: string(cmark_node_get_fence_info(pointer)), text: literal(pointer))
    case CMARK_NODE_HTML_BLOCK: .html(literal(pointer))
    case CMARK_NODE_PARAGRAPH: .paragraph
    case CMARK_NODE_HEADING: .heading(level: Int(cmark_node_get_heading_level(pointer)))
    case CMARK_NODE_THEMATIC_BREAK: .rule
    case CMARK_NODE_TEXT: .text(literal(pointer))
    case CMARK_NODE_SOFTBREAK: .softBreak
    case CMARK_NODE_LINEBREAK: .lineBreak
    case CMARK_NODE_CODE: .codeSpan(literal(pointer))
    case CMARK_NODE_HTML_INLINE: .inlineHTML(literal(pointer))
    case CMARK_NODE_EMPH: .emphasis
    case CMARK_NODE_STRONG: .strong
    case CMARK_NODE_LINK:
      .link(
        destination: string(cmark_node_get_url(pointer)), title: string(cmark_node_get_title(pointer)))
    case CMARK_NODE_IMAGE:
      .image(source: string(cmark_node_get_url(pointer)), title: string(cmark_node_get_title(pointer)))
    default: .text(literal(pointer))
    }
  }

  /// The literals of all nodes below one. Uses cmark's iterator, which needs no stack.
  private static func text(within pointer: OpaquePointer) -> String {
    guard let iterator = cmark_iter_new(pointer) else { return "" }
    defer { cmark_iter_free(iterator) }
    var result = ""
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { return result }
      guard event == CMARK_EVENT_ENTER, let current = cmark_iter_get_node(iterator) else { continue }
      switch cmark_node_get_type(current) {
      case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: result += " "
      default: result += literal(current)
      }
    }
  }

  private static func literal(_ pointer: OpaquePointer) -> String { string(cmark_node_get_literal(pointer)) }

  private static func string(_ characters: UnsafePointer<CChar>?) -> String {
    characters.map { String(cString: $0) } ?? ""
  }
}
