extension Prose {
  /// All `{swift}` expressions, in order.
  public var inlineExpressions: [InlineExpression] {
    var result: [InlineExpression] = []
    for block in blocks { block.forEachInline { $0.collectExpressions(into: &result) } }
    return result
  }

  /// The text without markup, with an empty line between blocks.
  ///
  /// - Parameter value: the displayed value of an inline expression; `nil` shows the expression itself.
  public func plainText(value: (InlineExpression) -> String? = { _ in nil }) -> String {
    blocks.map { $0.plainText(value: value) }.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }
}

extension Prose.Block {
  /// Calls a function for each run of inlines in this block, in order.
  func forEachInline(_ body: ([Prose.Inline]) -> Void) {
    switch self {
    case .heading(_, let inlines), .paragraph(let inlines): body(inlines)
    case .list(let list): for item in list.items { for block in item.blocks { block.forEachInline(body) } }
    case .quote(let blocks), .alert(_, let blocks): for block in blocks { block.forEachInline(body) }
    case .footnotes(let notes): for block in notes.flatMap(\.blocks) { block.forEachInline(body) }
    case .table(let table):
      for cell in table.header { body(cell) }
      for row in table.rows { for cell in row { body(cell) } }
    case .code, .html, .frame, .formula, .rule: break
    }
  }

  func plainText(value: (InlineExpression) -> String?) -> String {
    switch self {
    case .heading(_, let inlines), .paragraph(let inlines): return inlines.plainText(value: value)
    case .list(let list):
      return list.items.flatMap(\.blocks).map { $0.plainText(value: value) }.joined(separator: "\n")
    case .quote(let blocks), .alert(_, let blocks):
      return blocks.map { $0.plainText(value: value) }.joined(separator: "\n")
    case .footnotes(let notes):
      return notes.flatMap(\.blocks).map { $0.plainText(value: value) }.joined(separator: "\n")
    case .formula(let formula): return formula.tex
    case .table(let table):
      return ([table.header] + table.rows)
        .map { $0.map { $0.plainText(value: value) }.joined(separator: "\t") }.joined(separator: "\n")
    case .code(_, let text): return text
    case .html, .frame, .rule: return ""
    }
  }
}

extension [Prose.Inline] {
  /// The text without markup and HTML; an image is replaced by its alternative text.
  public func plainText(value: (InlineExpression) -> String? = { _ in nil }) -> String {
    map { inline in
      switch inline {
      case .text(let text), .code(let text): text
      case .emphasis(let inner), .strong(let inner), .struck(let inner), .link(_, _, let inner),
        .image(_, _, let inner):
        inner.plainText(value: value)
      case .formula(let formula): formula.tex
      case .footnote: ""
      case .softBreak, .lineBreak: " "
      case .html: ""
      case .expression(let expression): value(expression) ?? expression.code
      case .reference(let label): "@" + label
      }
    }.joined()
  }

  func collectExpressions(into result: inout [InlineExpression]) {
    for inline in self {
      switch inline {
      case .expression(let expression): result.append(expression)
      case .emphasis(let inner), .strong(let inner), .struck(let inner), .link(_, _, let inner),
        .image(_, _, let inner):
        inner.collectExpressions(into: &result)
      default: break
      }
    }
  }
}
