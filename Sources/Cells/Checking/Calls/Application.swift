internal import SwiftSyntax

/// Applies a row that overload resolution has chosen: converts the arguments and determines the generic parameters.
extension CellChecker {
  mutating func apply(
    _ callable: Callable, _ given: [Argument], _ matched: ArgumentMatch, _ node: FunctionCallExprSyntax,
    hint: CellType?
  ) -> Expression {
    let (arguments, match) = (matched.grouped(given), matched.arguments)
    var substitution = callable.substitution
    var values: [Expression?] = Array(repeating: nil, count: callable.parameters.count)
    var closures: [Int] = []
    // The expected type is a hint for the arguments; they may ignore it.
    var hinted = substitution
    adopt(hint, callable.result, &hinted)
    for (index, parameter) in callable.parameters.enumerated() {
      guard let given = match[index] else {
        values[index] =
          parameter.isVariadic
          ? Expression(kind: .array([]), type: parameter.type, range: range(node.calledExpression))
          : defaultValue(of: callable, at: index, node)
        continue
      }
      let argument = arguments[given]
      if parameter.isVariadic {
        values[index] = variadic(argument, as: parameter.type)
        continue
      }
      let wanted = substitution.decided(in: parameter.type)
      if case .inOut(let type) = wanted {
        values[index] = inoutArgument(argument.expression, as: type)
      } else if argument.expression.is(InOutExprSyntax.self) {
        values[index] = needlessAmpersand(argument.expression, as: wanted)
      } else if case .builder(let name) = wanted {
        values[index] = builder(argument.expression, of: name, parameter: parameter.name)
      } else if isFunctionLiteral(argument.expression) {
        closures.append(index)
      } else if !wanted.hasVariables, !wanted.isSequencePattern {
        allowsNonEscaping = !callable.keeps(parameter)
        let value = argument.inferred ?? infer(argument.expression, hint: wanted)
        values[index] = convert(value, to: wanted, for: .argument, at: argument.expression)
      } else {
        // A sequence of a known element type may be written as an array literal.
        let likely = hinted.applied(to: parameter.type)
        var hint = likely.hasVariables || likely.isSequencePattern ? nil : likely
        if case .sequence("", let element) = wanted, !element.hasVariables { hint = .array(element) }
        let value = argument.inferred ?? infer(argument.expression, hint: hint)
        values[index] = value
        if case .variable(let name) = wanted, callable.requirements[name] == .floatingPoint,
          value.type == .int
        {
          // The nearest concrete type that the function accepts says more than the protocol's name.
          values[index] = convert(value, to: .double, for: .argument, at: argument.expression)
        } else if !value.isInvalid, !substitution.unify(wanted, with: value.type, in: self) {
          let expected = substitution.applied(to: parameter.type).settled
          report(TypeProblem.mismatch(value.type.settled, expected, .argument), at: argument.expression)
          values[index] = invalid(argument.expression)
        }
      }
    }
    adopt(hint, callable.result, &substitution)
    let isWrong = values.contains { $0?.isInvalid ?? false }
    for index in closures {
      guard let given = match[index] else { continue }
      // The closure's parameter types are unknown if an earlier argument is wrong.
      if isWrong, callable.parameters[index].type.hasVariables {
        values[index] = invalid(arguments[given].expression)
        continue
      }
      values[index] = closureArgument(
        arguments[given].expression, callable.parameters[index], callable, &substitution)
    }
    return finish(callable, values, substitution, arguments, match, node)
  }

  /// The array of a variadic parameter's arguments.
  private mutating func variadic(_ argument: Argument, as type: CellType) -> Expression {
    guard case .array(let element) = type else { return invalid(argument.expression) }
    var values: [Expression] = []
    for node in [argument.expression] + argument.more {
      values.append(check(node, as: element, for: .argument))
    }
    let isWhole = !values.contains(where: \.isInvalid)
    return isWhole
      ? Expression(kind: .array(values), type: type, range: range(argument.expression))
      : faulty(values, at: argument.expression)
  }

  func isFunctionLiteral(_ node: ExprSyntax) -> Bool {
    if node.is(ClosureExprSyntax.self) || node.is(KeyPathExprSyntax.self) { return true }
    if let member = node.as(MemberAccessExprSyntax.self) { return isFunctionMember(member) }
    guard let reference = node.as(DeclReferenceExprSyntax.self) else { return false }
    if case .binaryOperator = reference.baseName.tokenKind { return true }
    return lookUp(reference.baseName.text) == nil && !functionEntries(named: reference.baseName.text).isEmpty
  }

  private mutating func defaultValue(of callable: Callable, at index: Int, _ node: FunctionCallExprSyntax)
    -> Expression?
  {
    if callable.computedDefaults.indices.contains(index), let expression = callable.computedDefaults[index] {
      if case .invalid = expression.kind { report(Unsupported.lateDefault, at: node.calledExpression) }
      return expression
    }
    let parameter = callable.parameters[index]
    return parameter.defaultValue.map {
      Expression(kind: .constant($0), type: parameter.type, range: range(node.calledExpression))
    }
  }

  /// Binds generic parameters that the arguments left open to the expected result type.
  private func adopt(_ hint: CellType?, _ result: CellType, _ substitution: inout Substitution) {
    guard let hint, result.hasVariables, hint != .anything, !hint.hasVariables, !hint.isLiteral else {
      return
    }
    for candidate in result.wrapped == nil ? [hint.unwrapped, hint] : [hint] {
      var trial = substitution
      if trial.unify(result, with: candidate, in: self) {
        substitution = trial
        return
      }
    }
  }

  /// Checks a closure argument. Other arguments fix its parameter types; its result may fix more generic
  /// parameters.
  private mutating func closureArgument(
    _ node: ExprSyntax, _ parameter: ParameterInfo, _ callable: Callable, _ substitution: inout Substitution
  ) -> Expression {
    let pattern = parameter.type
    guard case .function(let parameters, _) = pattern.unwrapped else {
      let value = infer(node, hint: substitution.applied(to: pattern))
      return convert(value, to: substitution.applied(to: pattern), for: .argument, at: node)
    }
    // A literal bound to such a parameter must adopt a type now; the closure's body decides which.
    let names = parameters.reduce(into: Set<String>()) { $0.formUnion($1.variables) }
    let undecided = names.filter { substitution.bindings[$0]?.isLiteral ?? false }.sorted()
    if let name = undecided.first, let literal = substitution.bindings[name] {
      let others = substitution.bindings.values.filter {
        !$0.isLiteral && $0.isNumeric && common(literal, $0) != nil
      }
      let first = literal.settled
      let candidates =
        [first] + others.filter { $0 != first } + (others.isEmpty && first == .int ? [.double] : [])
      for candidate in candidates where candidates.count > 1 && speculation < Self.maximumSpeculation {
        var trial = self
        trial.speculation += 1
        var bindings = substitution
        bindings.bind(name, to: candidate)
        let known = trial.diagnostics.count
        let value = trial.closureArgument(node, parameter, callable, &bindings)
        if trial.diagnostics.count == known {
          trial.speculation -= 1
          self = trial
          substitution = bindings
          return value
        }
      }
      substitution.bind(name, to: first)
    }
    guard case .function(let wanted, let result) = substitution.applied(to: pattern.unwrapped) else {
      return invalid(node)
    }
    if wanted.contains(where: \.hasVariables) {
      report(TypeProblem.unresolvedGeneric(callable.name), at: node)
      return invalid(node)
    }
    let value =
      node.as(ClosureExprSyntax.self).map {
        closure(
          $0, parameters: wanted, result: result.hasVariables ? nil : result, resultPattern: result,
          escapes: callable.keeps(parameter))
      } ?? infer(node, hint: .function(wanted, returns: result))
    guard case .function(_, let found) = value.type else { return value }
    if pattern.wrapped != nil, !pattern.hasVariables {
      return convert(value, to: pattern, for: .argument, at: node)
    }
    if result.hasVariables, !found.isInvalid, !substitution.unify(result, with: found, in: self) {
      report(TypeProblem.mismatch(found, result, .closureResult), at: node)
      return invalid(node)
    }
    return value
  }

  private mutating func finish(
    _ callable: Callable, _ found: [Expression?], _ bindings: Substitution, _ arguments: [Argument],
    _ match: [Int?],
    _ node: FunctionCallExprSyntax
  ) -> Expression {
    var substitution = bindings
    for (name, type) in bindings.bindings {
      let isFloating = callable.requirements[name] == .floatingPoint && type == .integerLiteral
      substitution.bind(name, to: isFloating ? .double : type.settled)
    }
    let result = substitution.applied(to: callable.result)
    var values: [Expression] = []
    var isWhole = true
    for (index, value) in found.enumerated() {
      guard var value, !value.isInvalid else {
        isWhole = false
        values.append(value ?? invalid(node.calledExpression))
        continue
      }
      let parameter = callable.parameters[index]
      if parameter.type.hasVariables || parameter.type.isSequencePattern, let given = match[index] {
        let wanted = substitution.applied(to: parameter.type)
        let place = arguments[given].expression
        value =
          wanted.isSequencePattern
          ? settle(value, at: place) : convert(value, to: wanted, for: .argument, at: place)
      }
      values.append(value)
    }
    guard isWhole, !values.contains(where: \.isInvalid) else {
      // The parts that are right are still rehearsed, and the row checks its other arguments.
      var call = unknown(after: values, at: range(node))
      if case .structure = callable.target {
      } else {
        call = Expression(
          kind: kind(of: callable, values, at: node.calledExpression), type: result, range: range(node))
      }
      return Expression(
        kind: .faulty(call), type: result.hasVariables ? .invalid : result, range: range(node))
    }
    if result.hasVariables {
      report(TypeProblem.unresolvedGeneric(callable.name), at: node.calledExpression)
      return invalid(node)
    }
    if case .entry(let entry, _) = callable.target, entry.group.isEmpty,
      Mathematics.ambiguousOnIntegers.contains(entry.name),
      bindings.bindings.values.contains(where: \.isLiteral),
      found.contains(where: { $0?.type == .integerLiteral })
    {
      report(CallProblem.ambiguousIntegers(entry.name), at: node)
      return Expression(kind: .invalid, type: result, range: range(node))
    }
    for (name, constraint) in callable.requirements.sorted(by: { $0.key < $1.key }) {
      guard let type = substitution.bindings[name], !constraint.holds(for: type) else { continue }
      report(TypeProblem.missingConformance(callable.name, type, constraint), at: node.calledExpression)
      return Expression(kind: .invalid, type: result, range: range(node))
    }
    let compared = callable.requirements.filter { $0.value == .equatable }.keys
    if compared.contains(where: { substitution.bindings[$0].map(usesOwnEquality) ?? false }) {
      report(Unsupported.comparisonByOwnEquality("'\(callable.name)'"), at: node.calledExpression)
      return Expression(kind: .invalid, type: result, range: range(node))
    }
    guard let ordered = ordering(callable, values, of: substitution, at: node.calledExpression) else {
      return Expression(kind: .invalid, type: result, range: range(node))
    }
    if values.contains(where: \.isInout) {
      var receiver: Place?
      if case .method(_, .place(let place)) = callable.target { receiver = place }
      requireExclusiveAccess(values, changing: receiver, at: node)
    }
    let kind = kind(of: ordered.callable, ordered.values, at: node.calledExpression)
    if case .entry(let entry, _) = callable.target {
      note(entry)
      noteCall(
        entry, values, places: match.map { $0.map { range(arguments[$0].expression) } }, at: range(node))
    }
    return Expression(kind: kind, type: result, range: range(node))
  }

  mutating func kind(
    of callable: Callable, _ values: [Expression], at node: some SyntaxProtocol
  ) -> Expression.Kind {
    switch callable.target {
    case .value(let callee): .call(callee, values)
    case .method(let callee, .none): .call(callee, values)
    case .method(let callee, .value(let receiver)): .call(callee, [receiver] + values)
    case .method(let callee, .place(let place)): .mutateBy(place, callee, values)
    case .structure(let structure, let indices):
      .structure(
        name: structure.name, fields: fields(of: structure, indices, values, at: node),
        labels: structure.properties.map(\.name))
    case .enumeration(let value): .enumeration(value, values)
    case .entry(let entry, .none): .callEntry(entry, values)
    case .entry(let entry, .value(let receiver)): .callEntry(entry, [receiver] + values)
    case .entry(let entry, .place(let place)): .mutate(place, entry, values)
    }
  }
}

extension CellType {
  /// Whether this is the pattern for any sequence type.
  var isSequencePattern: Bool { if case .sequence("", _) = self { true } else { false } }
}
