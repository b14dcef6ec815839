internal import SwiftSyntax

/// Resolves overloads and checks the chosen row's arguments.
extension CellChecker {
  mutating func call(_ callables: [Callable], _ node: FunctionCallExprSyntax, hint: CellType?) -> Expression {
    var arguments = self.arguments(of: node)
    let foreign = catalogue.foreignNames
    let matches = callables.map { ArgumentMatch(arguments, to: $0, foreign: foreign) }
    let clean = matches.indices.filter { matches[$0].issues.isEmpty }
    if clean.count == 1 {
      return apply(callables[clean[0]], arguments, matches[clean[0]], node, hint: hint)
    }
    if clean.isEmpty {
      guard let nearest = matches.indices.min(by: { matches[$0].distance < matches[$1].distance }) else {
        let name = node.calledExpression.trimmedDescription
        return refuse(Unsupported("'\(name)'", plural: false), at: node.calledExpression)
      }
      report(matches[nearest].issues, at: node.calledExpression)
      if callables.count > 1 {
        var values: [Expression] = []
        for argument in arguments where !needsContext(argument.expression) {
          values.append(infer(argument.expression))
        }
        var value = faulty(values, at: node)
        value.type = commonResult(callables, Array(callables.indices))
        return value
      }
      let value = apply(callables[nearest], arguments, matches[nearest], node, hint: hint)
      return Expression(
        kind: value.isInvalid ? value.kind : .faulty(value), type: value.type, range: value.range)
    }
    // Several rows accept these labels: the argument types decide.
    for index in arguments.indices
    where !needsContext(arguments[index].expression) && !isFunctionLiteral(arguments[index].expression) {
      allowsNonEscaping = true
      let value = infer(arguments[index].expression)
      if value.isInvalid {
        var call = faulty(arguments.compactMap(\.inferred) + [value], at: node)
        call.type = commonResult(callables, clean)
        return call
      }
      arguments[index].inferred = value
    }
    let accepting = preferringDefaults(
      clean.filter { accepts(callables[$0], arguments, matches[$0].arguments) }, callables, arguments,
      matches)
    let wanted = accepting.filter { gives(callables[$0], hint) }
    let fitting = wanted + accepting.filter { !wanted.contains($0) }
    if fitting.count > 1, speculation < Self.maximumSpeculation {
      for index in fitting {
        var trial = self
        trial.speculation += 1
        let known = trial.diagnostics.count
        let value = trial.apply(callables[index], arguments, matches[index], node, hint: hint)
        if trial.diagnostics.count == known {
          trial.speculation -= 1
          self = trial
          return value
        }
      }
    }
    if let first = fitting.first, fitting.count == 1 || speculation >= Self.maximumSpeculation {
      return apply(callables[first], arguments, matches[first], node, hint: hint)
    }
    report(
      CallProblem.noMatch(callables[0].name, candidates: clean.map { callables[$0].signature }),
      at: node.calledExpression)
    return Expression(kind: .invalid, type: commonResult(callables, clean), range: range(node))
  }

  private func commonResult(_ callables: [Callable], _ indices: [Int]) -> CellType {
    let results = Set(indices.map { callables[$0].result })
    return results.count == 1 ? results.first.map { $0.hasVariables ? .invalid : $0 } ?? .invalid : .invalid
  }

  /// Whether the arguments with known types fit.
  private func accepts(_ callable: Callable, _ arguments: [Argument], _ match: [Int?]) -> Bool {
    var substitution = callable.substitution
    for (parameter, index) in zip(callable.parameters, match) {
      guard let index, !parameter.isVariadic else { continue }
      guard let value = arguments[index].inferred else {
        if !hasForm(arguments[index].expression, of: parameter.type.unwrapped) { return false }
        continue
      }
      let wanted = substitution.decided(in: parameter.type)
      if wanted.hasVariables || wanted.isSequencePattern {
        if !substitution.unify(wanted, with: value.type, in: self) { return false }
      } else if converted(value, to: wanted) == nil {
        return false
      }
    }
    return substitution.bindings.allSatisfy { name, type in
      callable.requirements[name]?.holds(for: type) ?? true
    }
  }

  /// Whether an argument that needs a context can be of the type, judged by its form: an array literal is no host
  /// value, and an array has no static members.
  private func hasForm(_ node: ExprSyntax, of type: CellType) -> Bool {
    switch type {
    case .named: !node.is(ArrayExprSyntax.self) && !node.is(DictionaryExprSyntax.self)
    case .array:
      if let call = node.as(FunctionCallExprSyntax.self) {
        call.calledExpression.as(MemberAccessExprSyntax.self).map { $0.base != nil } ?? true
      } else {
        node.as(MemberAccessExprSyntax.self).map { $0.base != nil } ?? true
      }
    default: true
    }
  }

  /// The candidates, those first that give literals their default types: `Double(5 / 4)` divides integers.
  private func preferringDefaults(
    _ candidates: [Int], _ callables: [Callable], _ arguments: [Argument], _ matches: [ArgumentMatch]
  ) -> [Int] {
    let preferred = candidates.filter { candidate in
      zip(callables[candidate].parameters, matches[candidate].arguments).contains { parameter, index in
        index.flatMap { arguments[$0].inferred?.type } == .integerLiteral && parameter.type == .int
      }
    }
    return preferred + candidates.filter { !preferred.contains($0) }
  }

  /// Whether the result can have the expected type.
  private func gives(_ callable: Callable, _ hint: CellType?) -> Bool {
    guard let hint, hint != .anything, hint != .invalid else { return false }
    var substitution = callable.substitution
    return substitution.unify(callable.result, with: hint, in: self)
  }
}
