import Diagnostics
import Foundation
import Testing

@testable import Documents

/// A notebook read from text, with accessors for tests.
struct Reading {
  let document: Document?
  let problems: [Diagnostic]

  init(_ text: String) {
    (document, problems) = DocumentReader.read(bytes: text.utf8, name: "n.md")
  }

  /// All problems as printed for users.
  var rendered: String { problems.map { $0.rendered(in: document?.source) }.joined(separator: "\n") }

  var blocks: [Document.Block] { document?.blocks ?? [] }
  var expressions: [InlineExpression] { document?.inlineExpressions ?? [] }
  var steps: [Fence] { document?.steps ?? [] }
  var frontMatter: FrontMatter { document?.frontMatter ?? FrontMatter() }

  /// The blocks in a short notation, one per line.
  var outline: String { blocks.map(Outline.of).joined(separator: "\n") }

  /// All prose as HTML.
  func html(_ writer: ProseWriter = ProseWriter()) -> String {
    var writer = writer
    return blocks.map { if case .prose(let prose) = $0 { writer.html(prose) } else { "" } }.joined()
  }
}

/// Prints trees in a short notation, for golden tests.
enum Outline {
  static func of(_ block: Document.Block) -> String {
    switch block {
    case .prose(let prose): "prose \(prose.lines.lowerBound)-\(prose.lines.upperBound): \(of(prose.blocks))"
    case .step(let fence): "step \(fence.firstCodeLine): \(fence.code.debugDescription)"
    case .listing(let fence): "listing \(fence.language): \(fence.code.debugDescription)"
    }
  }

  static func of(_ blocks: [Prose.Block]) -> String { blocks.map(of).joined(separator: " ") }

  static func of(_ block: Prose.Block) -> String {
    switch block {
    case .heading(let level, let inlines): "h\(level)(\(of(inlines)))"
    case .paragraph(let inlines): "p(\(of(inlines)))"
    case .list(let list):
      (list.start.map { "ol\($0)" } ?? "ul") + (list.isTight ? "" : " loose")
        + "(" + list.items.map(of).joined(separator: ", ") + ")"
    case .quote(let blocks): "quote(\(of(blocks)))"
    case .table(let table):
      "table(\(table.alignments.map(\.rawValue).joined(separator: " ")): "
        + ([table.header] + table.rows).map { $0.map(of).joined(separator: " | ") }.joined(separator: " / ")
        + ")"
    case .code(let language, let text): "code(\(language) \(text.debugDescription))"
    case .html(let text): "html(\(text.debugDescription))"
    case .frame(let text): "frame(\(text.debugDescription))"
    case .formula(let formula): "math(\(formula.tex))"
    case .alert(let kind, let blocks): "\(kind.rawValue)(\(of(blocks)))"
    case .footnotes(let notes):
      "notes(\(notes.map { "\($0.label): \(of($0.blocks))" }.joined(separator: ", ")))"
    case .rule: "rule"
    }
  }

  private static func of(_ item: Prose.List.Item) -> String {
    (item.isDone.map { $0 ? "[x] " : "[ ] " } ?? "") + of(item.blocks)
  }

  static func of(_ inlines: [Prose.Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text): text
      case .emphasis(let inner): "em(\(of(inner)))"
      case .strong(let inner): "strong(\(of(inner)))"
      case .code(let text): "`\(text)`"
      case .link(let destination, _, let inner): "link(\(destination) \(of(inner)))"
      case .image(let source, _, let inner): "image(\(source) \(of(inner)))"
      case .struck(let inner): "del(\(of(inner)))"
      case .formula(let formula): "\(formula.isDisplay ? "display" : "math")(\(formula.tex))"
      case .footnote(let label): "^(\(label))"
      case .softBreak: "␤"
      case .lineBreak: "⏎"
      case .html(let text): "html(\(text))"
      case .expression(let expression): "{\(expression.code)}"
      case .reference(let label): "@(\(label))"
      }
    }.joined()
  }
}
