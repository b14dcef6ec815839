import Diagnostics
import Documents
import Reporting

/// A notebook's text split at its steps: cells, and prose both as written and as shown to readers.
struct NotebookParts {
  enum Part {
    /// Everything between two steps, including listings; `shown` contains the values of a run.
    case prose(source: String, shown: String)
    /// A step; `source` is the fence as written.
    case step(Fence, source: String)
  }

  /// The lines of the front matter, including `---`; `nil` if there is none.
  let frontMatter: String?
  let parts: [Part]

  /// Splits a notebook.
  ///
  /// - Parameters:
  ///   - values: the values of inline expressions, in file order; an expression without a value is unchanged.
  ///   - links: how references and link destinations are rewritten.
  init(_ document: Document, values: [String?], links: ProseLinks) {
    let lines = document.source.lines
    let head = document.frontMatter.lineCount
    frontMatter = head > 0 ? lines.prefix(head).joined(separator: "\n") : nil
    // Footnotes come last in a document, wherever they are in the file.
    let expressions = zip(document.inlineExpressions, values).sorted { $0.0.location < $1.0.location }
    var parts: [Part] = []
    var next = head + 1
    func addProse(upTo end: Int) {
      guard let prose = ProseText(lines, next..<max(next, end)) else { return }
      let shown = prose.showing(expressions.filter { prose.lines.contains($0.0.location.line) })
      parts.append(.prose(source: prose.text, shown: links.applied(to: shown)))
    }
    for fence in document.steps {
      addProse(upTo: fence.range.start.line)
      // The line after the closing fence.
      next = fence.firstCodeLine + fence.code.utf8.count { $0 == UInt8(ascii: "\n") } + 1
      let written = lines[fence.range.start.line - 1..<min(next - 1, lines.count)]
      parts.append(.step(fence, source: written.joined(separator: "\n")))
    }
    addProse(upTo: lines.count + 1)
    self.parts = parts
  }
}

/// A part of the file's prose, without empty lines at its start and end.
private struct ProseText {
  let lines: Range<Int>
  let text: String

  /// Creates the text of a range of lines, counted from 1.
  init?(_ all: [String], _ range: Range<Int>) {
    func isBlank(_ number: Int) -> Bool { all[number - 1].allSatisfy(\.isWhitespace) }
    let inside = range.clamped(to: 1..<all.count + 1)
    guard let first = inside.first(where: { !isBlank($0) }), let last = inside.last(where: { !isBlank($0) })
    else { return nil }
    lines = first..<last + 1
    text = all[first - 1..<last].joined(separator: "\n")
  }

  /// The text with expressions replaced by their values.
  func showing(_ values: [(InlineExpression, String?)]) -> String {
    var characters = Array(text)
    var starts: [Int] = [0]
    for (index, character) in characters.enumerated() where character == "\n" { starts.append(index + 1) }
    // From last to first, so that earlier places stay valid.
    for (expression, value) in values.reversed() {
      let place = starts[expression.location.line - lines.lowerBound] + expression.location.column - 1
      guard let value, place <= characters.count, let span = Self.codeSpan(around: place, in: characters)
      else { continue }
      characters.replaceSubrange(span, with: Array(value.escapedMarkdown))
    }
    return String(characters)
  }

  /// The code span that contains an expression: backticks, `{swift}`, the expression, backticks.
  private static func codeSpan(around place: Int, in characters: [Character]) -> Range<Int>? {
    var start = place
    // Quote markers may occur between the lines of a span.
    while start > 0, characters[start - 1].isWhitespace || characters[start - 1] == ">" { start -= 1 }
    let mark = Array("{swift}")
    guard start >= mark.count, Array(characters[start - mark.count..<start]) == mark else { return nil }
    start -= mark.count
    while start > 0, characters[start - 1].isWhitespace { start -= 1 }
    let opening = start
    while start > 0, characters[start - 1] == "`" { start -= 1 }
    let ticks = opening - start
    guard ticks > 0 else { return nil }
    var end = place
    while end < characters.count {
      let first = end
      while end < characters.count, characters[end] == "`" { end += 1 }
      if end - first == ticks { return start..<end }
      if end == first { end += 1 }
    }
    return nil
  }
}
