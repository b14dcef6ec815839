internal import SwiftSyntax

import struct Diagnostics.FixIt
import func Diagnostics.isCertainMiss
import func Diagnostics.nearMiss

/// The most likely correction of a misspelt name.
struct Suggestion {
  var name: String
  /// Whether no other correction is plausible.
  var isCertain: Bool
}

extension CellChecker {
  /// Suggests a correction. Short names match only if they differ in case.
  func suggestion(for name: String, among candidates: [String]) -> Suggestion? {
    let near =
      name.count < 3
      ? candidates.first { $0 != name && $0.lowercased() == name.lowercased() }
      : nearMiss(of: name, among: candidates)
    return near.map { Suggestion(name: $0, isCertain: isCertainMiss($0, of: name, among: candidates)) }
  }

  /// A fix-it that replaces the name with the suggestion, if there is one.
  func rename(_ node: some SyntaxProtocol, to suggestion: Suggestion?) -> [FixIt] {
    suggestion.map { replace(node, with: $0.name, isCertain: $0.isCertain) } ?? []
  }

  /// Suggests a correction for an unknown name; the cells' own and the catalogue's names come first.
  func suggestion(forUnknown name: String) -> Suggestion? {
    let own =
      scopes.flatMap { $0.keys.sorted() } + globals.variables.keys.sorted()
      + globals.structures.keys.sorted()
      + (receiver.flatMap { globals.structures[$0.structure]?.members.keys.sorted() } ?? [])
      + catalogue.names
    // An unbound 'history' is not a misspelt type 'History'.
    let isType = Self.isCapital(name)
    func near(_ names: [String]) -> Suggestion? {
      suggestion(
        for: name,
        among: names.filter { (isType || !Self.isCapital($0)) && $0.dropFirst() != name.dropFirst() })
    }
    guard var found = near(own) else { return near(StandardLibrary.names) }
    if lookUp(found.name) != nil, !Self.isSlip(name, for: found.name) { found.isCertain = false }
    return found
  }

  /// Whether one name is a typing error of the other; 'model' and 'models', or 'lossA' and 'lossB', may be two
  /// names.
  private static func isSlip(_ name: String, for near: String) -> Bool {
    let (a, b) = (name.lowercased(), near.lowercased())
    if a == b || a.sorted() == b.sorted() { return true }
    return a.count != b.count && !a.hasPrefix(b) && !b.hasPrefix(a)
  }

  private static func isCapital(_ name: String) -> Bool {
    name.first { $0 != "_" }?.isUppercase ?? false
  }
}
