internal import SwiftSyntax

/// Checks assignable parts of structs: `self`, and stored properties.
extension CellChecker {
  /// `self` as an assignable place; `nil` after reporting a problem.
  mutating func selfPlace(_ node: some SyntaxProtocol, for use: PlaceUse) -> Place? {
    guard let variable = lookUp("self") else {
      _ = selfValue(at: node)
      return nil
    }
    guard variable.isMutable else {
      report(
        use == .mutation ? StatementProblem.immutableSelfMember : .immutableSelf, at: node)
      return nil
    }
    return Place(
      reference: resolve(variable, at: node), name: "self", type: variable.type, range: range(node))
  }

  /// A stored property of a place; `nil` after reporting a problem.
  mutating func propertyPlace(
    _ name: String, of place: Place, _ structure: Structure, at node: some SyntaxProtocol,
    range whole: some SyntaxProtocol
  ) -> Place? {
    noteUse(structure)
    switch structure.members[name] {
    case .stored(let index)?:
      let isInitialised = isInitialising && place.path.isEmpty && place.name == "self"
      requireAccess(name, of: structure, at: node)
      guard canSet(name, of: structure) else {
        report(StatementProblem.privateSetter(name), at: node)
        return nil
      }
      guard structure.properties[index].isMutable || isInitialised else {
        report(StatementProblem.immutableProperty(name), at: node)
        return nil
      }
      var part = place
      part.path.append(.element(index))
      part.type = typeOfProperty(index, structure, at: node)
      part.range = range(whole)
      return part
    case .computed?, .raw?: report(StatementProblem.getOnly(name), at: node)
    case .method?: report(StatementProblem.methodAssigned(name), at: node)
    case .constant?, .enumerationCase?, .allCases?:
      report(NameProblem.memberKind(name, of: structure.name, isStatic: true), at: node)
    case nil: _ = unknownMember(name, of: place.type, at: node)
    }
    return nil
  }

  /// The type of an assignable expression; reports nothing.
  func placeType(_ node: ExprSyntax) -> CellType? {
    switch node.as(ExprSyntaxEnum.self) {
    case .declReferenceExpr(let reference):
      let name = reference.baseName.text
      if let variable = lookUp(name) { return variable.type }
      guard let (receiver, member) = implicitMember(name), !receiver.isStatic else { return nil }
      return storedType(member, globals.structures[receiver.structure])
    case .tupleExpr(let tuple):
      return tuple.elements.count == 1 ? tuple.elements.first.flatMap { placeType($0.expression) } : nil
    case .subscriptCallExpr(let call):
      switch placeType(call.calledExpression) {
      case .array(let element)?: return element
      case .dictionary(_, let value)?: return call.arguments.count == 2 ? value : .optional(value)
      default: return nil
      }
    case .memberAccessExpr(let member):
      guard let base = member.base, let type = placeType(base) else { return nil }
      let name = member.declName.baseName.text
      if case .tuple(let elements) = type {
        return Self.elementIndex(name, in: elements).map { elements[$0].type }
      }
      guard let structure = structure(of: type), let found = structure.members[name] else { return nil }
      return storedType(found, structure)
    default: return nil
    }
  }

  private func storedType(_ member: Structure.Member, _ structure: Structure?) -> CellType? {
    if case .stored(let index) = member { structure?.properties[index].type } else { nil }
  }
}
