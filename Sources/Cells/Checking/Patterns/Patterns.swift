internal import SwiftSyntax

import struct Diagnostics.SourceRange

/// The names that a `case` binds. All its patterns must bind the same names.
struct PatternNames {
  /// The names of the first pattern; `nil` while that is checked.
  var first: [String: Variable]?
  var bound: [String: SourceRange] = [:]
}

/// Checks the patterns of `switch`, `if case` and `for case`.
extension CellChecker {
  /// Checks a pattern against the type of the values that it is to match.
  mutating func pattern(
    _ node: PatternSyntax, matching type: CellType, isMutable: Bool = false, _ names: inout PatternNames
  ) -> MatchPattern {
    guard descend(node) else { return .anything }
    defer { depth -= 1 }
    switch node.as(PatternSyntaxEnum.self) {
    case .identifierPattern(let name): return bindName(name.identifier, type, isMutable, &names)
    case .wildcardPattern, .missingPattern: return .anything
    case .valueBindingPattern(let binding):
      let isVariable = binding.bindingSpecifier.tokenKind == .keyword(.var)
      return pattern(binding.pattern, matching: type, isMutable: isVariable, &names)
    case .tuplePattern(let tuple):
      let parts = tuple.elements.map { PatternPart(label: $0.label, node: .pattern($0.pattern)) }
      return tuplePattern(parts, type, isMutable, &names, at: node)
    case .expressionPattern(let expression):
      return pattern(expression.expression, matching: type, isMutable: isMutable, &names)
    case .isTypePattern:
      report(Unsupported.casts, at: node)
      return .faulty(range(node))
    @unknown default:
      report(Unsupported.newSyntax, at: node)
      return .faulty(range(node))
    }
  }

  private struct PatternPart {
    enum Node {
      case pattern(PatternSyntax)
      case expression(ExprSyntax)
    }
    var label: TokenSyntax?
    var node: Node
  }

  private mutating func part(
    _ part: PatternPart, _ type: CellType, _ isMutable: Bool, _ names: inout PatternNames
  ) -> MatchPattern {
    switch part.node {
    case .pattern(let node): pattern(node, matching: type, isMutable: isMutable, &names)
    case .expression(let node): pattern(node, matching: type, isMutable: isMutable, &names)
    }
  }

  private mutating func bindName(
    _ token: TokenSyntax, _ type: CellType, _ isMutable: Bool, _ names: inout PatternNames
  ) -> MatchPattern {
    let name = token.text
    names.bound[name] = range(token)
    if let first = names.first, let variable = first[name] {
      if variable.type != type, !variable.type.isInvalid, !type.isInvalid {
        report(SwitchProblem.patternVariableType(type, expected: variable.type), at: token)
      }
      return .bind(reference(of: variable))
    }
    return .bind(declare(name, type: type, isMutable: isMutable, at: range(token)))
  }

  private func reference(of variable: Variable) -> Reference {
    switch variable.storage {
    case .global(let index): .global(index)
    case .local(let slot, _): .local(slot)
    }
  }

  // MARK: Patterns that are written as expressions

  private mutating func pattern(
    _ node: ExprSyntax, matching type: CellType, isMutable: Bool, _ names: inout PatternNames
  ) -> MatchPattern {
    guard descend(node) else { return .anything }
    defer { depth -= 1 }
    switch node.as(ExprSyntaxEnum.self) {
    case .patternExpr(let inner):
      return pattern(inner.pattern, matching: type, isMutable: isMutable, &names)
    case .discardAssignmentExpr, .missingExpr: return .anything
    case .tupleExpr(let tuple):
      if tuple.elements.count == 1, let only = tuple.elements.first, only.label == nil {
        return pattern(only.expression, matching: type, isMutable: isMutable, &names)
      }
      let parts = tuple.elements.map { PatternPart(label: $0.label, node: .expression($0.expression)) }
      return tuplePattern(parts, type, isMutable, &names, at: node)
    case .optionalChainingExpr(let optional):
      guard let wrapped = type.wrapped else {
        if !type.isInvalid { report(SwitchProblem.optionalPattern(type), at: node) }
        _ = pattern(optional.expression, matching: .invalid, isMutable: isMutable, &names)
        return .faulty(range(node))
      }
      return .present(pattern(optional.expression, matching: wrapped, isMutable: isMutable, &names))
    case .nilLiteralExpr:
      if type.wrapped != nil { return .absent }
      if !type.isInvalid { report(TypeProblem.nilMismatch(type, .operand), at: node) }
      return .faulty(range(node))
    case .memberAccessExpr(let member):
      return memberPattern(member, nil, type, isMutable, &names, node)
        ?? expressionPattern(node, matching: type)
    case .functionCallExpr(let call):
      if let member = call.calledExpression.as(MemberAccessExprSyntax.self), call.trailingClosure == nil,
        let found = memberPattern(member, call, type, isMutable, &names, node)
      {
        return found
      }
      return expressionPattern(node, matching: type)
    default: return expressionPattern(node, matching: type)
    }
  }

  private mutating func tuplePattern(
    _ parts: [PatternPart], _ type: CellType, _ isMutable: Bool, _ names: inout PatternNames,
    at node: some SyntaxProtocol
  ) -> MatchPattern {
    var elements = [TupleElement](repeating: TupleElement(nil, .invalid), count: parts.count)
    if case .tuple(let found) = type {
      if found.count == parts.count {
        elements = found
      } else {
        report(SwitchProblem.tupleLength(type), at: node)
      }
    } else if !type.isInvalid {
      report(SwitchProblem.notATuple(type), at: node)
    }
    let patterns = matching(parts, elements, isMutable, &names)
    if case .tuple(let found) = type, found.count == parts.count { return .tuple(patterns) }
    return .faulty(range(node))
  }

  private mutating func matching(
    _ parts: [PatternPart], _ elements: [TupleElement], _ isMutable: Bool, _ names: inout PatternNames
  ) -> [MatchPattern] {
    var patterns: [MatchPattern] = []
    for (part, element) in zip(parts, elements) {
      if let label = part.label, label.text != element.label, !element.type.isInvalid {
        report(SwitchProblem.elementLabel(label.text, expected: element.label ?? "_"), at: label)
      }
      patterns.append(self.part(part, element.type, isMutable, &names))
    }
    return patterns
  }

  // MARK: Cases of enums

  /// Checks `.a`, `.a(let x)`, `Mode.a` and `.some(x)`; `nil` if the member is not a case.
  private mutating func memberPattern(
    _ member: MemberAccessExprSyntax, _ call: FunctionCallExprSyntax?, _ type: CellType, _ isMutable: Bool,
    _ names: inout PatternNames, _ node: ExprSyntax
  ) -> MatchPattern? {
    let name = member.declName.baseName.text
    let parts = call.map { call in
      call.arguments.map { PatternPart(label: $0.label, node: .expression($0.expression)) }
    }
    if type.isInvalid {
      for part in parts ?? [] { _ = self.part(part, .invalid, isMutable, &names) }
      return .faulty(range(node))
    }
    if let base = member.base {
      guard let owner = typeReference(base), let structure = structure(of: owner),
        structure.isEnumeration
      else { return nil }
      guard type.unwrapped == owner else {
        report(SwitchProblem.cannotMatch(owner, type), at: node)
        return .faulty(range(node))
      }
    }
    if let wrapped = type.wrapped {
      let isOwnCase = structure(of: type.unwrapped)?.enumerationCase(named: name) != nil
      if member.base == nil, !isOwnCase, name == "none", parts == nil { return .absent }
      if member.base == nil, !isOwnCase, name == "some", parts?.count ?? 1 == 1 {
        return .present(parts.map { part($0[0], wrapped, isMutable, &names) } ?? .anything)
      }
      return memberPattern(member, call, wrapped, isMutable, &names, node).map { .present($0) }
    }
    guard let structure = structure(of: type), structure.isEnumeration else {
      guard let call, call.bindsNames else { return nil }
      _ = unknownStaticMember(name, of: type, at: member.declName)
      for part in parts ?? [] { _ = self.part(part, .invalid, isMutable, &names) }
      return .faulty(range(node))
    }
    noteUse(structure)
    guard let found = structure.enumerationCase(named: name) else {
      if structure.members[name]?.isStatic ?? false { return nil }
      _ = unknownStaticMember(name, of: type, at: member.declName)
      for part in parts ?? [] { _ = self.part(part, .invalid, isMutable, &names) }
      return .faulty(range(node))
    }
    guard let parts else { return .enumeration(index: found.index, nil) }
    if found.payload.isEmpty {
      report(SwitchProblem.noAssociatedValues(name), at: node)
    } else if parts.count == 1, found.payload.count > 1 {
      report(Unsupported.payloadTuples, at: node)
    } else if parts.count != found.payload.count {
      report(SwitchProblem.tupleLength(.tuple(found.payload)), at: node)
    } else {
      return .enumeration(index: found.index, matching(parts, found.payload, isMutable, &names))
    }
    for part in parts { _ = self.part(part, .invalid, isMutable, &names) }
    return .faulty(range(node))
  }

  // MARK: Expressions

  /// Checks an expression that a value must equal, or a range that must contain it.
  private mutating func expressionPattern(_ node: ExprSyntax, matching type: CellType) -> MatchPattern {
    let value = infer(node, hint: patternHint(node, type))
    if value.isInvalid || type.isInvalid { return .faulty(range(node)) }
    if case .named = type.unwrapped, value.type == type {
      report(
        Unsupported(
          "matching values of type '\(type)'", plural: false, instead: "compare a property or a name"),
        at: node)
      return .faulty(range(node))
    }
    if type.wrapped == nil, let range = value.type.ofRange(type), let range = converted(value, to: range) {
      return .within(range)
    }
    guard value.type.rangeBound == nil, let wanted = converted(value, to: type),
      Constraint.equatable.holds(for: type)
    else {
      report(SwitchProblem.cannotMatch(value.type.settled, type), at: node)
      return .faulty(range(node))
    }
    if usesOwnEquality(type) {
      report(Unsupported.comparisonByOwnEquality("matching"), at: node)
      return .faulty(range(node))
    }
    return .equal(wanted)
  }

  /// A range takes the type of its bounds from the value that is matched.
  private func patternHint(_ node: ExprSyntax, _ type: CellType) -> CellType {
    let isRange =
      switch node.as(ExprSyntaxEnum.self) {
      case .sequenceExpr(let sequence):
        sequence.elements.contains {
          ["..<", "..."].contains($0.as(BinaryOperatorExprSyntax.self)?.operator.text)
        }
      case .prefixOperatorExpr(let prefix): ["..<", "..."].contains(prefix.operator.text)
      case .postfixOperatorExpr(let postfix): postfix.operator.text == "..."
      default: false
      }
    return isRange ? .closedRange(type) : type
  }
}

extension FunctionCallExprSyntax {
  /// Whether an argument binds a name, so that this can only be a pattern.
  fileprivate var bindsNames: Bool { arguments.contains { $0.expression.is(PatternExprSyntax.self) } }
}

extension CellType {
  /// The bounds' type of a range; `nil` for other types.
  var rangeBound: CellType? {
    switch self {
    case .range(let bound), .closedRange(let bound): bound
    case .sequence(let name, let bound) where name.hasPrefix("PartialRange"): bound
    default: nil
    }
  }

  /// The same kind of range with bounds of another type; `nil` if this is not a range.
  func ofRange(_ bound: CellType) -> CellType? {
    switch self {
    case .range: .range(bound)
    case .closedRange: .closedRange(bound)
    case .sequence(let name, _) where name.hasPrefix("PartialRange"): .sequence(name, bound)
    default: nil
    }
  }
}
