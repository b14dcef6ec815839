internal import SwiftSyntax

import struct Diagnostics.SourceRange

/// Checks `init` in structs, enums and extensions.
extension CellChecker {
  /// Declares an initialiser.
  mutating func announce(_ node: InitializerDeclSyntax, in structure: inout Structure, isOwn: Bool) {
    if let generics = node.genericParameterClause { report(Unsupported.generics, at: generics) }
    var function = signature(node.signature)
    let type = CellType.structure(structure.type)
    function.result = node.optionalMark == nil ? type : .optional(type)
    let isRepeated = structure.initialisers.contains { other in
      other.function.parameters.map(\.label) == function.parameters.map(\.label)
        && other.function.parameters.map(\.type) == function.parameters.map(\.type)
    }
    if isRepeated {
      let labels = function.parameters.map { "\($0.label ?? "_"):" }.joined()
      report(TypeDeclarationProblem.repeatedInitialiser(labels), at: node.initKeyword)
    }
    structure.initialisers.append(Structure.Method(function: function, global: newGlobal()))
    if isOwn { structure.lacksMemberwise = true }
    initialiserNumbers[node.id] = structure.initialisers.count - 1
  }

  /// Checks the body of an initialiser.
  mutating func initialiser(_ node: InitializerDeclSyntax, of name: String) {
    requireModifiers(node.modifiers, node.attributes, allowed: [])
    if let effects = node.signature.effectSpecifiers {
      report(effects.asyncSpecifier == nil ? Unsupported.throwing : .async, at: effects)
    }
    guard let number = initialiserNumbers[node.id], var structure = globals.structures[name],
      structure.initialisers.indices.contains(number), let body = node.body
    else { return }
    readDefaults(node.signature, &structure.initialisers[number].function)
    structure.initialisers[number].function.isDeclared = true
    globals.structures[name] = structure
    let declared = structure.initialisers[number]
    var inside = declared.function
    inside.result = .void
    let known = diagnostics.count
    let checked = functionBody(
      node.initKeyword, node.signature.parameterClause.parameters, (body.statements, body.rightBrace), inside,
      receiver: Receiver(
        structure: name, isMutating: true, isInitialiser: true, mayFail: node.optionalMark != nil),
      what: "initializer")
    if diagnostics.count == known {
      requireInitialised(structure, checked.body, at: range(body.rightBrace))
    }
    let empty = Value.structure(
      StructureValue(
        type: name, fields: structure.properties.map { _ in .void }, labels: structure.properties.map(\.name))
    )
    let function = Function(
      name: checked.name, parameterCount: checked.parameterCount, localCount: checked.localCount,
      captures: checked.captures, capturesChanging: checked.capturesChanging,
      body: defaults(of: structure) + checked.body, type: declared.function.type, range: checked.range,
      initialValue: empty)
    madeFunctions.append((declared.global, function))
  }

  /// The statements that give properties their initial values.
  private func defaults(of structure: Structure) -> [Statement] {
    structure.properties.enumerated().compactMap { index, property in
      guard let value = property.defaultExpression, let type = property.type, !value.isInvalid else {
        return nil
      }
      let place = Place(
        reference: .local(0), name: "self", path: [.element(index)], type: type, range: value.range)
      return .assign(place, value)
    }
  }

  private mutating func requireInitialised(
    _ structure: Structure, _ body: [Statement], at end: SourceRange
  ) {
    var flow = InitialiserFlow(structure)
    flow.walk(body)
    flow.finish(at: end)
    for fault in flow.faults { report(fault.problem, at: fault.range) }
  }

  /// Checks `self.init(…)`; `nil` for other expressions.
  mutating func delegation(_ node: ExprSyntax) -> [Statement]? {
    guard let call = node.as(FunctionCallExprSyntax.self),
      let member = call.calledExpression.as(MemberAccessExprSyntax.self),
      member.declName.baseName.tokenKind == .keyword(.`init`),
      let base = member.base?.as(DeclReferenceExprSyntax.self), base.baseName.tokenKind == .keyword(.self),
      let receiver, let structure = globals.structures[receiver.structure]
    else { return nil }
    guard isInitialising else {
      report(
        Unsupported(
          "'self.init' outside an initialiser", plural: false, instead: "write \(structure.name)(…)"),
        at: member)
      return []
    }
    let value = initialise(structure, call, hint: .structure(structure.type))
    if value.isInvalid { return [] }
    if value.type.wrapped != nil {
      report(Unsupported("delegating to an initialiser that may fail", plural: false), at: member)
      return []
    }
    guard let place = selfPlace(base, for: .assignment) else { return [] }
    return [.assign(place, value)]
  }
}
