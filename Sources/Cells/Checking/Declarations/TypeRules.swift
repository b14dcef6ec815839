internal import SwiftSyntax

/// Checks rules that structs and enums obey as a whole.
extension CellChecker {
  mutating func requireFinite(_ name: String, _ node: TypeNode) {
    if node.kind == .enumeration {
      let isIndirect =
        node.has(.indirect)
        || node.members.contains {
          $0.decl.as(EnumCaseDeclSyntax.self)?.modifiers.contains { $0.name.tokenKind == .keyword(.indirect) }
            ?? false
        }
      if !isIndirect, recursivePart(of: name) != nil {
        report(TypeDeclarationProblem.recursiveEnum(name), at: node.name)
      }
    } else if let property = recursivePart(of: name) {
      report(StatementProblem.recursiveStructure(name, property: property), at: node.name)
    }
  }

  /// A stored property or case that would make the type contain itself.
  private func recursivePart(of name: String) -> String? {
    var visited: Set<String> = []
    func holds(_ type: CellType) -> Bool {
      switch type {
      case .structure(let inner):
        if inner.name == name { return true }
        guard visited.insert(inner.name).inserted else { return false }
        return globals.structures[inner.name]?.parts.contains { $0.types.contains(where: holds) } ?? false
      case .optional(let wrapped): return holds(wrapped)
      case .tuple(let elements): return elements.contains { holds($0.type) }
      default: return false
      }
    }
    return globals.structures[name]?.parts.first { $0.types.contains(where: holds) }?.name
  }

  /// Checks that the parts of the type conform to Equatable or Hashable as the type does.
  mutating func requireConformances(of name: String, _ node: TypeNode) {
    guard let structure = globals.structures[name] else { return }
    let type = structure.type
    var wanted: [Constraint] =
      type.isHashable ? [.hashable] : type.isEquatable && !type.hasOwnEquality ? [.equatable] : []
    if type.isComparable, !type.hasOwnOrder {
      if !structure.isEnumeration {
        report(
          TypeDeclarationProblem.noConformance(
            name, "Comparable", because: "write 'static func < (a: \(name), b: \(name)) -> Bool'"),
          at: node.name)
        return
      }
      wanted.append(.comparable)
    }
    for constraint in wanted {
      for part in structure.parts {
        guard let type = part.types.first(where: { !constraint.holds(for: $0) }) else { continue }
        if structure.isEnumeration {
          let reason =
            "case '\(part.name)' contains a value of type '\(type)', which is not '\(constraint.rawValue)'"
          report(
            TypeDeclarationProblem.noConformance(name, constraint.rawValue, because: reason), at: node.name)
        } else {
          report(TypeProblem.noSynthesis(name, constraint, property: part.name, type), at: node.name)
        }
        return
      }
    }
    if structure.isCaseIterable, structure.cases.contains(where: { !$0.payload.isEmpty }) {
      report(
        TypeDeclarationProblem.noConformance(
          name, "CaseIterable", because: "the cases must have no associated values"), at: node.name)
    }
    if type.isComparable, !type.hasOwnOrder, structure.rawType != nil {
      report(
        TypeDeclarationProblem.noConformance(
          name, "Comparable",
          because:
            "an enum with raw values has no order; write 'static func < (a: \(name), b: \(name)) -> Bool'"),
        at: node.name)
    }
  }
}

extension CellChecker {
  /// Whether an operator of a cell compares the values, or parts of them.
  func usesOwnEquality(_ type: CellType) -> Bool {
    var visited: Set<String> = []
    func uses(_ type: CellType) -> Bool {
      switch type {
      case .structure(let one):
        if one.hasOwnEquality { return true }
        guard visited.insert(one.name).inserted else { return false }
        return globals.structures[one.name]?.parts.contains { $0.types.contains(where: uses) } ?? false
      case .array(let part), .optional(let part), .set(let part): return uses(part)
      case .dictionary(let key, let value): return uses(key) || uses(value)
      case .tuple(let elements): return elements.contains { uses($0.type) }
      default: return false
      }
    }
    return uses(type)
  }
}

extension Structure {
  /// The stored properties of a struct and the cases of an enum, with the types that they contain.
  fileprivate var parts: [(name: String, types: [CellType])] {
    properties.map { ($0.name, $0.type.map { [$0] } ?? []) }
      + cases.map { ($0.name, $0.payload.map(\.type)) }
  }
}
