/// Finds the elements of raw HTML that enclose cells, for example `<details>` that ends in later prose.
///
/// An element encloses a cell if it has an end tag, contains no broken nesting around the cell, and may contain blocks.
/// Any other element ends at the cell.
struct EnclosingHTML {
  /// A piece of raw HTML.
  enum Piece: Equatable {
    case html(String)
    /// Tags around cells, with everything that has its place between those, such as `<summary>`.
    case frame(String)

    var text: String {
      switch self {
      case .html(let text), .frame(let text): text
      }
    }
  }

  /// A cell that ends an element.
  struct Broken: Equatable {
    var element: String
    /// Whether the element might enclose the cell if it had an end.
    var lacksEnd: Bool
  }

  /// The nodes that have tags around cells, as pieces.
  private(set) var pieces: [Int: [Piece]] = [:]
  /// The cells that end an element, by their nodes.
  private(set) var broken: [Int: Broken] = [:]
  /// The nodes within elements; listings among them are part of the prose.
  private(set) var inside: Set<Int> = []
  /// The cells within `<details>` that is closed at first.
  private(set) var folded: Set<Int> = []

  private let tokens: [[HTMLToken]?]
  private let steps: Set<Int>
  /// The tokens that are frames, by node.
  private var frames: [Int: [ClosedRange<Int>]] = [:]

  /// Elements that may contain a cell.
  private static let containers: Set<String> = [
    "blockquote", "center", "dd", "details", "div", "figure", "li", "td", "th",
  ]
  /// Elements that may contain those.
  private static let parents: Set<String> = ["dl", "ol", "table", "tbody", "tfoot", "thead", "tr", "ul"]

  /// Reads the blocks of a document.
  ///
  /// - Parameters:
  ///   - html: the text of each node; `nil` if it is not raw HTML.
  ///   - steps: the indices of the nodes that are cells.
  init(_ html: [String?], steps: Set<Int>) {
    tokens = html.map { $0.map(HTMLTokenizer.tokens) }
    self.steps = steps
    var start = 0
    while start < html.count { start = read(from: start) }
    for (node, ranges) in frames { pieces[node] = split(node, ranges) }
  }

  private struct Element {
    let name: String
    let opening: (node: Int, token: Int)
    let parent: Int?
    let isPart: Bool
    let isFolded: Bool
    var closing: (node: Int, token: Int)?
    var enclosesStep = false
  }

  /// Reads until nothing is open at the end of a node, or until a cell that ends an element.
  ///
  /// - Returns: the node to continue at.
  private mutating func read(from start: Int) -> Int {
    var scope = HTMLScope(.blocks)
    var elements: [Element] = []
    var open: [Int] = []
    var within: Set<Int> = []
    var folded: Set<Int> = []
    var first: (step: Int, element: String)?

    /// Ends at the first cell within the elements that are open now.
    func end(lacksEnd: Bool) -> Int? {
      guard let first else { return nil }
      broken[first.step] = Broken(element: first.element, lacksEnd: lacksEnd)
      inside.formUnion(within.filter { $0 < first.step })
      return first.step + 1
    }

    for node in start..<tokens.count {
      if steps.contains(node) {
        guard let last = open.last else { return node + 1 }
        if first == nil { first = (node, elements[last].name) }
        let isAllowed =
          Self.containers.contains(elements[last].name)
          && open.allSatisfy {
            Self.containers.contains(elements[$0].name) || Self.parents.contains(elements[$0].name)
          }
        if !isAllowed, let next = end(lacksEnd: false) { return next }
        for index in open { elements[index].enclosesStep = true }
        if open.contains(where: { elements[$0].isFolded }) { folded.insert(node) }
        continue
      }
      if !open.isEmpty { within.insert(node) }
      for (number, token) in (tokens[node] ?? []).enumerated() {
        switch token {
        case .open(let name, let attributes, _):
          guard let kind = SafeHTML.element(name)?.kind, scope.allows(kind), !SafeHTML.void.contains(name)
          else {
            break
          }
          if case .transparent = kind { break }
          let isPart = if case .part = kind { true } else { false }
          scope.push(name, as: name)
          elements.append(
            Element(
              name: name, opening: (node, number), parent: open.last, isPart: isPart,
              isFolded: name == "details" && !attributes.contains { $0.name == "open" }))
          open.append(elements.count - 1)
        case .close(let name, _):
          guard let place = open.lastIndex(where: { elements[$0].name == name }) else { break }
          if open[(place + 1)...].contains(where: { elements[$0].enclosesStep }),
            let next = end(lacksEnd: true)
          {
            return next
          }
          _ = scope.close(name)
          elements[open[place]].closing = (node, number)
          open.removeSubrange(place...)
          if open.isEmpty {
            accept(elements)
            self.folded.formUnion(folded)
            (elements, folded, first) = ([], [], nil)
          }
        case .text, .comment: break
        }
      }
      if open.isEmpty {
        inside.formUnion(within)
        return node + 1
      }
    }
    if let next = end(lacksEnd: true) { return next }
    inside.formUnion(within)
    return tokens.count
  }

  /// Notes the tags of elements that enclose cells, and their parts.
  private mutating func accept(_ elements: [Element]) {
    for element in elements {
      guard let closing = element.closing else { continue }
      let opening = element.opening
      if element.enclosesStep {
        frames[opening.node, default: []].append(opening.token...opening.token)
        frames[closing.node, default: []].append(closing.token...closing.token)
      } else if element.isPart, let parent = element.parent, elements[parent].enclosesStep {
        if opening.node == closing.node {
          frames[opening.node, default: []].append(opening.token...closing.token)
        } else {
          frames[opening.node, default: []].append(opening.token...opening.token)
          frames[closing.node, default: []].append(closing.token...closing.token)
        }
      }
    }
  }

  private func split(_ node: Int, _ ranges: [ClosedRange<Int>]) -> [Piece] {
    let tokens = tokens[node] ?? []
    var isFrame = Array(repeating: false, count: tokens.count)
    for range in ranges { for index in range { isFrame[index] = true } }
    var pieces: [Piece] = []
    for (token, isFrame) in zip(tokens, isFrame) {
      let source = token.source
      switch (pieces.last, isFrame) {
      case (.frame(let text), true): pieces[pieces.count - 1] = .frame(text + source)
      case (.frame(let text), false) where source.allSatisfy(\.isWhitespace):
        pieces[pieces.count - 1] = .frame(text + source)
      case (.html(let text), false): pieces[pieces.count - 1] = .html(text + source)
      case (_, true): pieces.append(.frame(source))
      case (_, false): pieces.append(.html(source))
      }
    }
    return pieces
  }
}

extension HTMLToken {
  /// The token as written.
  var source: String {
    switch self {
    case .text(let source), .open(_, _, let source), .close(_, let source), .comment(let source): source
    }
  }
}
