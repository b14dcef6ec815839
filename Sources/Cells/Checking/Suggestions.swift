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

  /// Suggests a correction for an unknown name; the cells' own and the catalogue's names come first. A called name can
  /// only be a function, a type or a closure.
  func suggestion(forUnknown name: String, at node: Syntax) -> Suggestion? {
    let isCalled = node.parent?.as(FunctionCallExprSyntax.self)?.calledExpression.id == node.id
    func suits(_ variable: Variable) -> Bool {
      if case .function = variable.type.unwrapped { return true }
      return !isCalled || variable.type.isInvalid
    }
    let variables = scopes + [globals.variables]
    let own =
      variables.flatMap { $0.filter { suits($0.value) }.keys.sorted() }
      + globals.structures.keys.sorted()
      + (receiver.flatMap { globals.structures[$0.structure]?.members.keys.sorted() } ?? [])
      + catalogue.names
    // An unbound 'history' is not a misspelt type 'History', and 'SELU' is not a misspelt 'GELU'.
    let isType = Self.isCapital(name)
    func suits(_ candidate: String) -> Bool {
      // A type that cannot be created is no function.
      if isCalled, catalogue.callables(named: candidate).isEmpty, catalogue.type(named: candidate) != nil {
        return false
      }
      if isCalled, candidate.lowercased() == name.lowercased() {
        return !Self.isCapital(candidate) || isType || !catalogue.callables(named: candidate).isEmpty
      }
      return (isType || !Self.isCapital(candidate)) && candidate.dropFirst() != name.dropFirst()
        && !Self.isAnotherShortName(name, candidate)
    }
    func near(_ names: [String]) -> Suggestion? { suggestion(for: name, among: names.filter(suits)) }
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

  /// The words about a name of another library; `nil` if it is none, or if the suggestion differs only in case.
  func foreignName(
    _ name: String, at node: Syntax, suggestion: Suggestion?
  ) -> (note: String, fixIts: [FixIt])? {
    let names = catalogue.foreignNames
    if let library = names.modules[name] {
      let (path, whole) = node.memberPath
      guard let last = path.last else {
        return name.count < 3 ? nil : ("\(library) is not available; 'quire describe' lists what is", [])
      }
      let qualified = ([name] + path).joined(separator: ".")
      if !catalogue.callables(named: last).isEmpty {
        return ("\(library)'s '\(qualified)': write '\(last)'", replace(whole, with: last))
      }
      let known = path.reversed().lazy.compactMap { names[$0] }.first {
        // NumPy's 'zeros' is not PyTorch's.
        $0.library == library || !["NumPy", "pandas", "Matplotlib", "OpenCV", "Python"].contains(library)
      }
      return (
        known?.note ?? ForeignName.missing(qualified, of: library).note, []
      )
    }
    // 'conv2d' is our 'Conv2d', but 'relu' is PyTorch's function.
    if let suggestion, suggestion.name.lowercased() == name.lowercased(),
      names[name]?.name != name || Self.isCapital(name)
    {
      return nil
    }
    return names[name].map { ($0.note, []) }
  }

  /// The words about a member of another library's types.
  func foreignMember(_ name: String, of type: CellType, suggestion: Suggestion?) -> String? {
    guard let host = type.hostName, let known = catalogue.foreignNames[name] else { return nil }
    // Most of these names are methods of models: 'data.train' is no misspelling of 'train(model, on: data)'.
    guard known.rows.contains(where: { $0.hasPrefix("ImageData.") }) == (host == "ImageData") else {
      return nil
    }
    if let suggestion, suggestion.name.lowercased() == name.lowercased() { return nil }
    return known.note
  }

  /// Whether the names are short and differ in a letter, so that they are hardly misspellings of each other.
  private static func isAnotherShortName(_ a: String, _ b: String) -> Bool {
    a.count <= 4 && a.count == b.count && a.lowercased().sorted() != b.lowercased().sorted()
  }

  private static func isCapital(_ name: String) -> Bool {
    name.first { $0 != "_" }?.isUppercase ?? false
  }
}

extension Syntax {
  /// The members that follow a name, as in `torch.nn.Conv2d`, and the whole expression.
  fileprivate var memberPath: (names: [String], whole: Syntax) {
    var names: [String] = []
    var whole = self
    while let member = whole.parent?.as(MemberAccessExprSyntax.self), member.base?.id == whole.id {
      names.append(member.declName.baseName.text)
      whole = Syntax(member)
    }
    return (names, whole)
  }
}
