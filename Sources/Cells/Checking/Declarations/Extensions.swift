internal import SwiftSyntax

/// Checks extensions of the cells' own structs and enums.
extension CellChecker {
  /// Declares an extension; `false` after reporting a problem.
  mutating func announceExtension(_ node: TypeNode) -> Bool {
    let name = node.name.text
    guard var structure = globals.structures[name] else {
      if namedType(name) != nil || Self.genericTypes.contains(name) {
        report(Unsupported.extensions, at: node.keyword)
      } else {
        unknownType(name, at: node.name)
      }
      return false
    }
    for inherited in node.inheritance?.inheritedTypes ?? [] {
      if inherited.type.trimmedDescription == "Sendable" { continue }
      report(Unsupported.extensionConformances, at: inherited.type)
    }
    if structure.firstGlobal < firstGlobal {
      let own = structure.extensions.count { $0.firstGlobal == firstGlobal }
      if own == 0 {
        let number = structure.extensions.count + 1
        let extensionName = "extension \(name)" + (number == 1 ? "" : " \(number)")
        structure.extensions.append(Structure.Extension(name: extensionName, firstGlobal: firstGlobal))
        definedNames.append(extensionName)
        globals.structures[name] = structure
        _ = newGlobal()
      }
    }
    return true
  }
}
