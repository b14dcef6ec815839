import Diagnostics
import Formulas

/// A Markdown text with its nodes, read by cmark around everything that cmark does not know.
struct MarkdownText {
  /// The text as written; footnotes are read as a text of their own.
  let source: SourceText
  /// The lines as cmark read them, with placeholders.
  let lines: [String]
  let nodes: [MarkdownNode]
  let placeholders: Placeholders
  let problems: [LocatedProblem]
  /// The footnotes that the text refers to.
  let usedFootnotes: Set<String>
  /// The macros that formulas outside fences define.
  let macros: Macros
  /// The places in the file of the text's lines; `nil` if they are the file's.
  let origins: [LineOrigin]?

  /// Parses lines.
  ///
  /// - Parameters:
  ///   - name: the file's name.
  ///   - footnotes: the labels that `[^label]` may refer to.
  ///   - nodes: cmark's nodes of the lines, if they are known.
  ///   - macros: the macros that other texts of the document define.
  init(
    _ lines: [String], name: String, footnotes: Set<String>, nodes: [MarkdownNode]? = nil,
    origins: [LineOrigin]? = nil, macros: Macros = Macros()
  ) {
    let text = lines.joined(separator: "\n")
    let found = nodes ?? CommonMark.parse(text).children
    source = SourceText(name: name, text: text)
    self.origins = origins
    guard InlineScanner.mayApply(to: text) else {
      (self.lines, self.nodes, placeholders, problems) = (lines, found, Placeholders(), [])
      (usedFootnotes, self.macros) = ([], macros)
      return
    }
    var scanner = InlineScanner(lines, name: name, nodes: found, footnotes: footnotes, origins: origins)
    scanner.macros = macros
    scanner.scan()
    let placeholders = scanner.placeholders
    self.lines = scanner.lines
    self.nodes =
      placeholders.isEmpty
      ? found
      : CommonMark.parse(scanner.lines.joined(separator: "\n")).children.map { $0.restored(placeholders) }
    self.placeholders = placeholders
    problems = scanner.problems
    usedFootnotes = scanner.usedFootnotes
    self.macros = scanner.macros
  }

  /// A place in the file.
  func location(line: Int, column: Int) -> SourceLocation {
    guard let origins, line >= 1, line <= origins.count else {
      return SourceLocation(file: source.name, line: line, column: column)
    }
    let origin = origins[line - 1]
    return SourceLocation(file: source.name, line: origin.line, column: max(1, column + origin.shift))
  }

  /// A place in the file.
  func location(line: Int, byteOffset: Int) -> SourceLocation {
    location(line: line, column: source.location(line: line, byteOffset: byteOffset).column)
  }
}

extension MarkdownNode {
  /// The node with its text as written, except in text nodes, where placeholders become inlines.
  fileprivate func restored(_ placeholders: Placeholders) -> MarkdownNode {
    var node = self
    switch kind {
    case .code(let info, let text):
      node.kind = .code(info: placeholders.restored(info), text: placeholders.restored(text))
    case .html(let text): node.kind = .html(placeholders.restored(text))
    case .codeSpan(let text): node.kind = .codeSpan(placeholders.restored(text))
    case .inlineHTML(let text): node.kind = .inlineHTML(placeholders.restored(text))
    case .link(let destination, let title):
      node.kind = .link(destination: placeholders.restored(destination), title: placeholders.restored(title))
    case .image(let source, let title):
      node.kind = .image(source: placeholders.restored(source), title: placeholders.restored(title))
    case .tooDeep(let text): node.kind = .tooDeep(placeholders.restored(text))
    default: break
    }
    node.children = children.map { $0.restored(placeholders) }
    return node
  }
}
