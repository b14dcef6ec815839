internal import SwiftSyntax

/// Collection literals whose elements agree only if some integers are floating-point numbers, or some elements are
/// optional: `[[0, 1], [1, -0.5]]` is a `[[Double]]`.
extension CellChecker {
  /// Converts the elements of a collection literal to one type.
  ///
  /// Elements take their type from those before them. If that fails, all are read as the type that they have in common.
  mutating func joined(_ nodes: [ExprSyntax]) -> ([Expression], CellType)? {
    guard nodes.count > 1, speculation < Self.maximumSpeculation, nodes.contains(where: isComposite) else {
      return joinedInOrder(nodes)
    }
    let known = diagnostics.count
    var inOrder = self
    inOrder.speculation += 1
    let result = inOrder.joinedInOrder(nodes)
    inOrder.speculation -= 1
    if inOrder.diagnostics.count > known, let type = commonType(ofLiterals: nodes) {
      // `[[nil], [1]]` says only with its first element that the second one is optional.
      for type in [type, withOptionalElements(type)].compactMap(\.self) {
        var together = self
        together.speculation += 1
        let elements = nodes.map { together.check($0, as: type, for: .element) }
        together.speculation -= 1
        if together.diagnostics.count == known {
          self = together
          return (elements, type)
        }
      }
    }
    self = inOrder
    return result
  }

  /// The type that literals have in common if each of them has a type of its own; `nil` if there is none.
  mutating func commonType(ofLiterals nodes: [ExprSyntax]) -> CellType? {
    guard speculation < Self.maximumSpeculation else { return nil }
    var type: CellType?
    for node in nodes {
      var alone = self
      alone.speculation += 1
      let known = alone.diagnostics.count
      let found = alone.infer(node).type
      // An element such as `[]` takes its type from the others.
      if alone.diagnostics.count > known || found.isInvalid { continue }
      guard let joined = type.map({ wider($0, found) }) ?? found else { return nil }
      type = joined
    }
    return type.flatMap { $0.settled == .nilLiteral ? nil : $0.settled }
  }

  /// The type with optional elements: `[[Int?]]` for `[[Int]]`; `nil` if it has no elements.
  private func withOptionalElements(_ type: CellType) -> CellType? {
    switch type {
    case .array(let element): .array(withOptionalElements(element) ?? .optional(element))
    case .dictionary(let key, let value): .dictionary(key, withOptionalElements(value) ?? .optional(value))
    default: nil
    }
  }

  /// Whether an expression consists of several literals, which take their types together.
  func isComposite(_ node: ExprSyntax) -> Bool {
    switch node.as(ExprSyntaxEnum.self) {
    case .arrayExpr, .dictionaryExpr: true
    case .tupleExpr(let tuple):
      tuple.elements.count > 1 || tuple.elements.first.map { isComposite($0.expression) } ?? false
    case .sequenceExpr(let sequence):
      sequence.elements.contains { ["...", "..<"].contains($0.trimmedDescription) }
    case .infixOperatorExpr(let infix): ["...", "..<"].contains(infix.operator.trimmedDescription)
    default: false
    }
  }

  /// The type of both if literals in them may adopt each other's types.
  private func wider(_ a: CellType, _ b: CellType) -> CellType? {
    switch (a, b) {
    case (.int, .double), (.double, .int), (.int, .floatLiteral), (.floatLiteral, .int): return .double
    case (.int, .float), (.float, .int): return .float
    case (.array(let a), .array(let b)): return wider(a, b).map { .array($0) }
    case (.set(let a), .set(let b)): return wider(a, b).map { .set($0) }
    case (.dictionary(let key, let value), .dictionary(let other, let another)):
      guard let key = wider(key, other), let value = wider(value, another) else { return nil }
      return .dictionary(key, value)
    case (.range(let a), .range(let b)): return wider(a, b).map { .range($0) }
    case (.closedRange(let a), .closedRange(let b)): return wider(a, b).map { .closedRange($0) }
    case (.optional(let a), .optional(let b)): return wider(a, b).map { .optional($0) }
    case (.nilLiteral, _), (_, .nilLiteral): return common(a, b)
    case (.optional(let wrapped), let other), (let other, .optional(let wrapped)):
      return wider(wrapped, other).map { .optional($0) }
    case (.tuple(let a), .tuple(let b)) where a.count == b.count:
      var elements: [TupleElement] = []
      for (a, b) in zip(a, b) {
        guard a.label == nil || b.label == nil || a.label == b.label, let type = wider(a.type, b.type) else {
          return nil
        }
        elements.append(TupleElement(a.label ?? b.label, type))
      }
      return .tuple(elements)
    default: return common(a, b)
    }
  }
}
