internal import SwiftSyntax

/// The enclosing method: `self` is a value of the type, or the type itself in a static method.
struct Receiver: Sendable {
  var structure: String
  var isStatic = false
  var isMutating = false
  var isInitialiser = false
  /// Whether this is `init?`.
  var mayFail = false
}

/// Checks uses of structs: construction, properties and methods.
extension CellChecker {
  /// The struct of a value's type.
  func structure(of type: CellType) -> Structure? {
    if case .structure(let type) = type { globals.structures[type.name] } else { nil }
  }

  /// The method whose body is being checked, including nested closures and functions.
  var receiver: Receiver? { functions.last { $0.receiver != nil }?.receiver }

  /// Whether code is being checked that initialises constant properties.
  var isInitialising: Bool { functions.last?.receiver?.isInitialiser ?? false }

  /// The member of the enclosing struct that a bare name refers to.
  func implicitMember(_ name: String) -> (receiver: Receiver, member: Structure.Member)? {
    guard let receiver, let member = globals.structures[receiver.structure]?.members[name] else { return nil }
    return (receiver, member)
  }

  /// `self`, or `nil` after reporting a problem.
  mutating func selfValue(at node: some SyntaxProtocol) -> Expression? {
    guard let variable = lookUp("self") else {
      report(NameProblem.unknown("self", suggestion: nil), at: node)
      return nil
    }
    return Expression(
      kind: .variable(resolve(variable, at: node), name: "self"), type: variable.type, range: range(node))
  }

  // MARK: Properties

  /// Checks a member read without `self.`; `nil` after reporting a problem.
  mutating func implicitProperty(_ name: String, _ node: DeclReferenceExprSyntax) -> Expression? {
    guard let (receiver, member) = implicitMember(name) else { return nil }
    guard requireKind(member, name, receiver, at: node) else { return nil }
    if receiver.isStatic { return staticProperty(name, member, of: receiver.structure, at: node) }
    guard let value = selfValue(at: node) else { return nil }
    return property(name, member, of: value, at: node, range: node)
  }

  /// Checks that an instance member is used on a value and a static member on the type.
  private mutating func requireKind(
    _ member: Structure.Member, _ name: String, _ receiver: Receiver, at node: some SyntaxProtocol
  ) -> Bool {
    if member.isStatic == receiver.isStatic { return true }
    if case .enumerationCase = member {
      reportCase(name, of: receiver.structure, at: node)
      return false
    }
    report(
      NameProblem.memberKind(name, of: receiver.structure, isStatic: member.isStatic), at: node)
    return false
  }

  private mutating func reportCase(_ name: String, of type: String, at node: some SyntaxProtocol) {
    report(NameProblem.caseOfInstance(name, of: type), at: node)
  }

  mutating func property(
    _ name: String, _ member: Structure.Member, of value: Expression, at node: some SyntaxProtocol,
    range whole: some SyntaxProtocol
  ) -> Expression {
    guard let structure = structure(of: value.type) else { return invalid(node) }
    noteUse(structure)
    requireAccess(name, of: structure, at: node)
    switch member {
    case .stored(let index):
      let type = typeOfProperty(index, structure, at: node)
      return Expression(kind: .element(value, index), type: type, range: range(whole))
    case .computed(let method) where !method.isStatic:
      let callee = callee(method, named: "\(structure.name).\(name)", at: node)
      return Expression(kind: .call(callee, [value]), type: method.function.result, range: range(whole))
    case .method(let method) where !method.isStatic:
      let access = Syntax(node).parent?.as(MemberAccessExprSyntax.self)
      if let access, access.parent?.is(LabeledExprSyntax.self) == true, !method.isMutating {
        report(
          CallProblem.functionAsValue(
            access.trimmedDescription, labels: method.function.parameters.map(\.label)), at: access)
      } else {
        report(TypeProblem.memberIsFunction(name), at: node)
      }
      return invalid(node)
    case .raw:
      guard let row = rawValueRows(of: structure)?.property else { return invalid(node) }
      return Expression(kind: .callEntry(row, [value]), type: row.result, range: range(whole))
    case .enumerationCase:
      reportCase(name, of: structure.name, at: node)
      return invalid(node)
    default:
      report(NameProblem.memberKind(name, of: structure.name, isStatic: true), at: node)
      return invalid(node)
    }
  }

  /// Checks `.defaults` or `Config.defaults`.
  mutating func staticProperty(
    _ name: String, _ member: Structure.Member, of structure: String, at node: some SyntaxProtocol
  ) -> Expression {
    if let structure = globals.structures[structure] {
      noteUse(structure)
      requireAccess(name, of: structure, at: node)
    }
    switch member {
    case .constant(let global, let type):
      if type == nil { report(NameProblem.usedBeforeDeclaration(name), at: node) }
      return Expression(
        kind: .variable(.global(global), name: name), type: type ?? .invalid, range: range(node))
    case .computed(let method) where method.isStatic:
      let callee = callee(method, named: "\(structure).\(name)", at: node)
      return Expression(kind: .call(callee, []), type: method.function.result, range: range(node))
    case .method(let method) where method.isStatic: report(TypeProblem.memberIsFunction(name), at: node)
    case .enumerationCase(let index):
      if let structure = globals.structures[structure] {
        return enumerationValue(index, of: structure, at: node)
      }
    case .allCases:
      if let structure = globals.structures[structure] { return allCases(of: structure, at: node) }
    default: report(NameProblem.memberKind(name, of: structure, isStatic: false), at: node)
    }
    return invalid(node)
  }

  mutating func typeOfProperty(
    _ index: Int, _ structure: Structure, at node: some SyntaxProtocol
  ) -> CellType {
    if let type = structure.properties[index].type { return type }
    report(NameProblem.usedBeforeDeclaration(structure.properties[index].name), at: node)
    return .invalid
  }

  /// The function that implements a method; its first argument is the value.
  func callee(_ method: Structure.Method, named name: String, at node: some SyntaxProtocol)
    -> Expression
  {
    Expression(
      kind: .variable(.global(method.global), name: name), type: method.function.type, range: range(node))
  }

  mutating func noteUse(_ structure: Structure) {
    if structure.firstGlobal < firstGlobal { usedNames.insert(structure.name) }
    for one in structure.extensions where one.firstGlobal < firstGlobal { usedNames.insert(one.name) }
  }

  // MARK: Calls

  /// Checks a call of an initialiser: the type's own, or the memberwise one.
  mutating func initialise(_ structure: Structure, _ node: FunctionCallExprSyntax, hint: CellType?)
    -> Expression
  {
    if !structure.isDeclared, !mayUseLater {
      report(NameProblem.usedBeforeDeclaration(structure.name), at: node.calledExpression)
      return Expression(kind: .invalid, type: .structure(structure.type), range: range(node))
    }
    noteUse(structure)
    let candidates = initialisers(of: structure, at: node.calledExpression)
    if candidates.isEmpty {
      report(TypeDeclarationProblem.noInitialiser(structure.name), at: node.calledExpression)
      return Expression(kind: .invalid, type: .structure(structure.type), range: range(node))
    }
    if structure.initialisers.isEmpty { requireMemberwise(of: structure, at: node.calledExpression) }
    return call(candidates, node, hint: hint)
  }

  /// The type's own initialisers, that of its raw value, and the memberwise one.
  func initialisers(of structure: Structure, at node: some SyntaxProtocol) -> [Callable] {
    var candidates = structure.initialisers.map { callable(of: $0, structure, at: node) }
    if let rows = rawValueRows(of: structure) { candidates.append(Callable(rows.initialiser)) }
    if !structure.lacksMemberwise, !structure.isEnumeration { candidates.append(memberwise(structure)) }
    return candidates
  }

  private func memberwise(_ structure: Structure) -> Callable {
    let parameters = structure.parameters
    return Callable(
      name: structure.name, parameters: parameters.map(\.info),
      computedDefaults: parameters.map(\.computedDefault), result: .structure(structure.type),
      target: .structure(structure, parameters.map(\.index)), declaration: structure.signature)
  }

  private func callable(
    of initialiser: Structure.Method, _ structure: Structure, at node: some SyntaxProtocol
  )
    -> Callable
  {
    let function = initialiser.function
    let labels = function.parameters.map(\.declaration).joined(separator: ", ")
    return Callable(
      name: structure.name, parameters: function.parameters, computedDefaults: function.computedDefaults,
      result: function.result, target: .value(callee(initialiser, named: structure.name, at: node)),
      declaration: "\(structure.name)(\(labels))")
  }

  /// The fields of a new value: the arguments, and the constants with an initial value.
  mutating func fields(
    of structure: Structure, _ indices: [Int], _ values: [Expression], at node: some SyntaxProtocol
  ) -> [Expression] {
    var given = Dictionary(uniqueKeysWithValues: zip(indices, values))
    for (index, property) in structure.properties.enumerated() where given[index] == nil {
      guard let value = property.defaultExpression else { continue }
      if case .invalid = value.kind, !isAnnouncing, !value.type.isInvalid || !structure.isDeclared {
        report(Unsupported.lateDefault, at: node)
      }
      given[index] = value
    }
    return structure.properties.indices.map { given[$0] ?? invalid(node) }
  }

  /// Checks a call of a value's member, or returns `nil` if its type is not a struct.
  mutating func callMember(
    _ name: String, of value: Expression, _ member: MemberAccessExprSyntax, _ node: FunctionCallExprSyntax,
    hint: CellType?
  ) -> Expression? {
    guard let structure = structure(of: value.type) else { return nil }
    guard case .method(let method)? = structure.members[name] else {
      // A stored function, or an unknown name.
      return call(self.member(member, hint: nil), node)
    }
    if method.isStatic {
      report(NameProblem.memberKind(name, of: structure.name, isStatic: true), at: member.declName)
      return invalid(node)
    }
    if method.isMutating {
      if let base = member.base,
        base.is(OptionalChainingExprSyntax.self) || base.is(ForceUnwrapExprSyntax.self)
      {
        return refuse(.forcedAssignment, at: base)
      }
      report(
        CallProblem.immutableReceiver("'\(member.base?.trimmedDescription ?? "self")' is a temporary value"),
        at: member.base.map { Syntax($0) } ?? Syntax(member))
      return invalid(node)
    }
    return call(method, named: name, of: structure, .value(value), node, hint: hint)
  }

  /// Checks a call of a mutating method on an assignable expression; `nil` if it is none.
  mutating func callMutating(
    _ name: String, _ base: ExprSyntax, _ node: FunctionCallExprSyntax, hint: CellType?
  ) -> Expression? {
    guard isPlaceLike(base), let type = placeType(base), let structure = structure(of: type),
      case .method(let method)? = structure.members[name], method.isMutating
    else { return nil }
    guard let place = place(base, for: .mutation) else { return invalid(node) }
    return call(method, named: name, of: structure, .place(place), node, hint: hint)
  }

  /// Checks a method call without `self.`.
  mutating func callImplicit(
    _ name: String, _ receiver: Receiver, _ member: Structure.Member, _ reference: DeclReferenceExprSyntax,
    _ node: FunctionCallExprSyntax, hint: CellType?
  ) -> Expression {
    guard case .method(let method) = member, let structure = globals.structures[receiver.structure] else {
      return call(self.infer(ExprSyntax(reference)), node)
    }
    guard requireKind(member, name, receiver, at: reference) else { return invalid(node) }
    if method.isStatic { return call(method, named: name, of: structure, .none, node, hint: hint) }
    if method.isMutating {
      guard let place = selfPlace(reference, for: .mutation) else { return invalid(node) }
      return call(method, named: name, of: structure, .place(place), node, hint: hint)
    }
    guard let value = selfValue(at: reference) else { return invalid(node) }
    return call(method, named: name, of: structure, .value(value), node, hint: hint)
  }

  mutating func callStatic(
    _ name: String, of structure: Structure, _ member: MemberAccessExprSyntax, _ node: FunctionCallExprSyntax,
    hint: CellType?
  ) -> Expression {
    guard let found = structure.members[name] else {
      return unknownStaticMember(name, of: .structure(structure.type), at: member.declName)
    }
    if case .enumerationCase(let index) = found {
      return callCase(index, of: structure, member, node, hint: hint)
    }
    guard case .method(let method) = found, method.isStatic else {
      return call(staticProperty(name, found, of: structure.name, at: member.declName), node)
    }
    return call(method, named: name, of: structure, .none, node, hint: hint)
  }

  private mutating func call(
    _ method: Structure.Method, named name: String, of structure: Structure, _ receiver: Callable.Receiver,
    _ node: FunctionCallExprSyntax, hint: CellType?
  ) -> Expression {
    noteUse(structure)
    requireAccess(name, of: structure, at: node.calledExpression)
    if !method.function.isDeclared, !mayUseLater {
      report(NameProblem.usedBeforeDeclaration(name), at: node.calledExpression)
    }
    return call(
      [callable(method, named: name, of: structure, receiver, at: node.calledExpression)], node, hint: hint)
  }

  func callable(
    _ method: Structure.Method, named name: String, of structure: Structure, _ receiver: Callable.Receiver,
    at node: some SyntaxProtocol
  ) -> Callable {
    let labels = method.function.parameters.map(\.declaration).joined(separator: ", ")
    return Callable(
      name: name, parameters: method.function.parameters,
      computedDefaults: method.function.computedDefaults, result: method.function.result,
      target: .method(callee(method, named: "\(structure.name).\(name)", at: node), receiver),
      declaration: "\(structure.name).\(name)(\(labels))")
  }

  /// Whether later declarations can be used here: functions can use them, statements cannot.
  var mayUseLater: Bool { isAnnouncing || functions.contains { $0.kind == .globalFunction } }
}
