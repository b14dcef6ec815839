internal import SwiftSyntax

/// Checks closures and builder blocks.
extension CellChecker {
  /// Checks a closure that is not an argument of a call.
  mutating func closureWithoutCall(_ node: ClosureExprSyntax, hint: CellType?, escapes: Bool = true)
    -> Expression
  {
    if hint == .invalid { return invalid(node) }
    guard case .function(let parameters, let result) = hint?.unwrapped,
      !parameters.contains(where: \.hasVariables)
    else { return closure(node, parameters: nil, result: nil, escapes: escapes) }
    return closure(
      node, parameters: parameters, result: result.hasVariables ? nil : result, escapes: escapes)
  }

  private struct ClosureParameter {
    var name: String
    var node: Syntax
    var type: CellType?
  }

  /// Checks a closure.
  ///
  /// - Parameters:
  ///   - parameters: the types expected by the context; `nil` for those that the closure must state.
  ///   - result: the expected result type; `nil` if the body decides.
  ///   - resultPattern: the partially known result type, if `result` is `nil`.
  ///   - escapes: whether it may be called after the enclosing function has returned.
  mutating func closure(
    _ node: ClosureExprSyntax, parameters: [CellType]?, result: CellType?, resultPattern: CellType? = nil,
    escapes: Bool = true
  ) -> Expression {
    if let capture = node.signature?.capture { return refuse(.captureLists, at: capture) }
    if let effects = node.signature?.effectSpecifiers { return refuse(.throwing, at: effects) }
    if let attributes = node.signature?.attributes, !attributes.isEmpty {
      return refuse(.attributes, at: attributes)
    }
    let named = closureParameters(node)
    let declared = node.signature?.returnClause.map { self.type($0.type) }
    let used = named?.count ?? anonymousCount(node)
    let found = parameterTypes(node, named, used, parameters, result)
    guard let types = found else { return invalid(node) }
    // `{ key, value in … }` destructures the pair if one pair is expected.
    var split: [TupleElement]?
    if types.count == 1, used > 1, case .tuple(let elements) = types[0], elements.count == used {
      split = elements
    }

    let savedBuilder = builderProtocol
    let savedLinks = chainLinks
    builderProtocol = nil
    chainLinks = nil
    functions.append(FunctionContext(.closure, result: declared ?? result))
    functions[functions.count - 1].isEscaping = escapes
    scopes.append([:])
    var body: [Statement] = []
    if let split {
      let whole = temporary()
      let patterns = split.enumerated().map { index, element in
        pattern(named?[index], index: index, type: element.type, node)
      }
      let range = range(node)
      let value = Expression(kind: .variable(.local(whole), name: "$0"), type: types[0], range: range)
      body.append(.bind(.tuple(patterns), value))
    } else {
      for (index, type) in types.enumerated() { _ = pattern(named?[index], index: index, type: type, node) }
    }
    body += closureBody(node, hint: resultPattern)
    scopes.removeLast()
    let context = functions.removeLast()
    builderProtocol = savedBuilder
    chainLinks = savedLinks
    let type = CellType.function(types, returns: context.result ?? .void)
    let function = Function(
      name: "closure", parameterCount: types.count, localCount: context.localCount,
      captures: context.captures, capturesChanging: context.capturesChanging,
      body: body, type: type, range: range(node))
    return Expression(kind: .closure(function), type: type, range: range(node))
  }

  /// Declares one parameter; its position is its local variable's number.
  private mutating func pattern(
    _ parameter: ClosureParameter?, index: Int, type: CellType, _ node: ClosureExprSyntax
  ) -> Pattern {
    let name = parameter?.name ?? "$\(index)"
    let place = parameter.map { range($0.node) } ?? range(node)
    if name == "_" { return .variable(.local(temporary())) }
    return .variable(
      declare(
        name, type: type.withoutInout, isMutable: type.isInout, isParameter: true, at: place))
  }

  private mutating func closureParameters(_ node: ClosureExprSyntax) -> [ClosureParameter]? {
    switch node.signature?.parameterClause {
    case nil: return node.signature == nil ? nil : []
    case .simpleInput(let list):
      return list.map { ClosureParameter(name: $0.name.text, node: Syntax($0.name)) }
    case .parameterClause(let clause):
      var out: [ClosureParameter] = []
      for parameter in clause.parameters {
        let token = parameter.secondName ?? parameter.firstName
        out.append(
          ClosureParameter(
            name: token.text, node: Syntax(token), type: parameter.type.map { parameterType($0) }))
      }
      return out
    @unknown default:
      report(Unsupported.newSyntax, at: node)
      return nil
    }
  }

  /// The parameters' types; `nil` after reporting a problem.
  private mutating func parameterTypes(
    _ node: ClosureExprSyntax, _ named: [ClosureParameter]?, _ used: Int, _ expected: [CellType]?,
    _ result: CellType?
  ) -> [CellType]? {
    guard let expected else {
      var types: [CellType] = []
      for (index, parameter) in (named ?? []).enumerated() {
        guard let type = parameter.type else {
          report(CallProblem.closureParameterType(named?[index].name ?? "$\(index)"), at: parameter.node)
          return nil
        }
        types.append(type)
      }
      if named == nil, used > 0 {
        report(CallProblem.closureParameterType("$0"), at: node)
        return nil
      }
      return types
    }
    if expected.count == 1, used > 1, case .tuple(let elements) = expected[0], elements.count == used {
      return expected
    }
    if used != expected.count {
      if named == nil, used == 0 {
        report(CallProblem.closureArgumentIgnored(expected.count), at: node.leftBrace)
      } else {
        report(
          CallProblem.closureParameterCount(
            .function(expected, returns: result ?? .variable("Result")), expected: expected.count, found: used
          ),
          at: node.leftBrace)
      }
      return nil
    }
    for (parameter, type) in zip(named ?? [], expected) {
      if let written = parameter.type, written != type, !written.isInvalid {
        report(TypeProblem.mismatch(type, written, .argument), at: parameter.node)
        return nil
      }
    }
    return expected
  }

  /// The number of anonymous parameters (`$0`, `$1`, …), taken from the highest; nested closures count their own.
  private func anonymousCount(_ node: ClosureExprSyntax) -> Int {
    var count = 0
    var pending = [Syntax(node.statements)]
    while let next = pending.popLast() {
      if let reference = next.as(DeclReferenceExprSyntax.self),
        case .dollarIdentifier(let text) = reference.baseName.tokenKind, let index = Int(text.dropFirst())
      {
        count = max(count, min(index, 100) + 1)
      }
      for child in next.children(viewMode: .sourceAccurate)
      where !child.is(TokenSyntax.self) && !child.is(ClosureExprSyntax.self) {
        pending.append(child)
      }
    }
    return count
  }

  private mutating func closureBody(_ node: ClosureExprSyntax, hint: CellType?) -> [Statement] {
    let items = node.statements
    let expected = functions[functions.count - 1].result
    if let expression = onlyValue(items), expected != .void || !expression.isConditional {
      let value: Expression
      allowsConditional = true
      switch expected {
      case .void?:
        return [.expression(settle(infer(expression), at: expression))]
      case let wanted?: return [returned(expression, as: wanted, for: .closureResult)]
      case nil:
        var found = infer(expression)
        // A plain value becomes an optional if the pattern expects one, as in compactMap.
        if found.type == .nilLiteral { found = settle(found, at: expression) }
        value = settle(found, at: expression)
        functions[functions.count - 1].result = value.type
      }
      return [.giveBack(value)]
    }
    let known = diagnostics.count
    let body = statements(items)
    let result = functions[functions.count - 1].result ?? .void
    functions[functions.count - 1].result = result
    if diagnostics.count == known, result != .void, !result.isInvalid, !Statement.alwaysLeaves(body) {
      report(StatementProblem.missingReturn(what: "closure", result), at: node.rightBrace)
    }
    return body
  }

  // MARK: Builder blocks

  /// Checks a block that collects values: its expressions are the elements, evaluated in place.
  mutating func builder(_ node: ExprSyntax, of name: String, parameter: String) -> Expression {
    guard let closure = node.as(ClosureExprSyntax.self) else {
      report(CallProblem.blockExpected(parameter, protocolName: name), at: node)
      return invalid(node)
    }
    if let signature = closure.signature {
      report(CallProblem.closureParameterCount(.builder(name), expected: 0, found: 1), at: signature)
      return invalid(node)
    }
    let savedBuilder = builderProtocol
    let savedLinks = chainLinks
    let savedLoops = functions[functions.count - 1].loops
    builderProtocol = name
    chainLinks = nil
    functions[functions.count - 1].loops = 0
    let body = inScope { $0.statements(closure.statements) }
    functions[functions.count - 1].loops = savedLoops
    builderProtocol = savedBuilder
    chainLinks = savedLinks
    return Expression(kind: .builder(body), type: .builder(name), range: range(node))
  }
}
