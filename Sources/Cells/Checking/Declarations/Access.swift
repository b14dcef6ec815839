internal import SwiftSyntax

/// Checks `private` members. All cells are one file, so the other access levels change nothing.
extension CellChecker {
  private static let accessLevels: Set<String> = ["private", "fileprivate", "internal", "package", "public"]

  /// The first modifier that is neither an access level nor among those allowed.
  static func unsupportedModifier(
    in modifiers: DeclModifierListSyntax, allowed: [Keyword] = []
  ) -> DeclModifierSyntax? {
    modifiers.first { modifier in
      !accessLevels.contains(modifier.name.text)
        && !allowed.contains { modifier.name.tokenKind == .keyword($0) }
    }
  }

  /// Records a member's access level.
  func noteAccess(_ name: String, _ modifiers: DeclModifierListSyntax, in structure: inout Structure) {
    for modifier in modifiers where modifier.name.tokenKind == .keyword(.private) {
      if modifier.detail == nil {
        structure.privateMembers.insert(name)
      } else {
        structure.privateSetters.insert(name)
      }
    }
  }

  /// Whether the code being checked belongs to the type.
  private func isInside(_ structure: Structure) -> Bool {
    receiver?.structure == structure.name || ownType == structure.name
  }

  /// Reports the use of a private member outside its type.
  mutating func requireAccess(_ name: String, of structure: Structure, at node: some SyntaxProtocol) {
    if structure.privateMembers.contains(name), !isInside(structure) {
      report(NameProblem.inaccessible(name, isInitialiser: false), at: node)
    }
  }

  /// Whether a property may be set here.
  func canSet(_ name: String, of structure: Structure) -> Bool {
    !structure.privateSetters.contains(name) || isInside(structure)
  }

  /// Reports a memberwise initialiser that has a private property's value as an argument.
  mutating func requireMemberwise(of structure: Structure, at node: some SyntaxProtocol) {
    let isPrivate = structure.parameters.contains { structure.privateMembers.contains($0.info.name) }
    if isPrivate, !isInside(structure) {
      report(NameProblem.inaccessible(structure.name, isInitialiser: true), at: node)
    }
  }
}
