internal import SwiftSyntax

/// Checks expressions, by kind of syntax.
extension CellChecker {
  /// Infers the type of an expression from itself.
  ///
  /// - Parameter hint: the type expected by the context, used by implicit members, closures, `nil` and collection
  ///   literals. The result may still have another type; ``convert(_:to:for:at:)`` decides.
  mutating func infer(_ node: ExprSyntax, hint: CellType? = nil) -> Expression {
    guard descend(node) else { return invalid(node) }
    defer { depth -= 1 }
    let isPassedOn = allowsNonEscaping
    allowsNonEscaping = false
    let isSource = allowsConditional
    allowsConditional = false
    // A problem in the context has been reported there; `.invalid` suppresses follow-up errors.
    let isAnything = hint == .anything
    let hint: CellType? = hint?.isInvalid == true ? .invalid : isAnything ? nil : hint
    switch node.as(ExprSyntaxEnum.self) {
    case .integerLiteralExpr(let literal): return number(literal.literal, isNegative: false, at: range(node))
    case .floatLiteralExpr(let literal): return number(literal.literal, isNegative: false, at: range(node))
    case .booleanLiteralExpr(let literal):
      let value = literal.literal.tokenKind == .keyword(.true)
      return Expression(kind: .constant(.bool(value)), type: .bool, range: range(node))
    case .nilLiteralExpr:
      return Expression(kind: .constant(.optional(nil)), type: .nilLiteral, range: range(node))
    case .stringLiteralExpr(let literal): return string(literal)
    case .arrayExpr(let literal): return array(literal, hint: hint)
    case .dictionaryExpr(let literal): return dictionary(literal, hint: hint)
    case .tupleExpr(let literal): return tuple(literal, hint: isAnything ? .anything : hint)
    case .sequenceExpr(let sequence): return infer(sequence, hint: isAnything ? .anything : hint)
    case .prefixOperatorExpr(let prefix): return infer(prefix, hint: hint)
    case .declReferenceExpr(let reference): return name(reference, hint: hint, isPassedOn: isPassedOn)
    case .memberAccessExpr, .functionCallExpr, .subscriptCallExpr, .forceUnwrapExpr, .optionalChainingExpr:
      return chain(node, hint: hint)
    case .closureExpr(let closure): return closureWithoutCall(closure, hint: hint, escapes: !isPassedOn)
    case .keyPathExpr(let path): return keyPathFunction(path, hint: hint)
    case .postfixOperatorExpr(let postfix) where postfix.operator.text == "...":
      return partialRange(from: postfix.expression, to: nil, isClosed: true, hint: hint, at: node)
    case .ifExpr where isSource, .switchExpr where isSource: return conditionalValue(node, hint: hint)
    case .ifExpr, .switchExpr:
      report(SwitchProblem.valuePlace(node.is(IfExprSyntax.self) ? "if" : "switch"), at: node)
      return invalid(node)
    case .inOutExpr(let argument):
      report(CallProblem.inoutOutsideCall, at: argument.ampersand)
      return invalid(node)
    case .missingExpr: return invalid(node)
    default: return refuse(unsupported(node), at: node)
    }
  }

  /// The description of an unsupported kind of expression.
  private func unsupported(_ node: ExprSyntax) -> Unsupported {
    switch node.as(ExprSyntaxEnum.self) {
    case .tryExpr: .throwing
    case .awaitExpr: .async
    case .macroExpansionExpr: .macros
    case .regexLiteralExpr: .regexes
    case .superExpr: .superValue
    case .asExpr, .isExpr: .casts
    case .postfixOperatorExpr(let postfix):
      Unsupported("operator '\(postfix.operator.text)'", plural: false, instead: "for example, 'i += 1'")
    case .typeExpr, .genericSpecializationExpr: .metatypes
    case .discardAssignmentExpr: Unsupported("'_' as a value", plural: false)
    default: Unsupported("'\(node.trimmedDescription.prefix(40))'", plural: false)
    }
  }

  // MARK: Names

  private mutating func name(_ node: DeclReferenceExprSyntax, hint: CellType?, isPassedOn: Bool) -> Expression
  {
    let name = node.baseName.text
    if node.baseName.tokenKind == .keyword(.self) { return selfValue(at: node) ?? invalid(node) }
    if case .binaryOperator = node.baseName.tokenKind { return operatorFunction(node, hint: hint) }
    if let variable = lookUp(name) {
      if let function = variable.function, !canUse(variable, function) {
        report(NameProblem.usedBeforeDeclaration(name), at: node)
      }
      if variable.isNonEscaping, !isPassedOn { report(CallProblem.nonEscapingUse(name), at: node) }
      return Expression(
        kind: .variable(resolve(variable, at: node), name: name), type: variable.type, range: range(node))
    }
    if implicitMember(name) != nil { return implicitProperty(name, node) ?? invalid(node) }
    if case .dollarIdentifier = node.baseName.tokenKind {
      if functions.last?.kind != .closure {
        report(NameProblem.anonymousArgumentOutsideClosure(name), at: node)
        return invalid(node)
      }
    } else if !functionEntries(named: name).isEmpty || name == "print" {
      return functionValue(functionEntries(named: name), named: name, hint: hint, at: node)
    } else if namedType(name) != nil {
      report(NameProblem.typeAsValue(name), at: node)
      return invalid(node)
    }
    return unknown(name, at: node)
  }

  mutating func unknown(_ name: String, at node: some SyntaxProtocol) -> Expression {
    if isUnclear(name) { return invalid(node) }
    let suggestion = suggestion(forUnknown: name, at: Syntax(node))
    if let foreign = foreignName(name, at: Syntax(node), suggestion: suggestion) {
      report(
        NameProblem.unknown(name, suggestion: nil, foreign: foreign.note), at: node, fixIts: foreign.fixIts)
    } else {
      report(
        NameProblem.unknown(name, suggestion: suggestion?.name), at: node,
        fixIts: rename(node, to: suggestion))
    }
    return invalid(node)
  }

  /// Whether a top-level function can be used here: functions above its declaration may call it, statements may
  /// not.
  func canUse(_ variable: Variable, _ function: UserFunction) -> Bool {
    function.isDeclared || mayUseLater
  }

  /// Checks `+` or `<` used as a function value: a closure with two parameters.
  private mutating func operatorFunction(_ node: DeclReferenceExprSyntax, hint: CellType?) -> Expression {
    let name = node.baseName.text
    guard case .function(let parameters, _) = hint, parameters.count == 2,
      let op = BinaryOperator(rawValue: name)
    else {
      report(TypeProblem.unresolvedGeneric(name), at: node)
      return invalid(node)
    }
    let range = range(node)
    let operand = parameters[0].hasVariables || parameters[0].isLiteral ? parameters[1] : parameters[0]
    let locals = [0, 1].map { index in
      let type = parameters[index].hasVariables || parameters[index].isLiteral ? operand : parameters[index]
      return Expression(kind: .variable(.local(index), name: "$\(index)"), type: type, range: range)
    }
    if let call = ownOperator(op, locals[0], locals[1], at: node, range: range) {
      return closure(returning: call, parameters: locals.map(\.type))
    }
    guard parameters[0] == parameters[1] || parameters[0].hasVariables || parameters[0].isLiteral,
      let result = result(of: op, on: operand)
    else {
      report(TypeProblem.binaryOperands(name, parameters[0], parameters[1]), at: node)
      return invalid(node)
    }
    let value = Expression(kind: .binary(op, locals[0], locals[1]), type: result, range: range)
    return closure(returning: value, parameters: [operand, operand])
  }

  // MARK: Chains

  /// Checks a postfix chain such as `a.b(c)[d]?.e`. Its optional links end with the chain.
  private mutating func chain(_ node: ExprSyntax, hint: CellType?) -> Expression {
    let outer = chainLinks
    chainLinks = []
    let body = postfix(node, hint: hint)
    let links = chainLinks ?? []
    chainLinks = outer
    if links.isEmpty { return body }
    if body.isInvalid { return faulty(links.map(\.base) + [body], at: node) }
    let settled = settle(body, at: node)
    let wraps = settled.type.wrapped == nil
    let type =
      settled.type == .void ? CellType.optional(.void) : wraps ? .optional(settled.type) : settled.type
    return Expression(
      kind: .optionalChain(links: links, body: settled, wraps: wraps), type: type, range: range(node))
  }

  /// Checks one link of a chain. Bases are checked here too, so that `?` finds its chain.
  mutating func postfix(_ node: ExprSyntax, hint: CellType?) -> Expression {
    guard descend(node) else { return invalid(node) }
    defer { depth -= 1 }
    switch node.as(ExprSyntaxEnum.self) {
    case .memberAccessExpr(let member): return self.member(member, hint: hint)
    case .functionCallExpr(let call): return self.call(call, hint: hint)
    case .subscriptCallExpr(let call): return element(call)
    case .forceUnwrapExpr(let unwrap):
      let base = postfix(unwrap.expression, hint: hint.map { .optional($0) })
      if base.isInvalid { return faulty([base], at: node) }
      guard let wrapped = base.type.wrapped else {
        report(TypeProblem.notOptional(base.type, .coercion), at: node)
        return invalid(node)
      }
      return Expression(kind: .unwrap(base), type: wrapped, range: range(node))
    case .optionalChainingExpr(let optional):
      let base = postfix(optional.expression, hint: nil)
      if base.isInvalid { return faulty([base], at: node) }
      guard let wrapped = base.type.wrapped else {
        report(TypeProblem.notOptional(base.type, .value), at: node)
        return invalid(node)
      }
      let local = temporary()
      chainLinks?.append((local, base))
      return Expression(kind: .variable(.local(local), name: "?"), type: wrapped, range: range(node))
    default: return infer(node, hint: hint)
    }
  }
}
