import Diagnostics
import Formulas
import Foundation

/// Reads notebooks: CommonMark with YAML front matter, GitHub tables and Swift fences.
///
///     let (document, problems) = DocumentReader.read(bytes: Data("# Hi".utf8), name: "hi.md")
public enum DocumentReader {
  /// The maximum notebook size, in bytes.
  public static let maximumSize = 16 << 20

  /// Reads a notebook from its bytes.
  ///
  /// - Parameter name: the path as the user wrote it, for locations.
  /// - Returns: the document, or `nil` if the bytes are not text, and all problems in file order. A document with
  ///   errors can be checked further but not run.
  public static func read(bytes: some Sequence<UInt8>, name: String) -> (Document?, [Diagnostic]) {
    let bytes = Array(bytes)
    switch SourceBytes.text(bytes, name: name) {
    case .failure(let problem): return (nil, [problem.diagnostic])
    case .success(let text):
      var (document, problems) = read(SourceText(name: name, text: text))
      document?.bytes = bytes
      return (document, problems)
    }
  }

  /// Reads a notebook from a file; a read error is returned as a problem.
  public static func read(path: String) -> (Document?, [Diagnostic]) {
    switch NotebookFile.bytes(of: path) {
    case .failure(let problem): return (nil, [problem.diagnostic])
    case .success(let bytes): return read(bytes: bytes, name: path)
    }
  }

  /// The bytes of a notebook's file, or the reason why they cannot be read.
  public static func bytes(of path: String) -> Result<[UInt8], Diagnostic> {
    NotebookFile.bytes(of: path).map { Array($0) }.mapError(\.diagnostic)
  }

  private static func read(_ source: SourceText) -> (Document?, [Diagnostic]) {
    let frontMatter = FrontMatterReader(source)
    // Replace the front matter with empty lines to keep the line numbers.
    let count = frontMatter.frontMatter.lineCount
    let lines = Array(repeating: "", count: min(count, source.lines.count)) + source.lines.dropFirst(count)
    var nodes = CommonMark.parse(lines.joined(separator: "\n")).children
    let notes = FootnoteReader(lines, nodes: nodes)
    if !notes.labels.isEmpty { nodes = CommonMark.parse(notes.lines.joined(separator: "\n")).children }
    let text = MarkdownText(notes.lines, name: source.name, footnotes: Set(notes.labels), nodes: nodes)
    nodes = text.nodes

    // Fences first: prose may refer to the label of any cell.
    var fences = FenceReader(source)
    var found: [Int: Fence] = [:]
    for (index, node) in nodes.enumerated() {
      found[index] = fences.fence(node)
      fences.checkNested(node)
    }
    let labels = Set(fences.labels.keys)
    let definitions = ProseBuilder.definitions(in: text.lines, outside: nodes)
    var prose = ProseBuilder(text, definitions: definitions, labels: labels)
    var blocks: [Document.Block] = []
    var pending: [MarkdownNode] = []
    let html = EnclosingHTML(nodes.map(\.rawHTML), steps: Set(found.filter(\.value.isStep).keys))
    var htmlProblems: [LocatedProblem] = []
    for (index, node) in nodes.enumerated() {
      // A listing within <details> is part of it.
      guard let fence = found[index], fence.language != "math", fence.isStep || !html.inside.contains(index)
      else {
        pending += html.pieces[index].map(node.split) ?? [node]
        continue
      }
      if !pending.isEmpty { blocks.append(.prose(prose.prose(pending))) }
      pending = []
      if let broken = html.broken[index] {
        htmlProblems.append(
          LocatedProblem(.cellInHTML(element: broken.element, lacksEnd: broken.lacksEnd), at: fence.range))
      }
      guard fence.isStep else {
        blocks.append(.listing(fence))
        continue
      }
      var step = fence.with(frontMatter.frontMatter.execute)
      step.isFolded = html.folded.contains(index)
      blocks.append(.step(step))
    }
    if !pending.isEmpty { blocks.append(.prose(prose.prose(pending))) }
    var footnoteProblems: [LocatedProblem] = []
    var used = text.usedFootnotes
    if let footnotes = footnotes(
      notes, definitions, labels, prose.macros, &fences, &footnoteProblems, &used, source)
    {
      blocks.append(.prose(footnotes))
    }

    let problems =
      frontMatter.problems + fences.problems + text.problems + prose.problems + htmlProblems
      + footnoteProblems
      + unused(notes, used, source)
    return (
      Document(source: source, frontMatter: frontMatter.frontMatter, blocks: blocks),
      problems.map(\.diagnostic).inSourceOrder()
    )
  }

  /// The footnotes as prose, after all other blocks; `nil` if there are none.
  private static func footnotes(
    _ notes: FootnoteReader, _ definitions: [String], _ labels: Set<String>, _ macros: Macros,
    _ fences: inout FenceReader,
    _ problems: inout [LocatedProblem], _ used: inout Set<String>, _ source: SourceText
  ) -> Prose? {
    guard let first = notes.origins.first?.line, let last = notes.origins.last?.line else { return nil }
    // Links in footnotes may use the definitions of the whole document.
    let text = MarkdownText(
      notes.items + [""] + definitions, name: source.name, footnotes: Set(notes.labels),
      origins: notes.origins, macros: macros)
    var prose = ProseBuilder(text, definitions: definitions, labels: labels)
    let footnotes = prose.footnotes(text.nodes, labels: notes.labels, lines: first...max(first, last))
    problems += text.problems + prose.problems
    used.formUnion(text.usedFootnotes)
    for node in text.nodes { fences.checkFootnotes(node, in: text) }
    return footnotes
  }

  /// Footnotes that nothing refers to.
  private static func unused(
    _ notes: FootnoteReader, _ used: Set<String>, _ source: SourceText
  ) -> [LocatedProblem] {
    zip(notes.labels, notes.firstLines).filter { !used.contains($0.0) }.map { label, number in
      let line = source.line(number) ?? ""
      let place = line.firstIndex(of: "[").flatMap { start in
        line[start...].firstIndex(of: "]").map { source.range(line: number, line[start...$0]) }
      }
      return LocatedProblem(
        .unusedFootnote(label),
        at: place ?? SourceRange(SourceLocation(file: source.name, line: number, column: 1)))
    }
  }
}

extension Fence {
  /// The cell with the notebook's options where it has none of its own.
  fileprivate func with(_ execute: ExecuteOptions) -> Fence {
    var fence = self
    fence.options.echo = options.echo ?? execute.echo
    fence.options.eval = options.eval ?? execute.eval
    fence.options.output = options.output ?? execute.output
    fence.options.error = options.error ?? execute.error
    fence.options.cache = options.cache ?? execute.cache
    return fence
  }
}

extension MarkdownNode {
  /// The text of a block of raw HTML.
  fileprivate var rawHTML: String? { if case .html(let text) = kind { text } else { nil } }

  /// Raw HTML as nodes of its pieces.
  fileprivate func split(_ pieces: [EnclosingHTML.Piece]) -> [MarkdownNode] {
    var line = firstLine
    return pieces.map { piece in
      var node = self
      node.firstLine = line
      switch piece {
      case .html(let text): node.kind = .html(text)
      case .frame(let text): node.kind = .frame(text)
      }
      line += piece.text.count { $0.isNewline }
      return node
    }
  }
}
