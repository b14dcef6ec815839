/// The types bound to a row's generic parameters in one call.
struct Substitution: Sendable {
  private(set) var bindings: [String: CellType] = [:]

  /// The type with bound parameters replaced, except those bound to a literal that has not adopted a type.
  func decided(in type: CellType) -> CellType {
    var decided = Substitution()
    decided.bindings = bindings.filter { !$0.value.isLiteral }
    return decided.applied(to: type)
  }

  /// The type with all bound parameters replaced.
  func applied(to type: CellType) -> CellType {
    guard type.hasVariables else { return type }
    return switch type {
    case .variable(let name): bindings[name] ?? type
    case .array(let element): .array(applied(to: element))
    case .set(let element): .set(applied(to: element))
    case .optional(let wrapped): .optional(applied(to: wrapped))
    case .inOut(let type): .inOut(applied(to: type))
    case .range(let bound): .range(applied(to: bound))
    case .closedRange(let bound): .closedRange(applied(to: bound))
    case .sequence(let name, let element): .sequence(name, applied(to: element))
    case .dictionary(let key, let value): .dictionary(applied(to: key), applied(to: value))
    case .tuple(let elements): .tuple(elements.map { TupleElement($0.label, applied(to: $0.type)) })
    case .function(let parameters, let result):
      .function(parameters.map(applied(to:)), returns: applied(to: result))
    default: type
    }
  }

  /// Binds the pattern's parameters so that it matches the type; `false` if that is impossible.
  ///
  /// `.sequence("", T)` matches any sequence of T.
  mutating func unify(_ pattern: CellType, with type: CellType, in checker: CellChecker) -> Bool {
    switch (pattern, type) {
    case (.variable(let name), _):
      guard let bound = bindings[name] else {
        if type == .nilLiteral { return false }
        bindings[name] = type
        return true
      }
      if bound == type { return true }
      guard let common = checker.common(bound, type) else { return false }
      // Only literals adapt: a Double does not become optional because of another argument.
      if bound.isLiteral || type.isLiteral { bindings[name] = common }
      return bound.isLiteral || type.isLiteral || common == bound
    case (.sequence("", let element), _):
      guard let found = type.sequenceElement else { return false }
      return unify(element, with: found, in: checker)
    case (.sequence(let name, let element), .sequence(let other, let found)):
      return name == other && unify(element, with: found, in: checker)
    case (.array(let a), .array(let b)), (.set(let a), .set(let b)), (.optional(let a), .optional(let b)),
      (.range(let a), .range(let b)), (.inOut(let a), .inOut(let b)),
      (.closedRange(let a), .closedRange(let b)):
      return unify(a, with: b, in: checker)
    case (.optional(let wrapped), _): return unify(wrapped, with: type, in: checker)
    case (.dictionary(let key, let value), .dictionary(let k, let v)):
      return unify(key, with: k, in: checker) && unify(value, with: v, in: checker)
    case (.tuple(let elements), .tuple(let others)):
      guard elements.count == others.count else { return false }
      for (a, b) in zip(elements, others) where !unify(a.type, with: b.type, in: checker) { return false }
      return true
    case (.function(let parameters, let result), .function(let others, let returned)):
      guard parameters.count == others.count else { return false }
      for (a, b) in zip(parameters, others) where !unify(a, with: b, in: checker) { return false }
      return unify(result, with: returned, in: checker)
    default: return pattern == type
    }
  }

  mutating func bind(_ name: String, to type: CellType) { bindings[name] = type }
}

extension CellType {
  /// The names of the generic parameters in the type.
  var variables: Set<String> {
    switch self {
    case .variable(let name): [name]
    case .array(let element), .optional(let element), .range(let element), .closedRange(let element),
      .sequence(_, let element), .set(let element), .inOut(let element):
      element.variables
    case .dictionary(let key, let value): key.variables.union(value.variables)
    case .tuple(let elements): elements.reduce(into: []) { $0.formUnion($1.type.variables) }
    case .function(let parameters, let result):
      parameters.reduce(into: result.variables) { $0.formUnion($1.variables) }
    default: []
    }
  }
}
