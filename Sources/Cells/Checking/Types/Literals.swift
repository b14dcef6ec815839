internal import SwiftSyntax

import struct Diagnostics.SourceRange

/// Checks literals: numbers, strings, arrays, dictionaries and tuples.
extension CellChecker {
  func number(_ token: TokenSyntax, isNegative: Bool, at range: SourceRange) -> Expression {
    let digits = (isNegative ? "-" : "") + token.text.filter { $0 != "_" }
    return token.tokenKind == .floatLiteral(token.text)
      ? Expression(kind: .floatingPoint(digits), type: .floatLiteral, range: range)
      : Expression(kind: .integer(digits), type: .integerLiteral, range: range)
  }

  mutating func string(_ node: StringLiteralExprSyntax) -> Expression {
    let range = range(node)
    if let text = node.representedLiteralValue {
      return Expression(kind: .constant(.string(text)), type: .string, range: range)
    }
    var parts: [Expression] = []
    // An interpolated string has no fixed value; each segment between interpolations does.
    for segment in node.dedentedSegments {
      switch segment {
      case .text(let text):
        parts.append(Expression(kind: .constant(.string(text)), type: .string, range: range))
      case .expression(let segment):
        guard segment.expressions.count == 1, let only = segment.expressions.first, only.label == nil else {
          return refuse(
            Unsupported(
              "string interpolations with several arguments", instead: "write \\(String(x)) or \\(x)"),
            at: segment)
        }
        let part = settle(infer(only.expression), at: only.expression)
        parts.append(part)
      case .invalid: return invalid(node)
      case .unknown(let segment): return refuse(.newSyntax, at: segment)
      }
    }
    return Expression(kind: .interpolation(parts), type: .string, range: range)
  }

  mutating func array(_ node: ArrayExprSyntax, hint: CellType?) -> Expression {
    let range = range(node)
    if case .array(let element) = hint?.unwrapped {
      let elements = node.elements.map { check($0.expression, as: element, for: .element) }
      return Expression(kind: .array(elements), type: .array(element), range: range)
    }
    if case .set(let element) = hint?.unwrapped {
      let elements = node.elements.map { check($0.expression, as: element, for: .element) }
      return Expression(kind: .set(elements), type: .set(element), range: range)
    }
    if node.elements.isEmpty {
      if hint != .invalid { report(TypeProblem.emptyCollection, at: node) }
      return invalid(node)
    }
    let nodes = node.elements.map(\.expression)
    guard let (elements, type) = joined(nodes) else { return invalid(node) }
    return Expression(kind: .array(elements), type: .array(type), range: range)
  }

  mutating func dictionary(_ node: DictionaryExprSyntax, hint: CellType?) -> Expression {
    let range = range(node)
    guard case .elements(let elements) = node.content else {
      if case .dictionary = hint?.unwrapped, let type = hint?.unwrapped {
        return Expression(kind: .dictionary(keys: [], values: []), type: type, range: range)
      }
      if hint != .invalid { report(TypeProblem.emptyCollection, at: node) }
      return invalid(node)
    }
    if case .dictionary(let key, let value) = hint?.unwrapped {
      let keys = elements.map { check($0.key, as: key, for: .key) }
      let values = elements.map { check($0.value, as: value, for: .value) }
      return Expression(
        kind: .dictionary(keys: keys, values: values), type: .dictionary(key, value), range: range)
    }
    guard let (keys, key) = joined(elements.map(\.key)),
      let (values, value) = joined(elements.map(\.value))
    else { return invalid(node) }
    require(.hashable, of: key, named: "Dictionary", at: node)
    return Expression(
      kind: .dictionary(keys: keys, values: values), type: .dictionary(key, value), range: range)
  }

  mutating func tuple(_ node: TupleExprSyntax, hint: CellType?) -> Expression {
    let range = range(node)
    if node.elements.count == 1, let only = node.elements.first, only.label == nil {
      return infer(only.expression, hint: hint)
    }
    let hint = hint == .anything ? nil : hint
    if node.elements.isEmpty { return Expression(kind: .constant(.void), type: .void, range: range) }
    var hints: [CellType?] = Array(repeating: nil, count: node.elements.count)
    if case .tuple(let elements) = hint?.unwrapped, elements.count == hints.count {
      hints = elements.map(\.type)
    }
    var values: [Expression] = []
    var types: [TupleElement] = []
    for (element, hint) in zip(node.elements, hints) {
      var value = infer(element.expression, hint: hint)
      // A literal adopts the type expected of this element, otherwise Swift's default.
      if let hint, let fitting = converted(value, to: hint) { value = fitting }
      value = settle(value, at: element.expression)
      values.append(value)
      types.append(TupleElement(element.label?.text, value.type))
    }
    return Expression(kind: .tuple(values), type: .tuple(types), range: range)
  }

  /// Converts the elements of a collection literal to the type of the elements before them.
  mutating func joinedInOrder(_ nodes: [ExprSyntax]) -> ([Expression], CellType)? {
    var expressions: [Expression] = []
    var type: CellType?
    for node in nodes {
      // An element that needs a context takes its type from the elements before it.
      let expression = needsContext(node) ? infer(node, hint: type) : infer(node)
      expressions.append(expression)
      if expression.isInvalid { continue }
      guard let current = type else {
        type = expression.type
        continue
      }
      guard let common = common(current, expression.type) else {
        report(TypeProblem.mixedCollection, at: node)
        return nil
      }
      type = common
    }
    guard let settled = type?.settled, settled != .nilLiteral else {
      if type == .nilLiteral, let first = nodes.first { report(TypeProblem.nilWithoutContext, at: first) }
      return nil
    }
    var out: [Expression] = []
    for (expression, node) in zip(expressions, nodes) {
      out.append(convert(expression, to: settled, for: .element, at: node))
    }
    return (out, settled)
  }

  /// The type that can hold values of both types, or `nil` if there is none.
  func common(_ a: CellType, _ b: CellType) -> CellType? {
    if a == b { return a }
    switch (a, b) {
    case (.integerLiteral, .floatLiteral), (.floatLiteral, .integerLiteral): return .floatLiteral
    case (.integerLiteral, .int), (.integerLiteral, .double), (.integerLiteral, .float),
      (.floatLiteral, .double),
      (.floatLiteral, .float):
      return b
    case (.int, .integerLiteral), (.double, .integerLiteral), (.float, .integerLiteral),
      (.double, .floatLiteral),
      (.float, .floatLiteral):
      return a
    case (.nilLiteral, .optional): return b
    case (.optional, .nilLiteral): return a
    case (.nilLiteral, let other), (let other, .nilLiteral): return .optional(other.settled)
    case (.optional(let wrapped), let other), (let other, .optional(let wrapped)):
      return common(wrapped, other).map { .optional($0) }
    default: return isSameValue(a, b) ? b : isSameValue(b, a) ? a : nil
    }
  }

  /// Whether an expression has no meaning without an expected type.
  func needsContext(_ node: ExprSyntax) -> Bool {
    switch node.as(ExprSyntaxEnum.self) {
    case .arrayExpr, .dictionaryExpr, .closureExpr, .nilLiteralExpr, .keyPathExpr, .inOutExpr: return true
    case .memberAccessExpr(let member): return member.base.map(needsContext) ?? true
    case .functionCallExpr(let call):
      // `[Int]()` calls a type and needs no context.
      return call.calledExpression.is(ArrayExprSyntax.self)
        || call.calledExpression.is(DictionaryExprSyntax.self)
        || call.calledExpression.is(ClosureExprSyntax.self) ? false : needsContext(call.calledExpression)
    case .tupleExpr(let tuple):
      return tuple.elements.count == 1
        ? tuple.elements.first.map { needsContext($0.expression) } ?? false : false
    default: return false
    }
  }
}

extension CellChecker {
  /// Checks `let names: Set = ["a", "b"]`, whose elements decide the type; `nil` for other bindings.
  mutating func inferSet(_ node: PatternBindingSyntax) -> Expression? {
    guard node.isSetOfLiteral, let literal = node.initializer?.value else { return nil }
    let list = settle(infer(literal), at: literal)
    guard case .array(let elements) = list.kind, case .array(let element) = list.type else { return list }
    require(.hashable, of: element, named: "Set", at: literal)
    return Expression(kind: .set(elements), type: .set(element), range: list.range)
  }
}

extension PatternBindingSyntax {
  /// Whether this is an array literal with the type `Set`.
  var isSetOfLiteral: Bool {
    guard let type = typeAnnotation?.type.as(IdentifierTypeSyntax.self), type.name.text == "Set" else {
      return false
    }
    return type.genericArgumentClause == nil && (initializer?.value.is(ArrayExprSyntax.self) ?? false)
  }
}

extension CellChecker {
  /// Whether an expression has no type without a context.
  func lacksType(_ node: ExprSyntax) -> Bool {
    switch node.as(ExprSyntaxEnum.self) {
    case .arrayExpr(let array): array.elements.isEmpty
    case .dictionaryExpr(let dictionary): if case .elements = dictionary.content { false } else { true }
    default: needsContext(node)
    }
  }
}

/// A segment of an interpolated string literal.
enum StringPart {
  case text(String)
  case expression(ExpressionSegmentSyntax)
  /// An invalid escape, already reported by the parser.
  case invalid
  /// A kind of segment that is newer than this checker.
  case unknown(StringLiteralSegmentListSyntax.Element)
}

extension StringLiteralExprSyntax {
  /// The segments with escapes replaced; the parser has already removed a multi-line literal's indentation.
  var dedentedSegments: [StringPart] {
    segments.map { segment in
      switch segment {
      case .stringSegment(let text):
        // A separate literal with the same quotes has the segment's value.
        var alone = self
        alone.segments = StringLiteralSegmentListSyntax([.stringSegment(text)])
        return alone.representedLiteralValue.map { .text($0) } ?? .invalid
      case .expressionSegment(let segment): return .expression(segment)
      @unknown default: return .unknown(segment)
      }
    }
  }
}
