internal import SwiftSyntax

import struct Diagnostics.FixIt
import struct Diagnostics.SourceRange

/// Checks operators: groups them by precedence, then types them by Swift's rules.
extension CellChecker {
  mutating func infer(_ node: SequenceExprSyntax, hint: CellType?) -> Expression {
    guard let folded = fold(node) else { return invalid(node) }
    return infer(folded, hint: hint)
  }

  /// Groups the sequence; reports a problem and returns `nil` if that is impossible.
  mutating func fold(_ node: SequenceExprSyntax) -> Folded? {
    do {
      return try OperatorFolding.fold(node)
    } catch {
      switch error {
      case .unknownOperator(let op) where Self.otherOperators.contains(op.operator.text):
        report(Unsupported("operator '\(op.operator.text)'", plural: false), at: op)
      case .unknownOperator(let op): report(NameProblem.unknownOperator(op.operator.text), at: op)
      case .nonAssociative(let op, let group): report(TypeProblem.nonAssociative(group: group), at: op)
      case .tooLong(let node):
        report(StatementProblem.expressionTooLong(limit: OperatorFolding.maximumLength), at: node)
      case .unsupported(let node): report(Unsupported.casts, at: node)
      }
      return nil
    }
  }

  /// Swift operators that cells do not support.
  private static let otherOperators: Set<String> = ["~=", "===", "!==", "&&=", ".==", ".<"]

  mutating func infer(_ folded: Folded, hint: CellType?) -> Expression {
    guard descend(folded.first) else { return invalid(folded.first) }
    defer { depth -= 1 }
    let range = range(from: folded.first, to: folded.last)
    switch folded {
    case .operand(let node): return infer(node, hint: hint)
    case .binary(let left, let op, let right):
      return binary(left, op, right, hint: hint == .anything ? nil : hint, range: range)
    case .ternary(let condition, let then, let otherwise):
      return ternary(condition, then, otherwise, hint: hint, range: range)
    case .cast(let operand, let type):
      let wanted = type.trimmedDescription == "Any" ? .anything : self.type(type)
      let value = infer(operand, hint: wanted)
      return convert(value, to: wanted, for: .coercion, at: operand.first)
    case .assignment(_, let op, _):
      report(TypeProblem.assignmentInExpression, at: op)
      return invalid(folded.first)
    case .unsupported(let node): return refuse(.casts, at: node)
    }
  }

  mutating func infer(_ node: PrefixOperatorExprSyntax, hint: CellType?) -> Expression {
    let range = range(node)
    let name = node.operator.text
    if name == "-", let literal = node.expression.as(IntegerLiteralExprSyntax.self) {
      return number(literal.literal, isNegative: true, at: range)
    }
    if name == "-", let literal = node.expression.as(FloatLiteralExprSyntax.self) {
      return number(literal.literal, isNegative: true, at: range)
    }
    if name == "..<" || name == "..." {
      return partialRange(from: nil, to: node.expression, isClosed: name == "...", hint: hint, at: node)
    }
    let operators: [String: UnaryOperator] = ["-": .minus, "!": .not, "~": .complement]
    let operand = infer(node.expression, hint: hint)
    if operand.isInvalid { return faulty([operand], at: node) }
    if name == "+", operand.type.isNumeric { return operand }
    guard let op = operators[name] else {
      report(NameProblem.unknownOperator(name), at: node.operator)
      return invalid(node)
    }
    let fits =
      switch op {
      case .minus: operand.type.isNumeric
      case .not: operand.type == .bool
      case .complement: operand.type == .int || operand.type == .integerLiteral
      }
    guard fits else {
      report(TypeProblem.unaryOperand(name, operand.type), at: node)
      return invalid(node)
    }
    return Expression(kind: .unary(op, operand), type: operand.type, range: range)
  }

  // MARK: Two operands

  private mutating func binary(
    _ left: Folded, _ op: BinaryOperatorExprSyntax, _ right: Folded, hint: CellType?, range: SourceRange
  ) -> Expression {
    let name = op.operator.text
    switch name {
    case "&&", "||":
      let a = operand(left, as: .bool)
      let b = operand(right, as: .bool)
      return Expression(kind: name == "&&" ? .and(a, b) : .or(a, b), type: .bool, range: range)
    case "??": return coalesce(left, right, hint: hint, range: range)
    case "..<", "...": return rangeLiteral(left, right, isClosed: name == "...", hint: hint, range: range)
    default: break
    }
    guard let kind = BinaryOperator(rawValue: name) else {
      if name.hasPrefix("&") { return refuse(.wrappingOperators, at: op) }
      if name.hasSuffix("="), BinaryOperator(rawValue: String(name.dropLast())) != nil {
        report(TypeProblem.assignmentInExpression, at: op)
      } else {
        report(NameProblem.unknownOperator(name), at: op)
      }
      return invalid(op)
    }
    let operandHint = kind.isComparison ? nil : hint
    var (a, b) = pair(left, right, hint: operandHint)
    if a.type == .nilLiteral || b.type == .nilLiteral {
      return nilComparison(a, kind, b, op: op, range: range)
    }
    if a.isInvalid || b.isInvalid {
      return Expression(
        kind: .faulty(unknown(after: [a, b], at: range)), type: kind.isComparison ? .bool : .invalid,
        range: range)
    }
    if let call = ownOperator(kind, a, b, at: op, range: range) { return call }
    // A literal adopts the other operand's type; a plain value compared to an optional becomes optional.
    if let fitting = converted(a, to: b.type), canMeet(a.type, b.type, kind) {
      a = fitting
    } else if let fitting = converted(b, to: a.type), canMeet(b.type, a.type, kind) {
      b = fitting
    } else if a.type.isLiteral, b.type.isLiteral, kind.isComparison || a.type != b.type {
      let common = CellType.floatLiteral
      if !kind.isComparison {
        a = a.retyped(common)
        b = b.retyped(common)
      }
    }
    if kind.isComparison, a.type.isLiteral, b.type.isLiteral {
      let type: CellType = a.type == .integerLiteral && b.type == .integerLiteral ? .int : .double
      a = convert(a, to: type, for: .operand, at: left.first)
      b = convert(b, to: type, for: .operand, at: right.first)
    }
    if kind.isComparison {
      // Ranges between literals, too, now have a type of their own.
      a = settle(a, at: left.first)
      b = settle(b, at: right.first)
    }
    // Strings and substrings can be compared.
    if kind.isComparison, Set([a.type, b.type]) == [.string, .substring] { b = b.retyped(a.type) }
    if kind == .equal || kind == .notEqual, a.type == b.type, usesOwnEquality(a.type) {
      report(Unsupported.comparisonByOwnEquality("'\(name)'"), at: op)
      return Expression(kind: .invalid, type: .bool, range: range)
    }
    guard a.type == b.type, let result = result(of: kind, on: a.type) else {
      return reportOperands(name, kind, a, b, at: op, left: left, right: right, range: range)
    }
    return Expression(kind: .binary(kind, a, b), type: result, range: range)
  }

  /// Whether the types can be combined: only comparisons accept a plain value beside an optional; arithmetic
  /// requires unwrapping.
  private func canMeet(_ found: CellType, _ wanted: CellType, _ op: BinaryOperator) -> Bool {
    wanted.wrapped == nil || found.wrapped != nil || op == .equal || op == .notEqual
  }

  /// Checks both operands; an operand without a type of its own takes the other's.
  private mutating func pair(_ left: Folded, _ right: Folded, hint: CellType?) -> (Expression, Expression) {
    if hint == nil, case .operand(let a) = left, case .operand(let b) = right, isComposite(a), isComposite(b),
      let type = commonType(ofLiterals: [a, b])
    {
      return (infer(a, hint: type), infer(b, hint: type))
    }
    if case .operand(let node) = left, needsContext(node) {
      let b = infer(right, hint: hint)
      return (infer(left, hint: b.type == .nilLiteral || b.isInvalid ? hint : b.type.settled), b)
    }
    let a = infer(left, hint: hint)
    if case .operand(let node) = right, needsContext(node) {
      return (a, infer(right, hint: a.type == .nilLiteral || a.isInvalid ? hint : a.type.settled))
    }
    let isDecided = !a.isInvalid && !a.type.isLiteral && a.type.isNumeric
    return (a, infer(right, hint: hint ?? (isDecided ? a.type : nil)))
  }

  private mutating func operand(_ folded: Folded, as type: CellType) -> Expression {
    let value = infer(folded, hint: type)
    if let converted = converted(value, to: type) { return converted }
    if value.type.isLiteral || value.type == .nilLiteral || !value.type.isInvalid {
      report(TypeProblem.mismatch(value.type, type, .operand), at: range(from: folded.first, to: folded.last))
    }
    return Expression(kind: .invalid, type: type, range: value.range)
  }

  private mutating func nilComparison(
    _ a: Expression, _ kind: BinaryOperator, _ b: Expression, op: BinaryOperatorExprSyntax, range: SourceRange
  ) -> Expression {
    let value = a.type == .nilLiteral ? b : a
    guard kind == .equal || kind == .notEqual, value.type.wrapped != nil else {
      if value.type == .nilLiteral || !value.isInvalid {
        report(
          value.type == .nilLiteral
            ? TypeProblem.nilWithoutContext : .binaryOperands(op.operator.text, a.type, b.type), at: range)
      }
      return Expression(kind: .invalid, type: .bool, range: range)
    }
    let test = Expression(kind: .isNil(value), type: .bool, range: range)
    return kind == .equal ? test : Expression(kind: .unary(.not, test), type: .bool, range: range)
  }

  private mutating func reportOperands(
    _ name: String, _ kind: BinaryOperator, _ a: Expression, _ b: Expression, at op: BinaryOperatorExprSyntax,
    left: Folded, right: Folded, range: SourceRange
  ) -> Expression {
    let result: CellType = kind.isComparison ? .bool : .invalid
    if kind == .remainder, a.type == b.type, a.type.isFloatingPoint {
      report(TypeProblem.floatingRemainder, at: op)
    } else if kind == .add, case .set = a.type {
      report(Unsupported("joining sets with '+'", plural: false, instead: "write a.union(b)"), at: op)
    } else if kind == .add, a.type == .substring || b.type == .substring {
      report(
        Unsupported("joining substrings with '+'", plural: false, instead: "convert them with String(x)"),
        at: op)
    } else if let wrapped = a.type.wrapped, isSameValue(wrapped, b.type) || b.type.isLiteral {
      report(TypeProblem.mustBeUnwrapped(a.type, to: wrapped), at: a.range)
    } else if let wrapped = b.type.wrapped, isSameValue(wrapped, a.type) || a.type.isLiteral {
      report(TypeProblem.mustBeUnwrapped(b.type, to: wrapped), at: b.range)
    } else {
      var fixIts: [FixIt] = []
      if a.type == .int, b.type.isFloatingPoint { fixIts = conversion(of: left, to: b.type) }
      if b.type == .int, a.type.isFloatingPoint { fixIts = conversion(of: right, to: a.type) }
      report(
        TypeProblem.binaryOperands(name, a.type.settled, b.type.settled), at: self.range(op), fixIts: fixIts)
    }
    return Expression(kind: .invalid, type: result, range: range)
  }

  /// A fix-it that wraps an operand in the conversion.
  func conversion(of folded: Folded, to type: CellType) -> [FixIt] {
    guard case .operand(let node) = folded else { return [] }
    return floatingPoint(node, as: type)
  }

  /// The result type of the operator for two operands of this type, or `nil` if it does not accept them.
  func result(of op: BinaryOperator, on type: CellType) -> CellType? {
    switch op {
    case .add:
      if case .array = type { return type }
      return type.isNumeric || type == .string ? type : nil
    case .subtract, .multiply, .divide: return type.isNumeric ? type : nil
    case .remainder, .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight:
      return type == .int || type == .integerLiteral ? type : nil
    case .equal, .notEqual:
      if case .tuple(let elements) = type {
        return elements.count <= 6 && elements.allSatisfy { Constraint.equatable.holds(for: $0.type) }
          ? .bool : nil
      }
      return Constraint.equatable.holds(for: type) ? .bool : nil
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      if case .tuple(let elements) = type {
        return elements.count <= 6
          && elements.allSatisfy { Constraint.comparable.holds(for: $0.type) && !$0.type.hasOwnOrder }
          ? .bool : nil
      }
      return Constraint.comparable.holds(for: type) ? .bool : nil
    }
  }

  // MARK: ??, ? : and ranges

  private mutating func coalesce(_ left: Folded, _ right: Folded, hint: CellType?, range: SourceRange)
    -> Expression
  {
    let value = infer(left, hint: hint.map { $0.wrapped == nil ? .optional($0) : $0 })
    if value.isInvalid {
      _ = infer(right, hint: hint)
      return Expression(kind: .invalid, type: .invalid, range: range)
    }
    guard let wrapped = value.type.wrapped else {
      if value.type == .nilLiteral {
        report(TypeProblem.nilWithoutContext, at: left.first)
      } else {
        report(TypeProblem.redundantCoalescing(value.type), at: range, severity: .warning)
        _ = infer(right, hint: value.type)
      }
      return value
    }
    let fallback = infer(right, hint: wrapped)
    if fallback.type == .nilLiteral { return value }
    if fallback.type.wrapped != nil, let same = converted(fallback, to: value.type) {
      return Expression(kind: .coalesce(value, same), type: value.type, range: range)
    }
    guard let plain = converted(fallback, to: wrapped) else {
      report(
        TypeProblem.mismatch(fallback.type, wrapped, .argument),
        at: self.range(from: right.first, to: right.last))
      return Expression(kind: .invalid, type: wrapped, range: range)
    }
    return Expression(kind: .coalesce(value, plain), type: wrapped, range: range)
  }

  private mutating func ternary(
    _ condition: Folded, _ then: ExprSyntax, _ otherwise: Folded, hint: CellType?, range: SourceRange
  ) -> Expression {
    let test = operand(condition, as: .bool)
    var a: Expression
    var b: Expression
    if hint == .anything, let separate = ternaryOfAnything(test, then, otherwise, range: range) {
      return separate
    }
    var hint = hint == .anything ? nil : hint
    if hint == nil, case .operand(let node) = otherwise, isComposite(then), isComposite(node) {
      hint = commonType(ofLiterals: [then, node])
    }
    var startsRight = false
    if hint == nil, needsContext(then) {
      if case .operand(let node) = otherwise {
        startsRight = !needsContext(node) || lacksType(then)
      } else {
        startsRight = true
      }
    }
    if startsRight {
      b = infer(otherwise, hint: nil)
      a = infer(then, hint: b.type == .nilLiteral ? nil : b.type)
    } else {
      a = infer(then, hint: hint)
      b = infer(otherwise, hint: hint ?? (a.type == .nilLiteral || a.isInvalid ? nil : a.type))
    }
    if a.isInvalid || b.isInvalid {
      return Expression(kind: .invalid, type: .invalid, range: range)
    }
    if let hint, let left = converted(a, to: hint), let right = converted(b, to: hint) {
      return Expression(kind: .ternary(test, left, right), type: hint, range: range)
    }
    guard let found = common(a.type, b.type) else {
      report(TypeProblem.mixedTernary(a.type, b.type), at: range)
      return Expression(kind: .invalid, type: .invalid, range: range)
    }
    let type = found.isLiteral || found == .nilLiteral ? found : found.settled
    if !type.isLiteral {
      a = convert(a, to: type, for: .operand, at: then)
      b = convert(b, to: type, for: .operand, at: otherwise.first)
    }
    return Expression(kind: .ternary(test, a, b), type: type, range: range)
  }

  /// Checks a conditional where any type is accepted, as in `print`. Each branch keeps its own type:
  /// `print(b ? 1 : 2.5)` shows 1 or 2.5.
  private mutating func ternaryOfAnything(
    _ test: Expression, _ then: ExprSyntax, _ otherwise: Folded, range: SourceRange
  ) -> Expression? {
    if needsContext(then) { return nil }
    if case .operand(let node) = otherwise, needsContext(node) { return nil }
    let (a, b) = (infer(then, hint: .anything), infer(otherwise, hint: .anything))
    if a.isInvalid || b.isInvalid { return Expression(kind: .invalid, type: .invalid, range: range) }
    let (left, right) = (settle(a, at: then), settle(b, at: otherwise.first))
    let type = left.type == right.type ? left.type : .anything
    return Expression(kind: .ternary(test, left, right), type: type, range: range)
  }

  private mutating func rangeLiteral(
    _ left: Folded, _ right: Folded, isClosed: Bool, hint: CellType?, range: SourceRange
  ) -> Expression {
    var bound: CellType?
    switch hint?.unwrapped {
    case .range(let type), .closedRange(let type): bound = type
    default: break
    }
    var (a, b) = pair(left, right, hint: bound)
    if a.isInvalid || b.isInvalid { return Expression(kind: .invalid, type: .invalid, range: range) }
    guard let type = common(a.type, b.type), Constraint.comparable.holds(for: type) else {
      report(TypeProblem.binaryOperands(isClosed ? "..." : "..<", a.type, b.type), at: range)
      return Expression(kind: .invalid, type: .invalid, range: range)
    }
    if type.hasOwnOrder {
      report(Unsupported.ownOrder("a range"), at: range)
      return Expression(kind: .invalid, type: .invalid, range: range)
    }
    // Literal bounds may still adopt the expected type.
    if !type.isLiteral {
      a = convert(a, to: type, for: .operand, at: left.first)
      b = convert(b, to: type, for: .operand, at: right.first)
    }
    return Expression(
      kind: .range(a, b, isClosed: isClosed), type: isClosed ? .closedRange(type) : .range(type), range: range
    )
  }

  /// Checks `2...`, `..<n` and `...n`.
  mutating func partialRange(
    from lower: ExprSyntax?, to upper: ExprSyntax?, isClosed: Bool, hint: CellType?,
    at node: some SyntaxProtocol
  ) -> Expression {
    guard let bound = lower ?? upper else { return invalid(node) }
    let value = infer(bound, hint: hint?.unwrapped.rangeBound)
    if value.isInvalid { return invalid(node) }
    guard Constraint.comparable.holds(for: value.type) else {
      report(TypeProblem.unaryOperand(isClosed ? "..." : "..<", value.type), at: node)
      return invalid(node)
    }
    if value.type.hasOwnOrder { return refuse(.ownOrder("a range"), at: node) }
    let name = lower != nil ? "PartialRangeFrom" : isClosed ? "PartialRangeThrough" : "PartialRangeUpTo"
    return Expression(
      kind: .partialRange(lower == nil ? nil : value, upper == nil ? nil : value, isClosed: isClosed),
      type: .sequence(name, value.type), range: range(node))
  }
}
