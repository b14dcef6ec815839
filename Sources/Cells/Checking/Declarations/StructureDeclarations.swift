internal import SwiftSyntax

/// Checks struct declarations.
extension CellChecker {
  // MARK: Announcing

  /// Declares a cell's structs before its statements are checked: first their names, then their members.
  mutating func announceStructures(_ items: CodeBlockItemListSyntax) {
    let nodes = items.compactMap { item -> StructDeclSyntax? in
      guard case .decl(let declaration) = item.item else { return nil }
      return declaration.as(StructDeclSyntax.self)
    }
    let known = nodes.filter { announceName($0) }
    for node in known { announceMembers(node) }
  }

  private mutating func announceName(_ node: StructDeclSyntax) -> Bool {
    let name = node.name.text
    if name.isEmpty { return false }
    if node.hasError {
      globals.unclear.insert(name)
      return false
    }
    if let first = globals.structures[name]?.location ?? globals.variables[name]?.location {
      reportRedeclaration(name, first, at: range(node.name))
      return false
    }
    if namedType(name) != nil || Self.genericTypes.contains(name) || StandardLibrary.hasFunction(name) {
      report(Unsupported.takenTypeName(name), at: node.name)
      return false
    }
    var type = StructureType(name)
    for inherited in node.inheritanceClause?.inheritedTypes ?? [] {
      switch inherited.type.trimmedDescription {
      case "Equatable": type.isEquatable = true
      case "Hashable": (type.isEquatable, type.isHashable) = (true, true)
      case "Sendable": break
      default: report(Unsupported.conformances, at: inherited.type)
      }
    }
    globals.structures[name] = Structure(
      type: type, location: range(node.name).start, firstGlobal: firstGlobal)
    definedNames.append(name)
    return true
  }

  private mutating func announceMembers(_ node: StructDeclSyntax) {
    let name = node.name.text
    guard var structure = globals.structures[name], !node.hasError else { return }
    // Annotated types first: the types of initial values may depend on them.
    for member in node.memberBlock.members {
      if let variable = member.decl.as(VariableDeclSyntax.self) {
        for binding in variable.bindings { announce(binding, of: variable, in: &structure) }
      } else if let function = member.decl.as(FunctionDeclSyntax.self) {
        announce(function, in: &structure)
      }
    }
    globals.structures[name] = structure
    inferProperties(node, onlyQuietly: true)
  }

  private mutating func announce(
    _ binding: PatternBindingSyntax, of node: VariableDeclSyntax, in structure: inout Structure
  ) {
    guard let token = binding.pattern.as(IdentifierPatternSyntax.self)?.identifier else {
      report(Unsupported.patterns, at: binding.pattern)
      return
    }
    let written = binding.typeAnnotation.map { type($0.type) }
    let isMutable = node.bindingSpecifier.tokenKind == .keyword(.var)
    let isStatic = node.modifiers.contains { $0.name.tokenKind == .keyword(.static) }
    let member: Structure.Member
    if binding.accessorBlock != nil {
      if written == nil, binding.initializer == nil {
        report(StatementProblem.computedWithoutType, at: token)
      }
      let function = UserFunction(parameters: [], computedDefaults: [], result: written ?? .invalid)
      member = .computed(Structure.Method(function: function, global: newGlobal(), isStatic: isStatic))
    } else if isStatic {
      if isMutable { report(Unsupported.staticVariables, at: token) }
      if binding.initializer == nil { report(StatementProblem.needsValue(token.text), at: token) }
      member = .constant(global: newGlobal(), written)
    } else {
      var property = Structure.Property(name: token.text, type: written, isMutable: isMutable)
      if let value = binding.initializer?.value {
        property.defaultText = value.trimmedDescription
        property.defaultExpression = invalid(value)
      } else if written?.wrapped != nil, isMutable {
        property.defaultText = "nil"
        property.defaultExpression = Expression(
          kind: .constant(.optional(nil)), type: written ?? .invalid, range: range(token))
      } else if written == nil {
        report(StatementProblem.typeMissing, at: token)
        property.type = .invalid
      }
      member = .stored(structure.properties.count)
      structure.properties.append(property)
    }
    add(member, named: token, to: &structure)
  }

  private mutating func announce(_ node: FunctionDeclSyntax, in structure: inout Structure) {
    if let generics = node.genericParameterClause {
      report(Unsupported.generics, at: generics)
      return
    }
    let modifiers = node.modifiers.map(\.name.tokenKind)
    add(
      .method(
        Structure.Method(
          function: signature(node), global: newGlobal(), isStatic: modifiers.contains(.keyword(.static)),
          isMutating: modifiers.contains(.keyword(.mutating)))),
      named: node.name, to: &structure)
  }

  private mutating func add(
    _ member: Structure.Member, named token: TokenSyntax, to structure: inout Structure
  ) {
    if let known = structure.members[token.text] {
      if case .method = known, case .method = member {
        report(Unsupported.overloads, at: token)
      } else {
        report(NameProblem.memberRedeclaration(token.text), at: token)
      }
      return
    }
    structure.members[token.text] = member
  }

  private mutating func newGlobal() -> Int {
    defer { globals.count += 1 }
    return globals.count
  }

  /// Infers the types of properties that have only an initial value. Problems are reported later, at the
  /// declaration.
  private mutating func inferProperties(_ node: StructDeclSyntax, onlyQuietly: Bool) {
    let name = node.name.text
    for member in node.memberBlock.members {
      guard let variable = member.decl.as(VariableDeclSyntax.self) else { continue }
      for binding in variable.bindings {
        guard let token = binding.pattern.as(IdentifierPatternSyntax.self)?.identifier,
          let value = binding.initializer?.value
        else { continue }
        switch globals.structures[name]?.members[token.text] {
        case .stored(let index)?:
          guard let property = globals.structures[name]?.properties[index] else { continue }
          if onlyQuietly {
            guard property.type == nil, let type = quietType(value) else { continue }
            globals.structures[name]?.properties[index].type = type
          } else {
            let expression = defaultExpression(value, property.type, for: .specified)
            globals.structures[name]?.properties[index].type = property.type ?? expression.type
            globals.structures[name]?.properties[index].defaultExpression = expression
          }
        case .constant(let global, nil)? where onlyQuietly:
          let type = quietType(value)
          globals.structures[name]?.members[token.text] = .constant(global: global, type)
        default: continue
        }
      }
    }
  }

  /// The type of an expression if it is already known; reports nothing.
  private func quietType(_ node: ExprSyntax) -> CellType? {
    var trial = self
    trial.isAnnouncing = true
    let value = trial.defaultExpression(node, nil, for: .specified)
    return value.type.isInvalid ? nil : value.type
  }

  // MARK: Checking

  mutating func structure(_ node: StructDeclSyntax) -> [Statement] {
    let name = node.name.text
    if builderProtocol != nil {
      report(StatementProblem.notInBuilder("'struct'"), at: node.structKeyword)
      return []
    }
    guard isGlobalScope else { return refuse(.innerStructs, node) }
    if let attribute = node.attributes.first {
      report(Unsupported.attributes, at: attribute)
    } else if let modifier = node.modifiers.first {
      report(Unsupported.modifiers, at: modifier)
    }
    if let generics = node.genericParameterClause { report(Unsupported.genericStructs, at: generics) }
    guard let known = globals.structures[name], known.location == range(node.name).start else { return [] }
    inferProperties(node, onlyQuietly: false)
    if let property = recursiveProperty(of: name) {
      report(StatementProblem.recursiveStructure(name, property: property), at: node.name)
    }
    requireConformances(of: name, at: node.name)
    // Code further down can use the initialiser, and so can the methods.
    globals.structures[name]?.isDeclared = true
    var out: [Statement] = []
    for member in node.memberBlock.members { out += self.member(member.decl, of: name) }
    return out
  }

  private mutating func member(_ node: DeclSyntax, of name: String) -> [Statement] {
    guard descend(node) else { return [] }
    defer { depth -= 1 }
    switch node.as(DeclSyntaxEnum.self) {
    case .variableDecl(let variable):
      requireModifiers(variable.modifiers, variable.attributes, allowed: [.static])
      return variable.bindings.flatMap { property($0, of: name) }
    case .functionDecl(let function):
      method(function, of: name)
      return []
    case .initializerDecl: return refuse(.initialisers, node)
    case .structDecl: return refuse(.innerStructs, node)
    case .subscriptDecl:
      return refuse(Unsupported("custom subscripts", instead: "write a method"), node)
    case .missingDecl: return []
    default: return declaration(node)
    }
  }

  private mutating func requireModifiers(
    _ modifiers: DeclModifierListSyntax, _ attributes: AttributeListSyntax, allowed: [Keyword]
  ) {
    if let attribute = attributes.first { report(Unsupported.attributes, at: attribute) }
    for modifier in modifiers where !allowed.contains(where: { modifier.name.tokenKind == .keyword($0) }) {
      report(Unsupported.modifiers, at: modifier)
    }
  }

  private mutating func property(_ node: PatternBindingSyntax, of name: String) -> [Statement] {
    guard let token = node.pattern.as(IdentifierPatternSyntax.self)?.identifier,
      let member = globals.structures[name]?.members[token.text]
    else { return [] }
    switch member {
    case .constant(let global, let written):
      guard let initializer = node.initializer?.value else { return [] }
      let value = defaultExpression(initializer, node.typeAnnotation == nil ? nil : written, for: .specified)
      globals.structures[name]?.members[token.text] = .constant(global: global, value.type)
      return [.bind(.variable(.global(global)), value)]
    case .computed(let method):
      guard let accessors = node.accessorBlock, let body = getter(accessors) else { return [] }
      let receiver = Receiver(structure: name, isStatic: method.isStatic)
      let function = functionBody(
        token, nil, body, method.function, receiver: receiver, what: "getter")
      madeFunctions.append((method.global, function))
      return []
    default: return []
    }
  }

  /// The statements that compute a property; `nil` after reporting a problem.
  private mutating func getter(_ node: AccessorBlockSyntax) -> (CodeBlockItemListSyntax, TokenSyntax)? {
    switch node.accessors {
    case .getter(let items): return (items, node.rightBrace)
    case .accessors(let list):
      guard list.count == 1, let only = list.first, only.accessorSpecifier.tokenKind == .keyword(.get),
        let body = only.body
      else {
        report(Unsupported.setters, at: node)
        return nil
      }
      return (body.statements, body.rightBrace)
    @unknown default:
      report(Unsupported.newSyntax, at: node)
      return nil
    }
  }

  private mutating func method(_ node: FunctionDeclSyntax, of name: String) {
    requireModifiers(node.modifiers, node.attributes, allowed: [.static, .mutating])
    if let effects = node.signature.effectSpecifiers {
      report(effects.asyncSpecifier == nil ? Unsupported.throwing : .async, at: effects)
    }
    if case .binaryOperator = node.name.tokenKind {
      report(Unsupported("operator functions"), at: node.name)
      return
    }
    guard case .method(var method)? = globals.structures[name]?.members[node.name.text], let body = node.body
    else { return }
    readDefaults(node, &method.function)
    method.function.isDeclared = true
    globals.structures[name]?.members[node.name.text] = .method(method)
    let receiver = Receiver(structure: name, isStatic: method.isStatic, isMutating: method.isMutating)
    let function = functionBody(
      node.name, node.signature.parameterClause.parameters, (body.statements, body.rightBrace),
      method.function,
      receiver: receiver, what: method.isStatic ? "static method" : "instance method")
    madeFunctions.append((method.global, function))
  }

  // MARK: Rules for structs as a whole

  /// A stored property that would make the struct contain itself.
  private func recursiveProperty(of name: String) -> String? {
    var visited: Set<String> = []
    func holds(_ type: CellType) -> Bool {
      switch type {
      case .structure(let inner):
        if inner.name == name { return true }
        guard visited.insert(inner.name).inserted else { return false }
        return globals.structures[inner.name]?.properties.contains { $0.type.map(holds) ?? false } ?? false
      case .optional(let wrapped): return holds(wrapped)
      case .tuple(let elements): return elements.contains { holds($0.type) }
      default: return false
      }
    }
    return globals.structures[name]?.properties.first { $0.type.map(holds) ?? false }?.name
  }

  /// Checks that the stored properties conform to Equatable or Hashable as the struct does.
  private mutating func requireConformances(of name: String, at token: TokenSyntax) {
    guard let structure = globals.structures[name] else { return }
    let wanted: [Constraint] =
      structure.type.isHashable ? [.hashable] : structure.type.isEquatable ? [.equatable] : []
    for constraint in wanted {
      for property in structure.properties {
        guard let type = property.type, !constraint.holds(for: type) else { continue }
        report(TypeProblem.noSynthesis(name, constraint, property: property.name, type), at: token)
        return
      }
    }
  }
}
