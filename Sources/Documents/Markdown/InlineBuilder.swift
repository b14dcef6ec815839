import Diagnostics

/// Turns the inline nodes of one block into inlines: finds `{swift}` expressions and `@label` references.
struct InlineBuilder {
  let source: SourceText
  let labels: Set<String>
  /// The place of what cannot be found in the raw text; the block's start.
  var fallback: SourceLocation?
  private(set) var problems: [LocatedProblem] = []
  private var locator: Lazy

  /// The raw text is read only in blocks that have something to be located.
  private enum Lazy {
    case unread(() -> LocatedText)
    case ready(InlineLocator)
  }

  init(source: SourceText, labels: Set<String>, text: @escaping () -> LocatedText) {
    self.source = source
    self.labels = labels
    locator = .unread(text)
  }

  mutating func inlines(_ nodes: [MarkdownNode], canRefer: Bool) -> [Prose.Inline] {
    var result: [Prose.Inline] = []
    for node in nodes {
      switch node.kind {
      case .text(let literal): result += text(literal, canRefer: canRefer)
      case .softBreak: result.append(.softBreak)
      case .lineBreak: result.append(.lineBreak)
      case .codeSpan(let literal): result.append(code(literal))
      case .inlineHTML(let html): result.append(.html(html))
      case .emphasis: result.append(.emphasis(inlines(node.children, canRefer: canRefer)))
      case .strong: result.append(.strong(inlines(node.children, canRefer: canRefer)))
      case .link(let destination, let title):
        result.append(
          .link(destination: destination, title: title, inlines(node.children, canRefer: false)))
      case .image(let source, let title):
        result.append(.image(source: source, title: title, inlines(node.children, canRefer: false)))
      case .tooDeep(let literal):
        if let fallback { problems.append(LocatedProblem(.tooDeep, at: SourceRange(fallback))) }
        result.append(.text(literal))
      default: break
      }
    }
    return result
  }

  /// A code span: an expression where it starts with `{swift}`.
  private mutating func code(_ literal: String) -> Prose.Inline {
    let content = withLocator { $0.codeSpan(literal) }
    guard literal.hasPrefix("{swift}") else { return .code(literal) }
    let scalars = Array(literal.unicodeScalars)
    let isSpace: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
    let start = scalars.indices.dropFirst(7).first { !isSpace(scalars[$0]) }
    guard let start, let end = scalars.lastIndex(where: { !isSpace($0) }) else {
      let length = content == nil ? 1 : scalars.count
      if let location = location(content?.lowerBound) {
        problems.append(LocatedProblem(.emptyExpression, at: SourceRange(location, length: length)))
      }
      return .code(literal)
    }
    var code = String.UnicodeScalarView()
    code.append(contentsOf: scalars[start...end])
    // The span may hold one more scalar before the literal: the space CommonMark takes away.
    let shift = content.map { $0.count > scalars.count ? 1 : 0 } ?? 0
    let first = content.map { $0.lowerBound + shift + start }
    guard let location = location(first) else { return .code(literal) }
    return .expression(
      InlineExpression(
        code: String(code), location: location, length: length(from: first, count: end - start + 1)))
  }

  /// How many columns of its first line a stretch of raw text covers.
  private mutating func length(from first: Int?, count: Int) -> Int {
    guard let first else { return 1 }
    return withLocator { locator in
      let elements = locator.text.elements[first...].prefix(count)
      guard let start = elements.first else { return 1 }
      let last = elements.last { $0.line == start.line && $0.scalar != "\n" } ?? start
      return last.column - start.column + 1
    }
  }

  /// The text with its references; within a link there are none.
  private mutating func text(_ text: String, canRefer: Bool) -> [Prose.Inline] {
    guard text.utf8.contains(UInt8(ascii: "@")) else { return [.text(text)] }
    var result: [Prose.Inline] = []
    var rest = text.startIndex
    for mention in Mention.all(in: text) {
      // What the source does not hold as it is was written as an entity, to be text.
      guard let place = withLocator({ $0.mention(of: mention.word) }), canRefer,
        !withLocator({ $0.isEscaped(place) })
      else { continue }
      guard let label = mention.label(among: labels) else {
        warn(about: mention, at: place)
        continue
      }
      if rest < mention.start { result.append(.text(String(text[rest..<mention.start]))) }
      result.append(.reference(label: label))
      rest = text.utf8.index(mention.start, offsetBy: 1 + label.utf8.count)
    }
    if rest < text.endIndex { result.append(.text(String(text[rest...]))) }
    return result
  }

  private mutating func warn(about mention: Mention, at index: Int?) {
    guard mention.looksLikeReference(among: labels), let location = location(index) else { return }
    problems.append(
      LocatedProblem(
        .unknownReference(mention.word, near: nearMiss(of: mention.word, among: labels)),
        at: SourceRange(location, length: mention.word.count + 1)))
  }

  private mutating func location(_ index: Int?) -> SourceLocation? {
    guard let index else { return fallback }
    let name = source.name
    return withLocator { locator in
      guard locator.text.elements.indices.contains(index) else { return nil }
      let element = locator.text.elements[index]
      return SourceLocation(file: name, line: element.line, column: element.column)
    } ?? fallback
  }

  private mutating func withLocator<T>(_ body: (inout InlineLocator) -> T) -> T {
    var ready =
      switch locator {
      case .unread(let text): InlineLocator(text())
      case .ready(let locator): locator
      }
    // Moved out and back, so that its arrays are never copied.
    locator = .unread { LocatedText() }
    defer { locator = .ready(ready) }
    return body(&ready)
  }
}
