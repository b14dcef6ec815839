internal import SwiftSyntax

/// Checks functions used as values: `map(sqrt)`, `map(String.init)` and `map(\.loss)` become closures.
extension CellChecker {
  /// The catalogue's and the standard library's functions with this name, without initialisers.
  func functionEntries(named name: String) -> [Entry] {
    (catalogue.callables(named: name) + StandardLibrary.functions(named: name)).filter {
      $0.kind == .function
    }
  }

  /// A closure that calls the first row that accepts the expected parameters.
  mutating func functionValue(
    _ entries: [Entry], named name: String, hint: CellType?, at node: some SyntaxProtocol
  ) -> Expression {
    guard case .function(let parameters, let wanted) = hint?.unwrapped,
      !parameters.contains(where: { $0.hasVariables || $0.isLiteral })
    else {
      if hint != .invalid { report(CallProblem.functionAsValue(name), at: node) }
      return invalid(node)
    }
    let range = range(node)
    for entry in entries where entry.parameters.count == parameters.count {
      var substitution = Substitution()
      let fits = zip(entry.parameters, parameters).allSatisfy { own, given in
        own.type.hasVariables
          ? substitution.unify(own.type, with: given, in: self) : isSameValue(given, own.type)
      }
      let result = substitution.applied(to: entry.result)
      let isAllowed = entry.traits.requirements.allSatisfy { name, constraint in
        substitution.bindings[name].map { constraint.holds(for: $0) } ?? true
      }
      guard fits, isAllowed, !result.hasVariables, wanted.hasVariables || isSameValue(result, wanted) else {
        continue
      }
      let locals = parameters.enumerated().map { index, type in
        Expression(kind: .variable(.local(index), name: "$\(index)"), type: type, range: range)
      }
      note(entry)
      let call = Expression(kind: .callEntry(entry, locals), type: result, range: range)
      return closure(returning: call, parameters: parameters)
    }
    report(CallProblem.functionAsValue(name), at: node)
    return invalid(node)
  }

  /// Checks `\.loss` used as a function of one parameter.
  mutating func keyPathFunction(_ node: KeyPathExprSyntax, hint: CellType?) -> Expression {
    guard node.root == nil, case .function(let parameters, _) = hint?.unwrapped, parameters.count == 1,
      !parameters[0].hasVariables
    else {
      return hint == .invalid ? invalid(node) : refuse(.keyPaths, at: node)
    }
    var value = Expression(kind: .variable(.local(0), name: "$0"), type: parameters[0], range: range(node))
    for component in node.components {
      guard case .property(let property) = component.component else {
        return refuse(.keyPaths, at: component)
      }
      let name = property.declName.baseName.text
      if case .tuple(let elements) = value.type, let index = Self.elementIndex(name, in: elements) {
        value = Expression(kind: .element(value, index), type: elements[index].type, range: range(component))
        continue
      }
      if let structure = structure(of: value.type), let member = structure.members[name] {
        value = self.property(name, member, of: value, at: property.declName, range: component)
        if value.isInvalid { return value }
        continue
      }
      guard let found = members(of: value.type, named: name).first(where: { $0.entry.kind == .property })
      else {
        return unknownMember(name, of: value.type, at: property.declName)
      }
      note(found.entry)
      value = Expression(kind: .callEntry(found.entry, [value]), type: found.result, range: range(component))
    }
    return closure(returning: value, parameters: parameters)
  }

  private func closure(returning value: Expression, parameters: [CellType]) -> Expression {
    let type = CellType.function(parameters, returns: value.type)
    let function = Function(
      name: "closure", parameterCount: parameters.count, localCount: parameters.count, captures: [],
      body: [.giveBack(value)], type: type, range: value.range)
    return Expression(kind: .closure(function), type: type, range: value.range)
  }
}
