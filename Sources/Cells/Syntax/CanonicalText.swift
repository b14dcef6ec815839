internal import SwiftSyntax

extension CellSyntax {
  /// The code without comments and layout: one line per statement, tokens one space apart; `nil` if the tree is too
  /// deep. Code with a different meaning has a different text.
  var boundedText: String? { tooDeep == nil ? canonicalText : nil }

  private var canonicalText: String {
    var out = ""
    var touchesNext = true
    for token in tree.tokens(viewMode: .sourceAccurate) where token.tokenKind != .endOfFile {
      if token.startsStatement, !out.isEmpty {
        out += "\n"
      } else if !touchesNext, !token.touchesPrevious {
        out += " "
      }
      out += token.text
      touchesNext = token.touchesNext
    }
    return out
  }
}

extension TokenSyntax {
  // A prefix or postfix operator differs from the same operator between two operands.
  fileprivate var touchesNext: Bool { if case .prefixOperator = tokenKind { true } else { false } }

  fileprivate var touchesPrevious: Bool {
    switch tokenKind {
    case .postfixOperator, .postfixQuestionMark, .exclamationMark: true
    default: false
    }
  }

  fileprivate var startsStatement: Bool {
    var node = Syntax(self)
    while let parent = node.parent, parent.position == position {
      if parent.is(CodeBlockItemSyntax.self) { return true }
      node = parent
    }
    return false
  }
}
