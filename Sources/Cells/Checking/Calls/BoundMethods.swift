internal import SwiftSyntax

/// Checks methods of values used as functions: `map(scaler.scaled)`.
extension CellChecker {
  /// The method that an expression such as `scaler.scaled` names, if its base is a value of a struct or an enum.
  func method(of node: MemberAccessExprSyntax) -> (structure: Structure, method: Structure.Method)? {
    let name = node.declName.baseName.text
    let isKnown = globals.structures.values.contains {
      if case .method(let method)? = $0.members[name] { !method.isStatic } else { false }
    }
    var trial = self
    guard isKnown, let base = node.base, trial.typeReference(base) == nil,
      let structure = structure(of: trial.infer(base).type),
      case .method(let method)? = structure.members[name], !method.isStatic
    else { return nil }
    return (structure, method)
  }

  /// A closure that calls the method; `nil` if no function is expected here. The value is computed once.
  mutating func boundMethod(_ node: MemberAccessExprSyntax, labels: [String?]?, hint: CellType?)
    -> Expression?
  {
    let isExpected = if case .function? = hint?.unwrapped { true } else { false }
    let isInitialValue = hint == nil && node.parent?.is(InitializerClauseSyntax.self) == true
    guard isExpected || isInitialValue, let base = node.base, let (structure, method) = method(of: node)
    else {
      return nil
    }
    let name = node.declName.baseName.text
    let own = method.function.parameters
    guard labels.map({ $0 == own.map(\.label) }) ?? true else { return nil }
    if method.isMutating || own.contains(where: { $0.type.isInout || $0.isVariadic }) {
      report(CallProblem.functionAsValue(node.trimmedDescription, labels: own.map(\.label)), at: node)
      return invalid(node)
    }
    noteUse(structure)
    requireAccess(name, of: structure, at: node.declName)
    let value = infer(base)
    if value.isInvalid { return invalid(node) }
    let range = range(node)
    let receiver = Reference.local(temporary())
    let type = CellType.function(own.map(\.type), returns: method.function.result)
    let callee = callee(method, named: "\(structure.name).\(name)", at: node)
    let arguments = own.enumerated().map { index, parameter in
      Expression(kind: .variable(.local(index), name: "$\(index)"), type: parameter.type, range: range)
    }
    let captured = Expression(kind: .variable(.captured(0), name: "self"), type: value.type, range: range)
    let call = Expression(
      kind: .call(callee, [captured] + arguments), type: method.function.result, range: range)
    let function = Function(
      name: "closure", parameterCount: own.count, localCount: own.count, captures: [receiver],
      body: [.giveBack(call)], type: type, range: range)
    let closure = Expression(kind: .closure(function), type: type, range: range)
    return Expression(
      kind: .conditional(.block([.bind(.variable(receiver), value), .giveBack(closure)])), type: type,
      range: range)
  }
}
