internal import SwiftSyntax

/// Checks declarations of structs and enums, and extensions of them.
extension CellChecker {
  // MARK: Announcing

  /// Declares a cell's types before its statements are checked: first their names, then their members.
  mutating func announceTypes(_ items: CodeBlockItemListSyntax) {
    let nodes = TypeNode.all(in: items)
    let declared = nodes.filter { $0.kind != .extending && announceName($0) }
    let extensions = nodes.filter { $0.kind == .extending && announceExtension($0) }
    for node in declared where node.kind == .enumeration { inside(node) { $0.announceCases(node) } }
    for node in declared + extensions { inside(node) { $0.announceMembers(node) } }
  }

  /// Runs the body while `Self` is the type.
  private mutating func inside<R>(_ node: TypeNode, _ body: (inout Self) -> R) -> R {
    ownType = node.name.text
    defer { ownType = nil }
    return body(&self)
  }

  private mutating func announceName(_ node: TypeNode) -> Bool {
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
    var structure = Structure(
      type: StructureType(name), location: range(node.name).start, firstGlobal: firstGlobal)
    if node.kind == .enumeration { structure.kind = .enumeration }
    announceConformances(node, &structure)
    globals.structures[name] = structure
    definedNames.append(name)
    // Types of earlier cells have smaller numbers, also if they declare no globals.
    _ = newGlobal()
    return true
  }

  private mutating func announceConformances(_ node: TypeNode, _ structure: inout Structure) {
    let isEnumeration = node.kind == .enumeration
    if isEnumeration, node.cases.allSatisfy({ $0.parameterClause == nil }) {
      (structure.type.isEquatable, structure.type.isHashable) = (true, true)
    }
    let inheritedTypes = node.inheritance.map { Array($0.inheritedTypes) } ?? []
    for (index, inherited) in inheritedTypes.enumerated() {
      switch inherited.type.trimmedDescription {
      case "Equatable":
        structure.type.isEquatable = true
        structure.type.hasOwnEquality = node.declares(operator: "==")
      case "Hashable": (structure.type.isEquatable, structure.type.isHashable) = (true, true)
      case "Sendable": break
      case "CaseIterable" where isEnumeration: structure.isCaseIterable = true
      case "Comparable":
        (structure.type.isEquatable, structure.type.isComparable) = (true, true)
        structure.type.hasOwnOrder = node.declares(operator: "<")
        structure.type.hasOwnEquality = node.declares(operator: "==")
      case "String" where isEnumeration && index == 0: structure.rawType = .string
      case "Int" where isEnumeration && index == 0: structure.rawType = .int
      case "Double" where isEnumeration && index == 0: structure.rawType = .double
      default: report(Unsupported.conformances, at: inherited.type)
      }
    }
  }

  private mutating func announceMembers(_ node: TypeNode) {
    let name = node.name.text
    guard var structure = globals.structures[name], !node.hasError else { return }
    // Annotated types first: the types of initial values may depend on them.
    for member in node.members {
      if let variable = member.decl.as(VariableDeclSyntax.self) {
        for binding in variable.bindings { announce(binding, of: variable, in: &structure, node) }
      } else if let function = member.decl.as(FunctionDeclSyntax.self) {
        announce(function, in: &structure)
      } else if let initialiser = member.decl.as(InitializerDeclSyntax.self) {
        announce(initialiser, in: &structure, isOwn: node.kind != .extending)
      }
    }
    globals.structures[name] = structure
    inferProperties(node, onlyQuietly: true)
  }

  private mutating func announce(
    _ binding: PatternBindingSyntax, of node: VariableDeclSyntax, in structure: inout Structure,
    _ owner: TypeNode
  ) {
    guard let token = binding.pattern.as(IdentifierPatternSyntax.self)?.identifier else {
      report(Unsupported.patterns, at: binding.pattern)
      return
    }
    let written = binding.typeAnnotation.map { type($0.type) }
    let isMutable = node.bindingSpecifier.tokenKind == .keyword(.var)
    let isStatic = node.modifiers.contains { $0.name.tokenKind == .keyword(.static) }
    noteAccess(token.text, node.modifiers, in: &structure)
    let member: Structure.Member
    if let accessors = binding.accessorBlock, !accessors.isObserving {
      if written == nil, binding.initializer == nil {
        report(StatementProblem.computedWithoutType, at: token)
      }
      let function = UserFunction(parameters: [], computedDefaults: [], result: written ?? .invalid)
      member = .computed(Structure.Method(function: function, global: newGlobal(), isStatic: isStatic))
    } else if isStatic {
      if isMutable { report(Unsupported.staticVariables, at: token) }
      if binding.initializer == nil { report(StatementProblem.needsValue(token.text), at: token) }
      member = .constant(global: newGlobal(), written)
    } else if owner.kind != .structure {
      report(TypeDeclarationProblem.storedProperty(inEnum: owner.kind == .enumeration), at: token)
      return
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
    noteAccess(node.name.text, node.modifiers, in: &structure)
    add(
      .method(
        Structure.Method(
          function: signature(node.signature), global: newGlobal(),
          isStatic: modifiers.contains(.keyword(.static)),
          isMutating: modifiers.contains(.keyword(.mutating)))),
      named: node.name, to: &structure)
  }

  mutating func add(
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

  mutating func newGlobal() -> Int {
    defer { globals.count += 1 }
    return globals.count
  }

  /// Infers the types of properties that have only an initial value. Problems are reported later, at the
  /// declaration.
  private mutating func inferProperties(_ node: TypeNode, onlyQuietly: Bool) {
    let name = node.name.text
    propertyOwner = name
    defer { propertyOwner = nil }
    for member in node.members {
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

  /// Checks a struct, an enum or an extension.
  mutating func typeDeclaration(_ declaration: DeclSyntax) -> [Statement] {
    guard let node = TypeNode(declaration) else { return refuse(.extensions, declaration) }
    let name = node.name.text
    if builderProtocol != nil {
      report(StatementProblem.notInBuilder("'\(node.keyword.text)'"), at: node.keyword)
      return []
    }
    guard isGlobalScope else { return refuse(.innerTypes, declaration) }
    if let attribute = node.attributes.first {
      report(Unsupported.attributes, at: attribute)
    } else if let modifier = Self.unsupportedModifier(in: node.modifiers, allowed: [.indirect]) {
      report(Unsupported.modifier(modifier.name.text), at: modifier)
    }
    if let generics = node.generics { report(Unsupported.genericTypes, at: generics) }
    guard let known = globals.structures[name] else { return [] }
    if node.kind == .extending {
      noteUse(known)
      inferProperties(node, onlyQuietly: false)
    } else {
      guard known.location == range(node.name).start else { return [] }
      inferProperties(node, onlyQuietly: false)
      requireFinite(name, node)
      requireConformances(of: name, node)
      // Code further down can use the initialiser, and so can the methods.
      globals.structures[name]?.isDeclared = true
    }
    return inside(node) { checker in
      if node.kind == .enumeration { checker.readDefaults(ofCases: node) }
      return node.members.flatMap { checker.member($0.decl, of: name) }
    }
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
    case .initializerDecl(let initialiser):
      self.initialiser(initialiser, of: name)
      return []
    case .enumCaseDecl(let cases):
      requireModifiers(cases.modifiers, cases.attributes, allowed: [.indirect])
      return []
    case .structDecl, .enumDecl: return refuse(.innerTypes, node)
    case .subscriptDecl:
      return refuse(Unsupported("custom subscripts", instead: "write a method"), node)
    case .missingDecl: return []
    default: return declaration(node)
    }
  }

  mutating func requireModifiers(
    _ modifiers: DeclModifierListSyntax, _ attributes: AttributeListSyntax, allowed: [Keyword]
  ) {
    if let attribute = attributes.first { report(Unsupported.attributes, at: attribute) }
    if let modifier = Self.unsupportedModifier(in: modifiers, allowed: allowed) {
      report(Unsupported.modifier(modifier.name.text), at: modifier)
    }
  }

  private mutating func property(_ node: PatternBindingSyntax, of name: String) -> [Statement] {
    guard let token = node.pattern.as(IdentifierPatternSyntax.self)?.identifier,
      let member = globals.structures[name]?.members[token.text]
    else { return [] }
    if let accessors = node.accessorBlock, accessors.isObserving {
      report(Unsupported.observers, at: accessors)
    }
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
    if case .binaryOperator = node.name.tokenKind, !requireOwnOperator(node, of: name) { return }
    guard case .method(var method)? = globals.structures[name]?.members[node.name.text], let body = node.body
    else { return }
    readDefaults(node.signature, &method.function)
    method.function.isDeclared = true
    globals.structures[name]?.members[node.name.text] = .method(method)
    let receiver = Receiver(structure: name, isStatic: method.isStatic, isMutating: method.isMutating)
    let function = functionBody(
      node.name, node.signature.parameterClause.parameters, (body.statements, body.rightBrace),
      method.function,
      receiver: receiver, what: method.isStatic ? "static method" : "instance method")
    madeFunctions.append((method.global, function))
  }
}

extension AccessorBlockSyntax {
  /// Whether it observes a stored property: `willSet` and `didSet`.
  fileprivate var isObserving: Bool {
    guard case .accessors(let list) = accessors else { return false }
    return list.contains {
      [.keyword(.willSet), .keyword(.didSet)].contains($0.accessorSpecifier.tokenKind)
    }
  }
}
