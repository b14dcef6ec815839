internal import SwiftSyntax

import struct Diagnostics.SourceRange

/// Checks `let`, `var` and `func` declarations.
extension CellChecker {
  mutating func declaration(_ node: DeclSyntax) -> [Statement] {
    switch node.as(DeclSyntaxEnum.self) {
    case .variableDecl(let variable): return self.variable(variable)
    case .functionDecl(let function): return self.function(function)
    case .missingDecl: return []
    case .classDecl: return refuse(.classes, node)
    case .structDecl, .enumDecl, .extensionDecl: return typeDeclaration(node)
    case .protocolDecl: return refuse(.protocols, node)
    case .actorDecl: return refuse(.actors, node)
    case .importDecl: return refuse(.imports, node)
    case .typeAliasDecl: return refuse(.typealiases, node)
    case .macroDecl, .macroExpansionDecl, .ifConfigDecl, .poundSourceLocation: return refuse(.macros, node)
    default: return refuse(Unsupported("this kind of declaration", plural: false), node)
    }
  }

  // MARK: let and var

  private mutating func variable(_ node: VariableDeclSyntax) -> [Statement] {
    if let attribute = node.attributes.first {
      report(Unsupported.attributes, at: attribute)
    } else if let modifier = Self.unsupportedModifier(in: node.modifiers) {
      report(Unsupported.modifier(modifier.name.text), at: modifier)
    }
    let isMutable = node.bindingSpecifier.tokenKind == .keyword(.var)
    // `let a, b: Int` gives the type to both.
    var out: [Statement] = []
    for binding in node.bindings {
      if let accessors = binding.accessorBlock {
        report(Unsupported.computed, at: accessors)
        _ = bind(binding.pattern, to: .invalid, isMutable: isMutable)
        continue
      }
      let written = binding.isSetOfLiteral ? nil : binding.typeAnnotation.map { type($0.type) }
      guard let initializer = binding.initializer else {
        out += variableWithoutValue(binding, written, isMutable: isMutable)
        continue
      }
      var value: Expression
      allowsConditional = true
      if let written {
        value = check(initializer.value, as: written, for: .specified)
      } else {
        // A closure in a variable may be called later.
        allowsNonEscaping = !initializer.value.is(ClosureExprSyntax.self)
        value = inferSet(binding) ?? infer(initializer.value)
        if value.isInvalid, value.type != .nilLiteral {
          let pattern = bind(binding.pattern, to: value.type, isMutable: isMutable)
          out.append(.bind(pattern, value))
          continue
        }
        value = settle(value, at: initializer.value)
      }
      if value.type == .void, written == nil {
        report(TypeProblem.voidBinding(binding.pattern.trimmedDescription), at: binding.pattern)
      }
      let pattern = bind(binding.pattern, to: value.type, isMutable: isMutable)
      noteValue(value, of: binding, in: node)
      if written == nil { noteWholeNumber(binding) }
      out.append(.bind(pattern, value))
    }
    return out
  }

  private mutating func noteWholeNumber(_ binding: PatternBindingSyntax) {
    guard let literal = binding.initializer?.value.as(IntegerLiteralExprSyntax.self),
      literal.literal.text.allSatisfy({ $0.isNumber || $0 == "_" }),
      let name = binding.pattern.as(IdentifierPatternSyntax.self)?.identifier.text
    else { return }
    let number = (range(literal), literal.literal.text)
    if isGlobalScope {
      globals.variables[name]?.wholeNumber = number
    } else if !scopes.isEmpty {
      scopes[scopes.count - 1][name]?.wholeNumber = number
    }
  }

  /// Checks a variable without an initial value; only an optional has one by default, nil.
  private mutating func variableWithoutValue(
    _ binding: PatternBindingSyntax, _ written: CellType?, isMutable: Bool
  ) -> [Statement] {
    let name = binding.pattern.trimmedDescription
    if case .optional = written, let written, isMutable {
      let pattern = bind(binding.pattern, to: written, isMutable: true)
      let value = Expression(kind: .constant(.optional(nil)), type: written, range: range(binding))
      return [.bind(pattern, value)]
    }
    report(StatementProblem.needsValue(name), at: binding.pattern)
    // It may get its value later, so that is not reported a second time.
    _ = bind(binding.pattern, to: written ?? .invalid, isMutable: true)
    return []
  }

  /// Declares the names of a pattern.
  mutating func bind(_ node: PatternSyntax, to type: CellType, isMutable: Bool) -> Pattern {
    guard descend(node) else { return .ignored }
    defer { depth -= 1 }
    switch node.as(PatternSyntaxEnum.self) {
    case .identifierPattern(let name):
      return .variable(
        declare(name.identifier.text, type: type, isMutable: isMutable, at: range(name.identifier)))
    case .wildcardPattern: return .ignored
    case .tuplePattern(let tuple):
      let nodes = tuple.elements.map(\.pattern)
      if nodes.count == 1 { return bind(nodes[0], to: type, isMutable: isMutable) }
      var types: [CellType] = Array(repeating: .invalid, count: nodes.count)
      if case .tuple(let elements) = type, elements.count == nodes.count {
        types = elements.map(\.type)
      } else if !type.isInvalid {
        report(TypeProblem.destructuring(type, count: nodes.count), at: node)
      }
      var patterns: [Pattern] = []
      for (node, type) in zip(nodes, types) { patterns.append(bind(node, to: type, isMutable: isMutable)) }
      return .tuple(patterns)
    default:
      report(Unsupported.patterns, at: node)
      return .ignored
    }
  }

  /// Declares, without types, the names that a statement with a syntax error would have declared.
  mutating func declareNames(in item: CodeBlockItemSyntax) {
    guard case .decl(let declaration) = item.item else { return }
    if let variable = declaration.as(VariableDeclSyntax.self) {
      for binding in variable.bindings {
        guard let name = binding.pattern.as(IdentifierPatternSyntax.self)?.identifier, !name.text.isEmpty
        else {
          continue
        }
        _ = declare(name.text, type: .invalid, isMutable: true, at: range(name))
      }
    } else if let function = declaration.as(FunctionDeclSyntax.self), !isGlobalScope,
      !function.name.text.isEmpty
    {
      _ = declare(function.name.text, type: .invalid, isMutable: false, at: range(function.name))
    }
  }

  /// Declares, without types, the names of an unsupported pattern.
  mutating func declareNames(in node: Syntax) {
    var pending = [node]
    while let next = pending.popLast() {
      if let name = next.as(IdentifierPatternSyntax.self)?.identifier {
        _ = declare(name.text, type: .invalid, isMutable: true, at: range(name))
      }
      pending += next.children(viewMode: .sourceAccurate).filter { !$0.is(TokenSyntax.self) }
    }
  }

  // MARK: func

  /// Declares a function's name before the statements above it are checked.
  mutating func announce(_ node: FunctionDeclSyntax) {
    let name = node.name.text
    if let known = globals.variables[name], known.function != nil, definedNames.contains(name) {
      report(Unsupported.overloads, at: node.name)
      return
    }
    if let generics = node.genericParameterClause { report(Unsupported.generics, at: generics) }
    let signature = node.hasError || node.genericParameterClause != nil ? nil : signature(node.signature)
    _ = declare(
      name, type: signature?.type ?? .invalid, isMutable: false, function: signature, at: range(node.name))
  }

  /// The parameters and result type; defaults are checked at the declaration.
  mutating func signature(_ node: FunctionSignatureSyntax) -> UserFunction {
    var parameters: [ParameterInfo] = []
    var defaults: [Expression?] = []
    for parameter in node.parameterClause.parameters {
      let token = parameter.secondName ?? parameter.firstName
      let label = parameter.firstName.text
      if let attribute = parameter.attributes.first { report(Unsupported.attributes, at: attribute) }
      var info = ParameterInfo(
        label: label == "_" ? nil : label, name: token.text,
        type: parameter.ellipsis == nil ? parameterType(parameter.type) : .array(type(parameter.type)))
      info.isVariadic = parameter.ellipsis != nil
      info.isEscaping =
        parameter.type.as(AttributedTypeSyntax.self)?.attributes.contains {
          $0.as(AttributeSyntax.self)?.attributeName.trimmedDescription == "escaping"
        } ?? false
      if let value = parameter.defaultValue {
        info.defaultText = value.value.trimmedDescription
        info.hasComputedDefault = true
      }
      parameters.append(info)
      defaults.append(parameter.defaultValue.map { invalid($0.value) })
    }
    let result = node.returnClause.map { type($0.type) } ?? .void
    return UserFunction(parameters: parameters, computedDefaults: defaults, result: result)
  }

  private mutating func function(_ node: FunctionDeclSyntax) -> [Statement] {
    if builderProtocol != nil {
      report(StatementProblem.notInBuilder("'func'"), at: node.funcKeyword)
      return []
    }
    if let attribute = node.attributes.first {
      report(Unsupported.attributes, at: attribute)
    } else if let modifier = Self.unsupportedModifier(in: node.modifiers) {
      report(Unsupported.modifier(modifier.name.text), at: modifier)
    }
    if let generics = node.genericParameterClause {
      if !isGlobalScope {
        report(Unsupported.generics, at: generics)
        _ = declare(node.name.text, type: .invalid, isMutable: false, at: range(node.name))
      }
      return []
    }
    if let effects = node.signature.effectSpecifiers {
      report(effects.asyncSpecifier == nil ? Unsupported.throwing : .async, at: effects)
    }
    if case .binaryOperator = node.name.tokenKind {
      return refuse(.freeOperators, node.name)
    }
    guard let body = node.body else { return [] }
    let isGlobal = isGlobalScope
    if !isGlobal {
      let signature = signature(node.signature)
      _ = declare(
        node.name.text, type: signature.type, isMutable: false, function: signature, at: range(node.name))
    }
    guard let variable = isGlobal ? globals.variables[node.name.text] : scopes.last?[node.name.text],
      var signature = variable.function, variable.location == range(node.name).start
    else { return [] }
    readDefaults(node.signature, &signature)
    signature.isDeclared = true
    update(variable, function: signature)
    let made = functionBody(
      node.name, node.signature.parameterClause.parameters, (body.statements, body.rightBrace), signature,
      what: isGlobal ? "global function" : "local function")
    if case .global(let index) = variable.storage {
      madeFunctions.append((index, made))
      return []
    }
    guard case .local(let slot, _) = variable.storage else { return [] }
    return [.declare(made, .local(slot))]
  }

  private mutating func update(_ variable: Variable, function: UserFunction) {
    if case .global = variable.storage {
      globals.variables[variable.name]?.function = function
    } else if !scopes.isEmpty {
      scopes[scopes.count - 1][variable.name]?.function = function
    }
  }

  mutating func readDefaults(_ node: FunctionSignatureSyntax, _ signature: inout UserFunction) {
    for (index, parameter) in node.parameterClause.parameters.enumerated() {
      guard let value = parameter.defaultValue, signature.computedDefaults.indices.contains(index) else {
        continue
      }
      if signature.parameters[index].type.isInout {
        report(CallProblem.inoutDefault(signature.parameters[index].name), at: value.value)
        continue
      }
      signature.computedDefaults[index] = defaultExpression(
        value.value, signature.parameters[index].type, for: .defaultValue)
    }
  }

  /// Checks a parameter's default, which sees only top-level names and is evaluated at each call.
  ///
  /// - Parameter type: the expected type; `nil` if the value decides.
  mutating func defaultExpression(_ node: ExprSyntax, _ type: CellType?, for purpose: Purpose) -> Expression {
    let saved = (scopes, functions)
    scopes = []
    // The caller's local variables are out of scope.
    functions = [FunctionContext(.globalFunction, result: nil)]
    let value = type.map { check(node, as: $0, for: purpose) } ?? settle(infer(node), at: node)
    let needsLocals = functions[0].localCount > 0
    (scopes, functions) = saved
    if needsLocals {
      report(Unsupported("optional chaining in default arguments", plural: false), at: node)
      return invalid(node)
    }
    return value
  }

  /// Checks a function's body.
  ///
  /// - Parameters:
  ///   - receiver: the type, if the function is a method.
  ///   - what: the function's kind in messages, for example "local function".
  mutating func functionBody(
    _ name: TokenSyntax, _ parameters: FunctionParameterListSyntax?,
    _ body: (statements: CodeBlockItemListSyntax, end: TokenSyntax), _ signature: UserFunction,
    receiver: Receiver? = nil, what: String
  ) -> Function {
    functions.append(
      FunctionContext(isGlobalScope ? .globalFunction : .localFunction, result: signature.result))
    functions[functions.count - 1].receiver = receiver
    scopes.append([:])
    let isMember = receiver.map { !$0.isStatic } ?? false
    if isMember, let receiver, let structure = globals.structures[receiver.structure] {
      _ = declare(
        "self", type: .structure(structure.type), isMutable: receiver.isMutating, isParameter: true,
        at: range(name))
    }
    for (parameter, info) in zip(parameters.map(Array.init) ?? [], signature.parameters) {
      let token = parameter.secondName ?? parameter.firstName
      if token.text == "_" {
        _ = temporary()
      } else {
        var isNonEscaping = false
        if case .function = info.type { isNonEscaping = !info.isEscaping }
        _ = declare(
          token.text, type: info.type.withoutInout, isMutable: info.type.isInout, isParameter: true,
          isNonEscaping: isNonEscaping, at: range(token))
      }
    }
    let statements: [Statement]
    if signature.result != .void, let expression = onlyValue(body.statements) {
      allowsConditional = true
      statements = [returned(expression, as: signature.result, for: .returned)]
    } else {
      let known = diagnostics.count
      statements = inScope { $0.statements(body.statements) }
      if diagnostics.count == known, signature.result != .void, !signature.result.isInvalid,
        !body.statements.hasError, !body.end.hasError, !Statement.alwaysLeaves(statements)
      {
        report(StatementProblem.missingReturn(what: what, signature.result), at: body.end)
      }
    }
    scopes.removeLast()
    let context = functions.removeLast()
    return Function(
      name: name.text, parameterCount: signature.parameters.count + (isMember ? 1 : 0),
      localCount: context.localCount, captures: context.captures,
      capturesChanging: context.capturesChanging, body: statements, type: signature.type,
      range: range(name), isMutating: receiver?.isMutating ?? false)
  }
}
