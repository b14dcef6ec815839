internal import SwiftParser
internal import SwiftSyntax

/// A cell's text parsed, with the bounds that keep hostile input from exhausting the stack.
struct CellSyntax: Sendable {
  /// Brackets in brackets that the parser follows.
  static let maximumNesting = BracketScan.maximumNesting
  /// Levels of the syntax tree that are walked.
  static let maximumDepth = 2_000
  static let maximumBytes = 200_000

  /// Brackets open at one time, counted without regard to strings and comments: the parser looks ahead from each.
  static let maximumOpenBrackets = 500

  let tree: SourceFileSyntax

  /// The offset of the bracket that is one too many, or `nil` where the text can be parsed in reasonable time.
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

  /// A node deeper than the bound, found without recursion. A level takes a byte of text at least.
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
  /// UTF-8 offsets of the text itself, without the whitespace and comments around it.
  var textStart: Int { positionAfterSkippingLeadingTrivia.utf8Offset }
  var textEnd: Int { endPositionBeforeTrailingTrivia.utf8Offset }
}
