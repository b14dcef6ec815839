internal import SwiftSyntax

extension CellSyntax {
  /// The code without comments and layout: a line a statement, tokens at most one space apart; `nil` where the tree is
  /// too deep to be walked. It is code that parses to the same tokens, so its own canonical text is itself.
  var boundedText: String? { tooDeep == nil ? canonicalText : nil }

  private var canonicalText: String {
    var out = ""
    var previous: TokenSyntax?
    for token in tree.tokens(viewMode: .sourceAccurate) where token.tokenKind != .endOfFile {
      if let previous { out += token.canonicalSpace(after: previous) }
      out += token.text
      previous = token
    }
    return out
  }
}

extension TokenSyntax {
  /// What stands between two tokens: around brackets and commas always the same, elsewhere a space where there was one,
  /// since operators mean other things with and without.
  fileprivate func canonicalSpace(after previous: TokenSyntax) -> String {
    if startsStatement { return "\n" }
    if let inString = spaceInString(after: previous) { return inString }
    switch previous.tokenKind {
    case .leftParen, .leftSquare: return ""
    case .comma: return " "
    default: break
    }
    switch tokenKind {
    case .rightParen, .rightSquare, .comma: return ""
    case .period where parent?.as(MemberAccessExprSyntax.self)?.base != nil: return ""
    default: break
    }
    let isTouching = previous.trailingTrivia.isEmpty && leadingTrivia.isEmpty
    return isTouching ? "" : " "
  }

  /// What stands before a part of a text, where a space would belong to the text: nothing, but for the line breaks
  /// behind the opening and before the closing quotes of one over several lines. `nil` elsewhere.
  private func spaceInString(after previous: TokenSyntax) -> String? {
    let literal = parent?.as(StringLiteralExprSyntax.self)
    let isClosing = literal.map { $0.closingQuote == self } ?? false
    let isInterpolation = parent?.as(ExpressionSegmentSyntax.self)?.backslash == self
    guard isClosing || isInterpolation || parent?.is(StringSegmentSyntax.self) == true else { return nil }
    let isFirst = previous.parent?.as(StringLiteralExprSyntax.self)?.openingQuote == previous
    let breaks = isFirst ? previous.tokenKind == .multilineStringQuote : isClosing && previous.endsLine
    return breaks ? "\n" : ""
  }

  private var endsLine: Bool { trailingTrivia.contains(where: \.isNewline) }

  private var startsStatement: Bool {
    var node = Syntax(self)
    while let parent = node.parent, parent.position == position {
      if parent.is(CodeBlockItemSyntax.self) { return true }
      node = parent
    }
    return false
  }
}
