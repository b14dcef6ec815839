internal import SwiftSyntax

import struct Diagnostics.FixIt

/// Implicit conversions: literals adopt types, values become optional, host types become their protocols.
extension CellChecker {
  /// Converts the expression to the wanted type; reports it if that is impossible.
  mutating func convert(
    _ expression: Expression, to wanted: CellType, for purpose: Purpose, at node: some SyntaxProtocol
  ) -> Expression {
    if let converted = converted(expression, to: wanted) { return converted }
    reportMismatch(expression, wanted, purpose, at: node)
    var faulty = faulty([expression], at: node)
    faulty.type = wanted.isLiteral ? .invalid : wanted
    return faulty
  }

  /// Infers the node's type and converts it.
  mutating func check(_ node: ExprSyntax, as wanted: CellType, for purpose: Purpose) -> Expression {
    convert(infer(node, hint: wanted), to: wanted, for: purpose, at: node)
  }

  /// Gives a literal that has adopted no type Swift's default type.
  mutating func settle(_ expression: Expression, at node: some SyntaxProtocol) -> Expression {
    if expression.type == .nilLiteral {
      report(TypeProblem.nilWithoutContext, at: node)
      return Expression(kind: .invalid, type: .invalid, range: expression.range)
    }
    let settled = expression.type.settled
    return settled == expression.type
      ? expression : convert(expression, to: settled, for: .specified, at: node)
  }

  /// The converted expression; `nil` if the types do not fit.
  func converted(_ expression: Expression, to wanted: CellType) -> Expression? {
    let found = expression.type
    if found == wanted { return expression }
    if found.isInvalid || wanted.isInvalid || expression.isInvalid {
      var kind = Expression.Kind.invalid
      if case .faulty(let meant) = expression.kind {
        kind = .faulty(converted(meant, to: wanted) ?? unknown(after: [meant], at: meant.range))
      }
      return Expression(kind: kind, type: wanted.isLiteral ? .invalid : wanted, range: expression.range)
    }
    switch (found, wanted) {
    case (_, .anything):
      return found == .nilLiteral ? nil : converted(expression, to: found.settled)
    case (.nilLiteral, .optional):
      return Expression(kind: .constant(.optional(nil)), type: wanted, range: expression.range)
    case (.optional(let inner), .optional(let outer)) where isSameValue(inner, outer):
      return expression.retyped(wanted)
    case (_, .optional(let wrapped)):
      if case .optional(let inner) = found, inner != wrapped, wrapped.wrapped == nil { return nil }
      guard let inside = converted(expression, to: wrapped) else { return nil }
      return Expression(kind: .wrap(inside), type: wanted, range: expression.range)
    case (.integerLiteral, .any), (.floatLiteral, .any):
      guard isSameValue(found.settled, wanted) else { return nil }
      return adopted(expression, found.settled)?.retyped(wanted)
    case (.integerLiteral, _), (.floatLiteral, _): return adopted(expression, wanted)
    case (.tuple(let elements), .tuple(let others)):
      guard case .tuple(let values) = expression.kind, elements.count == others.count else {
        return isSameValue(found, wanted) ? expression.retyped(wanted) : nil
      }
      var converted: [Expression] = []
      for ((value, element), other) in zip(zip(values, elements), others) {
        guard element.label == nil || other.label == nil || element.label == other.label,
          let inside = self.converted(value, to: other.type)
        else { return nil }
        converted.append(inside)
      }
      return Expression(kind: .tuple(converted), type: wanted, range: expression.range)
    case (.range(.integerLiteral), .range(let bound)), (.range(.floatLiteral), .range(let bound)),
      (.closedRange(.integerLiteral), .closedRange(let bound)),
      (.closedRange(.floatLiteral), .closedRange(let bound)):
      guard case .range(let low, let high, let isClosed) = expression.kind,
        let low = converted(low, to: bound),
        let high = converted(high, to: bound)
      else { return nil }
      return Expression(kind: .range(low, high, isClosed: isClosed), type: wanted, range: expression.range)
    case (.sequence(let name, .integerLiteral), .sequence(let other, let bound)) where name == other,
      (.sequence(let name, .floatLiteral), .sequence(let other, let bound)) where name == other:
      guard case .partialRange(let lower, let upper, let isClosed) = expression.kind,
        let end = (lower ?? upper).flatMap({ converted($0, to: bound) })
      else { return nil }
      return Expression(
        kind: .partialRange(lower == nil ? nil : end, upper == nil ? nil : end, isClosed: isClosed),
        type: wanted, range: expression.range)
    // A literal.
    case (.string, .substring):
      switch expression.kind {
      case .constant, .interpolation: return expression.retyped(.substring)
      default: return nil
      }
    default: return isSameValue(found, wanted) ? expression.retyped(wanted) : nil
    }
  }

  /// Whether a value of one type is already a value of the other.
  func isSameValue(_ found: CellType, _ wanted: CellType) -> Bool {
    if found == wanted { return true }
    switch (found, wanted) {
    case (.named(let name), .any(let protocolName)): return catalogue.conforms(name, to: protocolName)
    case (.int, .any(let name)), (.double, .any(let name)), (.float, .any(let name)),
      (.string, .any(let name)),
      (.bool, .any(let name)):
      return catalogue.conforms("\(found)", to: name)
    case (.array(let a), .array(let b)), (.optional(let a), .optional(let b)): return isSameValue(a, b)
    case (.dictionary(let key, let a), .dictionary(let other, let b)):
      return key == other && isSameValue(a, b)
    case (.tuple(let a), .tuple(let b)):
      return a.count == b.count
        && zip(a, b).allSatisfy {
          ($0.label == nil || $1.label == nil || $0.label == $1.label) && $0.type == $1.type
        }
    case (.function(let a, let x), .function(let b, let y)):
      return a.count == b.count && isSameValue(x, y) && zip(a, b).allSatisfy { isSameValue($1, $0) }
    default: return false
    }
  }

  /// A literal, or arithmetic on literals, as a value of a number type.
  func adopted(_ expression: Expression, _ type: CellType) -> Expression? {
    guard [.int, .double, .float].contains(type) else { return nil }
    if expression.type == .floatLiteral, type == .int { return nil }
    func made(_ kind: Expression.Kind) -> Expression {
      Expression(kind: kind, type: type, range: expression.range)
    }
    switch expression.kind {
    case .integer(let text):
      switch type {
      case .int:
        guard let value = integerValue(text) else { return nil }
        return made(.constant(.int(value)))
      case .float: return made(.constant(.float(Float(wideValue(text)))))
      default: return made(.constant(.double(wideValue(text))))
      }
    case .floatingPoint(let text):
      return type == .float
        ? made(.constant(.float(Float(text) ?? .nan))) : made(.constant(.double(Double(text) ?? .nan)))
    case .unary(let op, let operand):
      if op == .complement, type != .int { return nil }
      return adopted(operand, type).map { made(.unary(op, $0)) }
    case .binary(let op, let left, let right):
      switch op {
      case .remainder, .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight: if type != .int { return nil }
      default: break
      }
      guard let left = adopted(left, type), let right = adopted(right, type) else { return nil }
      return made(.binary(op, left, right))
    case .ternary(let condition, let left, let right):
      guard let left = adopted(left, type), let right = adopted(right, type) else { return nil }
      return made(.ternary(condition, left, right))
    default: return nil
    }
  }

  /// An integer literal's value, or `nil` if it does not fit.
  func integerValue(_ text: String) -> Int? {
    let isNegative = text.hasPrefix("-")
    let digits = isNegative ? String(text.dropFirst()) : text
    let (radix, body) = Self.radix(digits)
    return Int((isNegative ? "-" : "") + body, radix: radix)
  }

  /// An integer literal's value as a `Double`, of any size.
  private func wideValue(_ text: String) -> Double {
    if let value = integerValue(text) { return Double(value) }
    let isNegative = text.hasPrefix("-")
    let (radix, body) = Self.radix(isNegative ? String(text.dropFirst()) : text)
    let magnitude =
      radix == 10
      ? Double(body) ?? .infinity : body.reduce(0) { $0 * Double(radix) + Double($1.hexDigitValue ?? 0) }
    return isNegative ? -magnitude : magnitude
  }

  private static func radix(_ digits: String) -> (Int, String) {
    if digits.hasPrefix("0x") { return (16, String(digits.dropFirst(2))) }
    if digits.hasPrefix("0b") { return (2, String(digits.dropFirst(2))) }
    if digits.hasPrefix("0o") { return (8, String(digits.dropFirst(2))) }
    return (10, digits)
  }

  private mutating func reportMismatch(
    _ expression: Expression, _ wanted: CellType, _ purpose: Purpose, at node: some SyntaxProtocol
  ) {
    let found = expression.type
    let text = node.trimmedDescription
    var fixIts: [FixIt] = []
    switch (found, wanted.unwrapped) {
    case (.nilLiteral, _):
      return report(TypeProblem.nilMismatch(wanted, purpose), at: node)
    case (.integerLiteral, .int):
      return report(TypeProblem.integerOverflow(overflowing(expression) ?? text, .int), at: node)
    case (.integerLiteral, .bool) where purpose != .argument:
      return report(TypeProblem.integerAsCondition(text), at: node)
    case (.integerLiteral, .double), (.integerLiteral, .float):
      return report(TypeProblem.floatingRemainder, at: node)
    case (.floatLiteral, .int):
      if case .floatingPoint(let digits) = expression.kind, let value = Double(digits),
        let whole = Int(exactly: value)
      {
        fixIts = replace(node, with: "\(whole)", isCertain: true)
      }
    case (.int, .double), (.int, .float): fixIts = floatingPoint(node, as: wanted.unwrapped)
    case (.float, .double), (.double, .float), (.double, .int), (.float, .int):
      fixIts = replace(node, with: "\(wanted.unwrapped)(\(text))")
    case (.optional(let wrapped), _) where wanted.wrapped == nil && isSameValue(wrapped, wanted):
      return report(TypeProblem.mustBeUnwrapped(found, to: wanted), at: node)
    case (.int, .string), (.double, .string), (.float, .string):
      fixIts = replace(node, with: "String(\(text))")
    default: break
    }
    report(TypeProblem.mismatch(found, wanted, purpose), at: range(node), fixIts: fixIts)
  }

  /// Fix-its that turn an `Int` into a floating-point number: a conversion, or a decimal point in the integer
  /// literal that the name is bound to.
  func floatingPoint(_ node: some SyntaxProtocol, as type: CellType) -> [FixIt] {
    let text = node.trimmedDescription
    var other: [FixIt] = []
    if let name = node.as(DeclReferenceExprSyntax.self)?.baseName.text, type == .double,
      let number = lookUp(name)?.wholeNumber
    {
      let decimal = "\(number.digits).0"
      other = [FixIt("write \(decimal) on line \(number.range.start.line)", number.range, decimal)]
    }
    return replace(node, with: "\(type)(\(text))", isCertain: other.isEmpty) + other
  }

  /// A literal in the expression that does not fit an `Int`, or `nil`.
  private func overflowing(_ expression: Expression) -> String? {
    switch expression.kind {
    case .integer(let text): integerValue(text) == nil ? text : nil
    case .unary(_, let operand): overflowing(operand)
    case .binary(_, let left, let right), .ternary(_, let left, let right):
      overflowing(left) ?? overflowing(right)
    default: nil
    }
  }
}

extension Expression {
  func retyped(_ type: CellType) -> Expression { Expression(kind: kind, type: type, range: range) }

  /// Whether an error in the expression was reported, so that nothing more is reported about its use.
  var isInvalid: Bool {
    switch kind {
    case .invalid, .faulty: true
    default: type.isInvalid
    }
  }
}
