import Diagnostics

/// Converts the inline nodes of one block. Finds `{swift}` expressions and `@label` references.
struct InlineBuilder {
  let markdown: MarkdownText
  let labels: Set<String>
  /// The block's start, used for inlines that are not found in the raw text.
  var fallback: SourceLocation?
  private(set) var problems: [LocatedProblem] = []
  private(set) var targets: [Prose.Target] = []
  private var locator: Lazy
  /// The placeholders to skip of an insertion that spans lines.
  private var pending = 0

  /// Read the raw text only in blocks with something to locate.
  private enum Lazy {
    case unread(() -> LocatedText)
    case ready(InlineLocator)
  }

  init(_ markdown: MarkdownText, labels: Set<String>, text: @escaping () -> LocatedText) {
    self.markdown = markdown
    self.labels = labels
    locator = .unread(text)
  }

  mutating func inlines(_ nodes: [MarkdownNode], canRefer: Bool) -> [Prose.Inline] {
    var result: [Prose.Inline] = []
    for node in Strikethrough.applied(to: nodes) {
      switch node.kind {
      case .text(let literal): result += insertions(literal, canRefer: canRefer)
      case .softBreak, .lineBreak:
        if pending > 0 { continue }  // a line end within a formula
        if case .softBreak = node.kind { result.append(.softBreak) } else { result.append(.lineBreak) }
      case .struck: result.append(.struck(inlines(node.children, canRefer: canRefer)))
      case .codeSpan(let literal): result.append(code(literal))
      case .inlineHTML(let html):
        for (kind, destination) in TargetFinder.destinations(inHTML: html) { add(kind, destination) }
        result.append(.html(html))
      case .emphasis: result.append(.emphasis(inlines(node.children, canRefer: canRefer)))
      case .strong: result.append(.strong(inlines(node.children, canRefer: canRefer)))
      case .link(let destination, let title):
        // The text comes before the destination.
        let content = inlines(node.children, canRefer: false)
        if TargetFinder.isLocal(destination) {
          add(.link, destination, content: node.children.first?.literal)
        }
        result.append(.link(destination: destination, title: title, content))
      case .image(let source, let title):
        let content = inlines(node.children, canRefer: false)
        if TargetFinder.isChecked(picture: source) {
          add(.picture, source, content: node.children.first?.literal)
        }
        result.append(.image(source: source, title: title, content))
      case .tooDeep(let literal):
        if let fallback {
          problems.append(
            LocatedProblem(.tooDeep(levels: CommonMark.maximumDepth), at: SourceRange(fallback)))
        }
        result.append(.text(literal))
      default: break
      }
    }
    return result
  }

  private mutating func add(_ kind: Prose.Target.Kind, _ destination: String, content: String? = nil) {
    let place = withLocator { $0.target(destination, content: content) }
    if let range = range(of: place) {
      targets.append(Prose.Target(kind: kind, destination: destination, range: range))
    }
  }

  /// Converts a code span; it is an expression if it starts with `{swift}`.
  private mutating func code(_ literal: String) -> Prose.Inline {
    let marker = "{swift}"
    let place = withLocator { $0.codeSpan(literal) }
    guard literal.hasPrefix(marker) else { return .code(literal) }
    let code = literal.dropFirst(marker.count).trimmingWhitespace()
    let codePlace = place.map { place in
      withLocator { $0.trimmed(min(place.lowerBound + marker.count, place.upperBound)..<place.upperBound) }
    }
    guard !code.isEmpty else {
      if let range = range(of: place) { problems.append(LocatedProblem(.emptyExpression, at: range)) }
      return .code(literal)
    }
    guard let range = range(of: codePlace) else { return .code(literal) }
    return .expression(InlineExpression(code: code, location: range.start, length: range.length))
  }

  /// The part of the range that is on its first line.
  private mutating func range(of place: Range<Int>?) -> SourceRange? {
    let markdown = markdown
    return place.flatMap { place in
      withLocator { locator in
        let elements = locator.text.elements[place]
        guard let first = elements.first else { return nil }
        let last = elements.prefix { $0.line == first.line && $0.scalar != "\n" }.last ?? first
        let start = markdown.location(line: first.line, column: first.column)
        return SourceRange(start, length: last.column - first.column + 1)
      }
    } ?? fallback.map { SourceRange($0) }
  }

  /// Converts text with placeholders.
  private mutating func insertions(_ literal: String, canRefer: Bool) -> [Prose.Inline] {
    var result: [Prose.Inline] = []
    for piece in markdown.placeholders.pieces(of: literal) {
      switch piece {
      case .text(let text): result += self.text(text, canRefer: canRefer)
      case .rest(let count): pending -= count
      case .insertion(let insertion, let length):
        pending = length - 2
        switch insertion {
        case .formula(let formula): result.append(.formula(formula))
        case .literal(let text): result.append(.text(text))
        case .link(let destination, let text):
          result.append(canRefer ? .link(destination: destination, title: "", [.text(text)]) : .text(text))
        case .footnote(let label): if canRefer { result.append(.footnote(label: label)) }
        }
      }
    }
    return result
  }

  /// Splits text at its references; there are none within a link.
  private mutating func text(_ text: String, canRefer: Bool) -> [Prose.Inline] {
    guard text.utf8.contains(UInt8(ascii: "@")) else { return [.text(text)] }
    var result: [Prose.Inline] = []
    var rest = text.startIndex
    for mention in Mention.all(in: text) {
      // A mention that is not in the source verbatim was written with an entity, to be shown as text.
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

  private mutating func warn(about mention: Mention, at index: Int) {
    guard mention.looksLikeReference(among: labels),
      let range = range(of: index..<index + 1 + mention.word.unicodeScalars.count)
    else { return }
    let near = nearMiss(of: mention.word, among: labels)
    let isCertain = near.map { isCertainMiss($0, of: mention.word, among: labels) } ?? false
    problems.append(
      LocatedProblem(.unknownReference(mention.word, near: near, isCertain: isCertain), at: range))
  }

  private mutating func withLocator<T>(_ body: (inout InlineLocator) -> T) -> T {
    var ready =
      switch locator {
      case .unread(let text): InlineLocator(text())
      case .ready(let locator): locator
      }
    // Move the value out and back, so that its arrays are not copied.
    locator = .unread { LocatedText() }
    defer { locator = .ready(ready) }
    return body(&ready)
  }
}

extension MarkdownNode {
  /// The text of a plain text node.
  fileprivate var literal: String? { if case .text(let text) = kind { text } else { nil } }
}
