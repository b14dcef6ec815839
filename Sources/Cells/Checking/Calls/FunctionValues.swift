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
    functionValue(entries.map { Callable($0) }, named: name, labels: nil, hint: hint, at: node)
  }

  /// A closure that calls the first candidate that accepts the expected parameters.
  ///
  /// - Parameter labels: the argument labels of `String.init(describing:)`; `nil` if the name has none.
  private mutating func functionValue(
    _ candidates: [Callable], named name: String, labels: [String?]?, hint: CellType?,
    at node: some SyntaxProtocol
  ) -> Expression {
    let candidates = candidates.filter { candidate in
      labels.map { $0 == candidate.parameters.map(\.label) } ?? true
    }
    guard let (parameters, wanted) = expectedFunction(hint, candidates) else {
      if hint != .invalid { reportFunctionAsValue(name, candidates, at: node) }
      return invalid(node)
    }
    let range = range(node)
    for candidate in candidates {
      // A function of several parameters takes the elements of one tuple.
      let elements = Self.elements(of: parameters, for: candidate)
      guard let given = elements ?? (candidate.parameters.count == parameters.count ? parameters : nil) else {
        continue
      }
      var substitution = candidate.substitution
      let fits = zip(candidate.parameters, given).allSatisfy { own, given in
        own.type.hasVariables
          ? substitution.unify(own.type, with: given, in: self)
          : !own.type.isInout && isSameValue(given, own.type)
      }
      let result = substitution.applied(to: candidate.result)
      let isAllowed = candidate.requirements.allSatisfy { name, constraint in
        substitution.bindings[name].map { constraint.holds(for: $0) } ?? true
      }
      guard fits, isAllowed, !result.hasVariables,
        wanted.map({ $0.hasVariables || isSameValue(result, $0) || $0.wrapped == result }) ?? true
      else { continue }
      let locals = zip(given, candidate.parameters).enumerated().map { index, types in
        // A sequence of any kind stays what it is.
        let type = types.1.type.hasVariables ? types.0 : types.1.type
        let first = Expression(kind: .variable(.local(0), name: "$0"), type: parameters[0], range: range)
        let kind: Expression.Kind =
          elements == nil ? .variable(.local(index), name: "$\(index)") : .element(first, index)
        return Expression(kind: kind, type: type, range: range)
      }
      if case .entry(let entry, _) = candidate.target { note(entry) }
      let call = Expression(kind: kind(of: candidate, locals, at: node), type: result, range: range)
      return closure(returning: call, parameters: parameters)
    }
    reportFunctionAsValue(name, candidates, at: node)
    return invalid(node)
  }

  private mutating func reportFunctionAsValue(
    _ name: String, _ candidates: [Callable], at node: some SyntaxProtocol
  ) {
    let labels = candidates.first { !$0.parameters.isEmpty }?.parameters.map(\.label) ?? [nil]
    report(CallProblem.functionAsValue(name, labels: labels), at: node)
  }

  private static func elements(of parameters: [CellType], for candidate: Callable) -> [CellType]? {
    guard parameters.count == 1, case .tuple(let elements) = parameters[0],
      candidate.parameters.count == elements.count
    else { return nil }
    return elements.map(\.type)
  }

  /// The parameters and the result that the context expects, or those of the only candidate; the result may be open.
  private func expectedFunction(
    _ hint: CellType?, _ candidates: [Callable]
  ) -> (parameters: [CellType], result: CellType?)? {
    if case .function(let parameters, let result) = hint?.unwrapped {
      return parameters.contains { $0.hasVariables || $0.isLiteral } ? nil : (parameters, result)
    }
    guard hint == nil, candidates.count == 1, let only = candidates.first,
      !only.parameters.contains(where: { $0.type.hasVariables || $0.type.isInout || $0.isVariadic })
    else { return nil }
    return (only.parameters.map(\.type), nil)
  }

  // MARK: Members of types

  /// Checks `Trial.init`, `Double.init`, `Recipe.step` and `Trial.made` used as functions, with or without labels;
  /// `nil` for other members.
  mutating func functionMember(_ node: MemberAccessExprSyntax, hint: CellType?) -> Expression? {
    let name = node.declName.baseName.text
    let labels = node.declName.argumentNames.map { names in
      names.arguments.map { $0.name.text == "_" ? nil : $0.name.text }
    }
    guard let base = node.base else {
      guard labels != nil else { return nil }
      return refuse(.member(node.trimmedDescription, instead: "write a closure"), at: node)
    }
    if let generic = base.as(DeclReferenceExprSyntax.self)?.baseName.text,
      Self.genericTypes.contains(generic),
      name == "init", lookUp(generic) == nil
    {
      return functionValue(
        StandardLibrary.functions(named: generic).map { Callable($0) }, named: "\(generic).init",
        labels: labels,
        hint: hint, at: node)
    }
    guard let type = typeReference(base) else {
      if let method = boundMethod(node, labels: labels, hint: hint) { return method }
      guard labels != nil else { return nil }
      let (member, given) = (node.declName.baseName.text, labels ?? [])
      let arguments = given.enumerated().map { index, label in (label.map { "\($0): " } ?? "") + "$\(index)" }
      let call = "\(base.trimmedDescription).\(member)(\(arguments.joined(separator: ", ")))"
      return refuse(
        .member(node.trimmedDescription, instead: "write a closure: { \(call) }"), at: node)
    }
    guard let structure = structure(of: type) else {
      guard name == "init" else { return nil }
      let entries = catalogue.callables(named: "\(type)") + StandardLibrary.functions(named: "\(type)")
      return functionValue(
        entries.map { Callable($0) }, named: "\(type).init", labels: labels, hint: hint, at: node)
    }
    let candidates = functions(named: name, of: structure, at: node)
    if candidates.isEmpty { return nil }
    if !structure.isDeclared, !mayUseLater {
      report(NameProblem.usedBeforeDeclaration(structure.name), at: node)
      return invalid(node)
    }
    noteUse(structure)
    return functionValue(
      candidates, named: "\(structure.name).\(name)", labels: labels, hint: hint, at: node)
  }

  /// The initialisers, the static method or the case of a type of the cells with this name, without receivers.
  private func functions(
    named name: String, of structure: Structure, at node: some SyntaxProtocol
  ) -> [Callable] {
    if name == "init" { return initialisers(of: structure, at: node) }
    switch structure.members[name] {
    case .method(let method)? where method.isStatic:
      return [callable(method, named: name, of: structure, .none, at: node)]
    case .enumerationCase(let index)? where !structure.cases[index].payload.isEmpty:
      return [callable(ofCase: index, structure)]
    default: return []
    }
  }

  /// Whether the expression names a function of a type: `Trial.init`, `Recipe.step`, `String.init(describing:)`.
  func isFunctionMember(_ node: MemberAccessExprSyntax) -> Bool {
    let name = node.declName.baseName.text
    if name == "init" || node.declName.argumentNames != nil { return true }
    if method(of: node) != nil { return true }
    guard let type = node.base?.as(DeclReferenceExprSyntax.self)?.baseName.text, lookUp(type) == nil,
      let structure = globals.structures[type == "Self" ? ownType ?? type : type]
    else { return false }
    switch structure.members[name] {
    case .method(let method)?: return method.isStatic
    case .enumerationCase(let index)?: return !structure.cases[index].payload.isEmpty
    default: return false
    }
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
      if name == "self" { continue }
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

  func closure(returning value: Expression, parameters: [CellType]) -> Expression {
    let type = CellType.function(parameters, returns: value.type)
    let function = Function(
      name: "closure", parameterCount: parameters.count, localCount: parameters.count, captures: [],
      body: [.giveBack(value)], type: type, range: value.range)
    return Expression(kind: .closure(function), type: type, range: value.range)
  }
}
