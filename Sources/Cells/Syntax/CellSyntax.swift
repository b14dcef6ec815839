internal import SwiftParser
internal import SwiftSyntax

/// A cell's syntax tree. Limits prevent hostile input from exhausting the stack.
struct CellSyntax: Sendable {
  /// The maximum nesting of brackets.
  static let maximumNesting = BracketScan.maximumNesting
  /// The maximum depth of the syntax tree.
  static let maximumDepth = 2_000
  static let maximumBytes = 200_000

  /// The maximum number of open brackets, in strings and comments too: the parser looks ahead from each.
  static let maximumOpenBrackets = 500

  let tree: SourceFileSyntax

  /// The offset of the first bracket over a limit, or `nil` if the text can be parsed in reasonable time.
  static func bracketTooDeep(in text: String) -> Int? {
    var open = 0
    for (offset, byte) in text.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
        open += 1
        if open > maximumOpenBrackets { return offset }
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): open = max(0, open - 1)
      default: break
      }
    }
    return BracketScan.fault(in: text)
  }

  static func isWithinBounds(_ text: String) -> Bool {
    text.utf8.count <= maximumBytes && bracketTooDeep(in: text) == nil
  }

  init(_ text: String) {
    var parser = Parser(text, maximumNestingLevel: Self.maximumNesting)
    tree = SourceFileSyntax.parse(from: &parser)
  }

  /// The first node below the maximum depth, found without recursion. Each level takes at least one byte of text.
  var tooDeep: Syntax? {
    guard tree.totalLength.utf8Length > Self.maximumDepth else { return nil }
    var pending: [(Syntax, Int)] = [(Syntax(tree), 0)]
    while let (node, depth) = pending.popLast() {
      if depth > Self.maximumDepth { return node }
      for child in node.children(viewMode: .sourceAccurate) where !child.is(TokenSyntax.self) {
        pending.append((child, depth + 1))
      }
    }
    return nil
  }
}

extension SyntaxProtocol {
  /// The UTF-8 offset of the node's text, without leading whitespace and comments.
  var textStart: Int { positionAfterSkippingLeadingTrivia.utf8Offset }
  var textEnd: Int { endPositionBeforeTrailingTrivia.utf8Offset }
}
