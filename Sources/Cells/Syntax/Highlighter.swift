internal import SwiftParser
internal import SwiftSyntax

/// Splits Swift code into tokens for syntax highlighting.
///
///     Highlighter.tokens(in: "let x = 3")   // [let: keyword] [ x = : plain] [3: number]
public enum Highlighter {
  /// The kinds of tokens.
  public enum Kind: String, Sendable, CaseIterable {
    /// A lexical token.
    case keyword, string, number, comment
    /// The name of a called function.
    case call
    /// A type's name.
    case type
    /// An argument label.
    case label
    /// Whitespace, punctuation, operators and other names.
    case plain
  }

  /// A piece of code to be shown in one colour.
  public struct Token: Sendable, Hashable {
    /// The code.
    public var text: String
    /// The token's kind.
    public let kind: Kind
  }

  /// The tokens of some code. Their joined texts equal the code byte for byte, even if it has errors.
  public static func tokens(in code: String) -> [Token] {
    guard code.utf8.count <= CellSyntax.maximumBytes, CellSyntax.bracketTooDeep(in: code) == nil else {
      return [Token(text: code, kind: .plain)]
    }
    return withLargeStack { tokens(of: CellSyntax(code), as: code) }
  }

  /// The tokens of a part of a parsed cell; faster than parsing it again.
  ///
  /// - Parameters:
  ///   - code: the cell's text without leading comment lines and trailing line ends.
  ///   - cell: the cell's whole text.
  static func tokens(in code: String, of cell: String, parsed syntax: CellSyntax?) -> [Token] {
    let (text, part) = (Array(cell.utf8), Array(code.utf8))
    let end = text.count - text.reversed().prefix { $0 == UInt8(ascii: "\n") }.count
    guard let syntax, !part.isEmpty, part.count <= end,
      text[..<end].suffix(part.count) == part[...]
    else { return tokens(in: code) }
    var left = end - part.count
    var room = part.count
    var out: [Token] = []
    for token in tokens(of: syntax, as: cell) {
      let bytes = token.text.utf8.dropFirst(left)
      left -= token.text.utf8.count - bytes.count
      let kept = String(decoding: bytes.prefix(room), as: UTF8.self)
      room -= kept.utf8.count
      if !kept.isEmpty { out.append(Token(text: kept, kind: token.kind)) }
    }
    return out.map(\.text).joined() == code ? out : tokens(in: code)
  }

  private static func tokens(of syntax: CellSyntax, as code: String) -> [Token] {
    guard syntax.tooDeep == nil else { return [Token(text: code, kind: .plain)] }
    var out: [Token] = []
    for token in syntax.tree.tokens(viewMode: .sourceAccurate) {
      add(token.leadingTrivia, to: &out)
      add(token.text, kind(of: token), to: &out)
      add(token.trailingTrivia, to: &out)
    }
    return out.map(\.text).joined() == code ? out : [Token(text: code, kind: .plain)]
  }

  private static func add(_ text: String, _ kind: Kind, to out: inout [Token]) {
    if text.isEmpty { return }
    if let last = out.indices.last, out[last].kind == kind, kind == .plain || kind == .string {
      out[last].text += text
    } else {
      out.append(Token(text: text, kind: kind))
    }
  }

  private static func add(_ trivia: Trivia, to out: inout [Token]) {
    for piece in trivia {
      let text = Trivia(pieces: [piece]).description
      switch piece {
      case .lineComment, .blockComment, .docLineComment, .docBlockComment: add(text, .comment, to: &out)
      default: add(text, .plain, to: &out)
      }
    }
  }

  private static func kind(of token: TokenSyntax) -> Kind {
    switch token.tokenKind {
    case .keyword: return .keyword
    case .integerLiteral, .floatLiteral: return .number
    case .stringQuote, .multilineStringQuote, .singleQuote, .stringSegment, .rawStringPoundDelimiter:
      return .string
    case .identifier: return kind(ofName: token)
    default: return .plain
    }
  }

  private static func kind(ofName token: TokenSyntax) -> Kind {
    guard let parent = token.parent else { return .plain }
    if parent.is(IdentifierTypeSyntax.self) { return .type }
    if let argument = parent.as(LabeledExprSyntax.self), argument.label == token { return .label }
    if let element = parent.as(MultipleTrailingClosureElementSyntax.self), element.label == token {
      return .label
    }
    if let parameter = parent.as(FunctionParameterSyntax.self), parameter.firstName == token { return .label }
    if let function = parent.as(FunctionDeclSyntax.self), function.name == token { return .call }
    guard let name = parent.as(DeclReferenceExprSyntax.self) else { return .plain }
    let isCapital = token.text.first?.isUppercase ?? false
    // The called expression in `f(…)`, `x.f(…)` and `.f(…)`.
    var callee = Syntax(name)
    if let member = name.parent?.as(MemberAccessExprSyntax.self), member.declName == name {
      callee = Syntax(member)
    }
    if let call = callee.parent?.as(FunctionCallExprSyntax.self), Syntax(call.calledExpression) == callee {
      return isCapital ? .type : .call
    }
    return isCapital ? .type : .plain
  }
}
