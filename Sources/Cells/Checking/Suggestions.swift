internal import SwiftSyntax

import struct Diagnostics.FixIt
import func Diagnostics.isCertainMiss
import func Diagnostics.nearMiss

/// What a misspelt name most likely meant.
struct Suggestion {
  var name: String
  /// Nothing else can be meant.
  var isCertain: Bool
}

extension CellChecker {
  /// Short names have no near misses but in case.
  func suggestion(for name: String, among candidates: [String]) -> Suggestion? {
    let near =
      name.count < 3
      ? candidates.first { $0 != name && $0.lowercased() == name.lowercased() }
      : nearMiss(of: name, among: candidates)
    return near.map { Suggestion(name: $0, isCertain: isCertainMiss($0, of: name, among: candidates)) }
  }

  /// The near miss of a name as a fix-it, if there is one.
  func rename(_ node: some SyntaxProtocol, to suggestion: Suggestion?) -> [FixIt] {
    suggestion.map { replace(node, with: $0.name, isCertain: $0.isCertain) } ?? []
  }

  /// For a name that is not known: first the cells' own and the catalogue's names.
  func suggestion(forUnknown name: String) -> Suggestion? {
    let own = scopes.flatMap { $0.keys.sorted() } + globals.variables.keys.sorted() + catalogue.names
    // 'history' that is not bound is no misspelt type 'History'.
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

  /// Whether one of the names is the other mistyped; 'model' and 'models' or 'lossA' and 'lossB' may be two names.
  private static func isSlip(_ name: String, for near: String) -> Bool {
    let (a, b) = (name.lowercased(), near.lowercased())
    if a == b || a.sorted() == b.sorted() { return true }
    return a.count != b.count && !a.hasPrefix(b) && !b.hasPrefix(a)
  }

  private static func isCapital(_ name: String) -> Bool {
    name.first { $0 != "_" }?.isUppercase ?? false
  }
}
