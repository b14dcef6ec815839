internal import SwiftParser
internal import SwiftSyntax

/// A cell's text parsed, with the bounds that keep hostile input from exhausting the stack.
struct CellSyntax {
  /// Brackets in brackets that the parser follows.
  static let maximumNesting = 120
  /// Levels of the syntax tree that are walked.
  static let maximumDepth = 1_000
  static let maximumBytes = 200_000

  let tree: SourceFileSyntax

  init(_ text: String) {
    var parser = Parser(text, maximumNestingLevel: Self.maximumNesting)
    tree = SourceFileSyntax.parse(from: &parser)
  }

  /// A node deeper than the bound, found without recursion.
  var tooDeep: Syntax? {
    var pending: [(Syntax, Int)] = [(Syntax(tree), 0)]
    while let (node, depth) = pending.popLast() {
      if depth > Self.maximumDepth { return node }
      for child in node.children(viewMode: .sourceAccurate) where !child.is(TokenSyntax.self) {
        pending.append((child, depth + 1))
      }
    }
    return nil
  }

  /// The code without comments and layout: a line a statement, tokens one space apart.
  var canonicalText: String {
    var out = ""
    for token in tree.tokens(viewMode: .sourceAccurate) where token.tokenKind != .endOfFile {
      if !out.isEmpty { out += token.startsStatement ? "\n" : " " }
      out += token.text
    }
    return out
  }
}

extension TokenSyntax {
  fileprivate var startsStatement: Bool {
    var node = Syntax(self)
    while let parent = node.parent, parent.position == position {
      if parent.is(CodeBlockItemSyntax.self) { return true }
      node = parent
    }
    return false
  }
}

extension SyntaxProtocol {
  /// UTF-8 offsets of the text itself, without the whitespace and comments around it.
  var textStart: Int { positionAfterSkippingLeadingTrivia.utf8Offset }
  var textEnd: Int { endPositionBeforeTrailingTrivia.utf8Offset }
}
