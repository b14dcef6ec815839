internal import SwiftSyntax

/// Checks assignments and their targets.
extension CellChecker {
  enum PlaceUse { case assignment, mutation, inoutArgument }

  mutating func assignment(_ node: SequenceExprSyntax) -> [Statement] {
    guard let folded = fold(node) else { return [] }
    switch folded {
    case .assignment(.operand(let target), _, let value): return assign(value, to: target)
    case .binary(.operand(let target), let op, let value):
      return compound(target, op, value)
    default:
      report(StatementProblem.notAssignable, at: node)
      return []
    }
  }

  private mutating func assign(_ value: Folded, to target: ExprSyntax) -> [Statement] {
    let isAlone = if case .operand = value { true } else { false }
    if target.is(DiscardAssignmentExprSyntax.self) {
      allowsConditional = isAlone
      return [.expression(settle(infer(value, hint: nil), at: value.first))]
    }
    if let tuple = target.as(TupleExprSyntax.self), tuple.elements.count > 1 {
      return assign(value, to: tuple)
    }
    let place = place(target, for: .assignment)
    allowsConditional = isAlone
    guard let place else {
      _ = infer(value, hint: .invalid)
      return []
    }
    let found = infer(value, hint: place.type)
    if place.isNamed(by: found) {
      report(StatementProblem.selfAssignment(isProperty: !place.path.isEmpty), at: target)
    }
    return [.assign(place, convertOperand(found, value, to: place.type))]
  }

  /// Checks `(a, b) = (b, a)`: the whole right side is computed before it is split.
  private mutating func assign(_ value: Folded, to tuple: TupleExprSyntax) -> [Statement] {
    var places: [Place?] = []
    for element in tuple.elements {
      if element.expression.is(DiscardAssignmentExprSyntax.self) {
        places.append(nil)
      } else {
        guard let place = place(element.expression, for: .assignment) else { return [] }
        places.append(place)
      }
    }
    let wanted = CellType.tuple(places.map { TupleElement(nil, $0?.type ?? .anything) })
    let hint: CellType? = places.contains { $0 == nil } ? nil : wanted
    let found = settle(infer(value, hint: hint), at: value.first)
    if found.isInvalid { return [] }
    guard case .tuple(let elements) = found.type, elements.count == places.count else {
      report(TypeProblem.destructuring(found.type, count: places.count), at: tuple)
      return []
    }
    let whole = temporary()
    let range = range(tuple)
    var out: [Statement] = [.bind(.variable(.local(whole)), found)]
    for (index, place) in places.enumerated() {
      guard let place else { continue }
      let source = Expression(kind: .variable(.local(whole), name: "()"), type: found.type, range: range)
      let part = Expression(kind: .element(source, index), type: elements[index].type, range: range)
      out.append(.assign(place, convert(part, to: place.type, for: .assignment, at: tuple)))
    }
    return out
  }

  private mutating func compound(
    _ target: ExprSyntax, _ op: BinaryOperatorExprSyntax, _ value: Folded
  ) -> [Statement] {
    guard let kind = BinaryOperator(rawValue: String(op.operator.text.dropLast())) else {
      report(NameProblem.unknownOperator(op.operator.text), at: op)
      return []
    }
    guard let place = place(target, for: .assignment) else {
      _ = infer(value, hint: .invalid)
      return []
    }
    let found = infer(value, hint: place.type)
    if found.isInvalid || place.type.isInvalid { return [] }
    guard result(of: kind, on: place.type) != nil, let operand = converted(found, to: place.type) else {
      if kind == .remainder, place.type.isFloatingPoint {
        report(TypeProblem.floatingRemainder, at: op)
      } else {
        let needsConversion = place.type.isFloatingPoint && found.type == .int
        report(
          TypeProblem.binaryOperands(op.operator.text, place.type, found.type), at: op,
          fixIts: needsConversion ? conversion(of: value, to: place.type) : [])
      }
      return []
    }
    return [.compound(place, kind, operand)]
  }

  private mutating func convertOperand(_ value: Expression, _ folded: Folded, to type: CellType) -> Expression
  {
    if case .operand(let node) = folded { return convert(value, to: type, for: .assignment, at: node) }
    if let converted = converted(value, to: type) { return converted }
    report(
      TypeProblem.mismatch(value.type, type, .assignment), at: range(from: folded.first, to: folded.last))
    return Expression(kind: .invalid, type: type, range: value.range)
  }

  // MARK: Places

  /// Whether an expression has the form of an assignable place.
  func isPlaceLike(_ node: ExprSyntax) -> Bool {
    switch node.as(ExprSyntaxEnum.self) {
    case .declReferenceExpr(let reference):
      let name = reference.baseName.text
      return lookUp(name) != nil || implicitMember(name) != nil
    case .subscriptCallExpr(let call): return isPlaceLike(call.calledExpression)
    case .memberAccessExpr(let member): return member.base.map(isPlaceLike) ?? false
    case .tupleExpr(let tuple):
      return tuple.elements.count == 1
        ? tuple.elements.first.map { isPlaceLike($0.expression) } ?? false : false
    default: return false
    }
  }

  /// The variable, or the part of one, that the expression names; `nil` after reporting a problem.
  mutating func place(_ node: ExprSyntax, for use: PlaceUse) -> Place? {
    guard descend(node) else { return nil }
    defer { depth -= 1 }
    switch node.as(ExprSyntaxEnum.self) {
    case .declReferenceExpr(let reference): return place(reference, for: use)
    case .tupleExpr(let tuple) where tuple.elements.count == 1:
      return tuple.elements.first.flatMap { place($0.expression, for: use) }
    case .subscriptCallExpr(let call):
      guard var place = place(call.calledExpression, for: use) else { return nil }
      if place.type.isInvalid { return nil }
      guard let step = subscriptStep(call, of: place.type) else { return nil }
      if case .sequence = step.type {
        report(Unsupported("assigning to slices", plural: false), at: call)
        return nil
      }
      place.path.append(step.step)
      place.type = step.type
      place.range = range(node)
      return place
    case .memberAccessExpr(let member):
      guard let base = member.base else { break }
      let name = member.declName.baseName.text
      guard isPlaceLike(base) else { break }
      guard var place = place(base, for: use) else { return nil }
      if place.type.isInvalid { return nil }
      if let structure = structure(of: place.type) {
        return propertyPlace(name, of: place, structure, at: member.declName, range: node)
      }
      guard case .tuple(let elements) = place.type else {
        if !members(of: place.type, named: name).isEmpty {
          report(StatementProblem.getOnly(name), at: member.declName)
        } else {
          _ = unknownMember(name, of: place.type, at: member.declName)
        }
        return nil
      }
      guard let index = Self.elementIndex(name, in: elements) else {
        report(NameProblem.unknownTupleElement(name, of: place.type), at: member.declName)
        return nil
      }
      place.path.append(.element(index))
      place.type = elements[index].type
      place.range = range(node)
      return place
    case .forceUnwrapExpr, .optionalChainingExpr:
      report(Unsupported.forcedAssignment, at: node)
      return nil
    default: break
    }
    report(StatementProblem.notAssignable, at: node)
    return nil
  }

  private mutating func place(_ node: DeclReferenceExprSyntax, for use: PlaceUse) -> Place? {
    let name = node.baseName.text
    if node.baseName.tokenKind == .keyword(.self) { return selfPlace(node, for: use) }
    if lookUp(name) == nil, let (receiver, member) = implicitMember(name) {
      guard !receiver.isStatic, let structure = globals.structures[receiver.structure] else {
        _ = implicitProperty(name, node)
        return nil
      }
      if case .stored(let index) = member, !structure.properties[index].isMutable, !isInitialising {
        report(StatementProblem.immutableProperty(name), at: node)
        return nil
      }
      guard let whole = selfPlace(node, for: use) else { return nil }
      return propertyPlace(name, of: whole, structure, at: node, range: node)
    }
    guard let variable = lookUp(name) else {
      _ = unknown(name, at: node)
      return nil
    }
    guard variable.isMutable else {
      let isFunction = variable.function != nil
      if !variable.type.isInvalid || isFunction {
        if use == .mutation, !isFunction {
          report(CallProblem.immutableReceiver("'\(name)' is a 'let' constant"), at: node)
        } else if use == .inoutArgument, !isFunction {
          report(CallProblem.immutableArgument("'\(name)' is a 'let' constant"), at: node)
        } else {
          report(
            StatementProblem.immutable(name, isFunction: isFunction, isParameter: variable.isParameter),
            at: node)
        }
      }
      return nil
    }
    let reference = resolve(variable, for: use, at: node)
    if case .global(let index) = reference {
      assignedNames.insert(name)
      if index < firstGlobal { mutatedNames.insert(name) }
    }
    return Place(reference: reference, name: name, type: variable.type, range: range(node))
  }
}

extension Place {
  /// Whether the expression reads exactly this variable or stored property.
  fileprivate func isNamed(by expression: Expression) -> Bool {
    var expression = expression
    for step in path.reversed() {
      guard case .element(let index) = step, case .element(let base, index) = expression.kind else {
        return false
      }
      // Swift reports nothing for parts of tuples.
      guard case .structure = base.type else { return false }
      expression = base
    }
    if case .variable(reference, _) = expression.kind { return true }
    return false
  }
}
