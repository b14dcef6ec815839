/// `~~struck~~` text, in cmark's inline nodes. Source: GitHub Flavored Markdown, section 6.5, "Strikethrough
/// (extension)".
enum Strikethrough {
  /// The nodes of one parent, with struck text in nodes of its own.
  static func applied(to nodes: [MarkdownNode]) -> [MarkdownNode] {
    guard nodes.contains(where: { $0.hasTilde }) else { return nodes }
    let items = split(nodes)
    // For each length of a run, the places in the result of the openers without a closer.
    var openers: [Int: [Int]] = [:]
    var result: [MarkdownNode] = []
    for item in items {
      if let run = item.run {
        if run.canClose, let start = openers[run.length]?.popLast() {
          for length in openers.keys {
            while let last = openers[length]?.last, last > start { openers[length]?.removeLast() }
          }
          var struck = item.node
          struck.kind = .struck
          struck.children = Array(result[(start + 1)...])
          result.replaceSubrange(start..., with: [struck])
          continue
        }
        if run.canOpen { openers[run.length, default: []].append(result.count) }
      }
      result.append(item.node)
    }
    return result
  }

  /// A run of tildes.
  private struct Run {
    var length: Int
    var canOpen: Bool
    var canClose: Bool
  }

  private struct Item {
    var node: MarkdownNode
    var run: Run?
  }

  /// The nodes, with text split at runs of one or two tildes.
  private static func split(_ nodes: [MarkdownNode]) -> [Item] {
    var items: [Item] = []
    for (index, node) in nodes.enumerated() {
      guard case .text(let text) = node.kind, node.hasTilde else {
        items.append(Item(node: node))
        continue
      }
      var rest = text[...]
      while let first = rest.first {
        let isRun = first == "~"
        let part = rest.prefix { ($0 == "~") == isRun }
        rest = rest.dropFirst(part.count)
        var piece = node
        piece.kind = .text(String(part))
        var item = Item(node: piece)
        if isRun, part.count <= 2 {
          let before = part.startIndex > text.startIndex ? text[text.index(before: part.startIndex)] : nil
          let last = before ?? edge(of: index > 0 ? nodes[index - 1] : nil)
          let next = rest.first ?? edge(of: index + 1 < nodes.count ? nodes[index + 1] : nil)
          item.run = run(part.count, after: last, before: next)
        }
        items.append(item)
      }
    }
    return items
  }

  /// A character like the one that a neighbour has in the source.
  private static func edge(of node: MarkdownNode?) -> Character {
    switch node?.kind {
    case nil, .softBreak?, .lineBreak?: " "
    default: "*"
    }
  }

  /// CommonMark's rules for flanking runs.
  private static func run(_ length: Int, after last: Character, before next: Character) -> Run {
    func isPunctuation(_ character: Character) -> Bool { character.isPunctuation || character.isSymbol }
    let isLeft =
      !next.isWhitespace && (!isPunctuation(next) || last.isWhitespace || isPunctuation(last))
    let isRight =
      !last.isWhitespace && (!isPunctuation(last) || next.isWhitespace || isPunctuation(next))
    return Run(length: length, canOpen: isLeft, canClose: isRight)
  }
}

extension MarkdownNode {
  fileprivate var hasTilde: Bool {
    if case .text(let text) = kind { return text.utf8.contains(UInt8(ascii: "~")) }
    return false
  }
}
