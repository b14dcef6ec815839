internal import SwiftSyntax

import struct Diagnostics.FixIt
import func Diagnostics.isCertainMiss
import func Diagnostics.nearMiss

/// Checks calls, by the form of the callee.
extension CellChecker {
  mutating func call(_ node: FunctionCallExprSyntax, hint: CellType?) -> Expression {
    let callee = node.calledExpression
    if let reference = callee.as(DeclReferenceExprSyntax.self) {
      return call(named: reference, node, hint: hint)
    }
    if let member = callee.as(MemberAccessExprSyntax.self) { return call(member, node, hint: hint) }
    if let type = typeReference(callee) { return initialise(type, node) }
    allowsNonEscaping = callee.is(ClosureExprSyntax.self)
    let value = postfix(callee, hint: nil)
    return call(value, node)
  }

  // MARK: By name

  private mutating func call(
    named reference: DeclReferenceExprSyntax, _ node: FunctionCallExprSyntax, hint: CellType?
  ) -> Expression {
    let name = reference.baseName.text
    if let variable = lookUp(name) {
      guard let function = variable.function else {
        allowsNonEscaping = true
        return call(self.infer(ExprSyntax(reference)), node)
      }
      if !canUse(variable, function) { report(NameProblem.usedBeforeDeclaration(name), at: reference) }
      let callee = Expression(
        kind: .variable(resolve(variable, at: reference), name: name), type: variable.type,
        range: range(reference))
      let labels = function.parameters.map(\.declaration).joined(separator: ", ")
      let callable = Callable(
        name: name, parameters: function.parameters, computedDefaults: function.computedDefaults,
        result: function.result, target: .value(callee),
        declaration: "\(name)(\(labels))")
      return call([callable], node, hint: hint)
    }
    if let (receiver, member) = implicitMember(name) {
      return callImplicit(name, receiver, member, reference, node, hint: hint)
    }
    if let structure = globals.structures[name == "Self" ? ownType ?? name : name] {
      return initialise(structure, node, hint: hint)
    }
    if name == "print" { return printCall(node) }
    if name == "swap" { return swapCall(node) }
    if Self.genericTypes.contains(name) || Self.plainTypes[name] != nil {
      return call(StandardLibrary.functions(named: name).map { Callable($0) }, node, hint: hint)
    }
    let entries = catalogue.callables(named: name) + StandardLibrary.functions(named: name)
    if !entries.isEmpty { return call(entries.map { Callable($0) }, node, hint: hint) }
    if let type = catalogue.type(named: name) {
      inferLoosely(node)
      return refuse(Unsupported("creating a value of type '\(type)' directly", plural: false), at: reference)
    }
    let values = inferLoosely(node)
    if let refusal = StandardLibrary.unsupportedFunctions[name] {
      _ = refuse(refusal, at: reference)
    } else {
      _ = unknown(name, at: reference)
    }
    return faulty(values, at: node)
  }

  /// Checks the arguments of a call that cannot be resolved, to report their own problems.
  @discardableResult
  private mutating func inferLoosely(_ node: FunctionCallExprSyntax) -> [Expression] {
    var values: [Expression] = []
    for argument in node.arguments where !needsContext(argument.expression) {
      values.append(infer(argument.expression))
    }
    return values
  }

  // MARK: By member

  private mutating func call(
    _ member: MemberAccessExprSyntax, _ node: FunctionCallExprSyntax, hint: CellType?
  ) -> Expression {
    let name = member.declName.baseName.text
    guard let base = member.base else {
      guard let type = hint?.unwrapped, !type.hasVariables, type != .anything, type != .invalid else {
        if hint != .invalid { report(TypeProblem.noContextForMember(name), at: member) }
        return invalid(node)
      }
      if let some = some(name, node, hint: hint) { return some }
      return callStatic(name, of: type, member, node)
    }
    if let type = typeReference(base) { return callStatic(name, of: type, member, node) }
    if StandardLibrary.isMutating(name), isPlaceLike(base), mayChange(base, name) {
      guard let place = place(base, for: .mutation) else { return invalid(node) }
      let candidates = members(of: place.type, named: name).filter { $0.entry.traits.isMutating }
      if !candidates.isEmpty {
        return call(candidates.map { Callable($0, receiver: .place(place)) }, node, hint: hint)
      }
    }
    if let mutated = callMutating(name, base, node, hint: hint) { return mutated }
    let value = postfix(base, hint: nil)
    if value.isInvalid {
      return callMeant(name, in: base, node, hint: hint) ?? faulty([value] + inferLoosely(node), at: node)
    }
    if case .tuple = value.type { return call(self.member(member, hint: nil), node) }
    let receiver = settle(value, at: base)
    if let called = callMember(name, of: receiver, member, node, hint: hint) { return called }
    let candidates = members(of: receiver.type, named: name)
    let isBare = node.arguments.isEmpty && node.trailingClosure == nil
    let isProperty = isBare && candidates.contains { $0.entry.kind == .property }
    let methods =
      isProperty
        && !candidates.contains { $0.entry.kind == .method && $0.entry.parameters.allSatisfy(\.hasDefault) }
      ? [] : candidates.filter { $0.entry.kind == .method }
    if methods.isEmpty {
      inferLoosely(node)
      if candidates.isEmpty { return unknownMember(name, of: receiver.type, at: member.declName) }
      report(
        TypeProblem.memberIsNotFunction(name), at: member.declName, fixIts: withoutParentheses(node))
      return invalid(node)
    }
    if receiver.type == .string || receiver.type == .substring, passesFunction(node),
      !methods.contains(where: { $0.entry.parameters.contains(where: \.type.takesBlock) })
    {
      return refuse(.characters(name), at: member.declName)
    }
    if base.is(OptionalChainingExprSyntax.self) || base.is(ForceUnwrapExprSyntax.self),
      methods.contains(where: \.entry.traits.isMutating)
    {
      return refuse(.forcedAssignment, at: base)
    }
    if methods.contains(where: \.entry.traits.isMutating) {
      report(CallProblem.immutableReceiver("'\(base.trimmedDescription)' is a temporary value"), at: base)
      return invalid(node)
    }
    return call(methods.map { Callable($0, receiver: .value(receiver)) }, node, hint: hint)
  }

  /// Checks `nn.Conv2d(3, 8)` as `Conv2d(3, 8)`, after the module has been reported: the arguments may have faults too.
  /// `nil` for other calls, also of functions: theirs take other arguments.
  private mutating func callMeant(
    _ name: String, in base: ExprSyntax, _ node: FunctionCallExprSyntax, hint: CellType?
  ) -> Expression? {
    var root = base
    while let member = root.as(MemberAccessExprSyntax.self), let inner = member.base { root = inner }
    guard let module = root.as(DeclReferenceExprSyntax.self)?.baseName.text,
      catalogue.foreignNames.modules[module] != nil, name.first?.isUppercase == true
    else { return nil }
    let entries = catalogue.callables(named: name)
    if entries.isEmpty { return nil }
    let meant = call(entries.map { Callable($0) }, node, hint: hint)
    return meant.isInvalid ? meant : Expression(kind: .faulty(meant), type: meant.type, range: meant.range)
  }

  /// Whether an argument is a closure, a key path or a function.
  private func passesFunction(_ node: FunctionCallExprSyntax) -> Bool {
    arguments(of: node).contains { isFunctionLiteral($0.expression) }
  }

  /// Checks `.some(x)`; `nil` for other calls.
  private mutating func some(_ name: String, _ node: FunctionCallExprSyntax, hint: CellType?) -> Expression? {
    guard name == "some", let wrapped = hint?.wrapped, node.arguments.count == 1,
      let only = node.arguments.first, only.label == nil,
      structure(of: wrapped.unwrapped)?.members[name] == nil
    else { return nil }
    let inside = check(only.expression, as: wrapped, for: .argument)
    if inside.isInvalid { return invalid(node) }
    return Expression(kind: .wrap(inside), type: .optional(wrapped), range: range(node))
  }

  /// Whether the variable's type has a mutating method with this name. Parts of variables are checked later.
  private func mayChange(_ base: ExprSyntax, _ name: String) -> Bool {
    guard let type = placeType(base) else { return true }
    return members(of: type, named: name).contains { $0.entry.traits.isMutating }
  }

  private mutating func callStatic(
    _ name: String, of type: CellType, _ member: MemberAccessExprSyntax, _ node: FunctionCallExprSyntax
  ) -> Expression {
    if name == "init" { return initialise(type, node) }
    if let structure = structure(of: type) {
      return callStatic(name, of: structure, member, node, hint: type)
    }
    let entries = staticMembers(of: type, named: name)
    let functions = entries.filter { $0.kind == .staticMember }
    if functions.isEmpty {
      inferLoosely(node)
      if entries.isEmpty { return unknownStaticMember(name, of: type, at: member.declName) }
      report(
        TypeProblem.memberIsNotFunction(name), at: member.declName, fixIts: withoutParentheses(node))
      return invalid(node)
    }
    return call(functions.map { Callable($0) }, node, hint: type)
  }

  /// A fix-it that removes the call's parentheses.
  private func withoutParentheses(_ node: FunctionCallExprSyntax) -> [FixIt] {
    guard node.arguments.isEmpty, node.trailingClosure == nil, node.additionalTrailingClosures.isEmpty else {
      return []
    }
    return replace(node, with: node.calledExpression.trimmedDescription, isCertain: true)
  }

  /// Checks `[Int](repeating: 0, count: 3)` and `.init(…)`.
  private mutating func initialise(_ type: CellType, _ node: FunctionCallExprSyntax) -> Expression {
    if let structure = structure(of: type) { return initialise(structure, node, hint: type) }
    let name =
      switch type {
      case .array: "Array"
      case .dictionary: "Dictionary"
      case .set: "Set"
      default: "\(type)"
      }
    let entries = StandardLibrary.functions(named: name) + catalogue.callables(named: name)
    if entries.isEmpty || type.wrapped != nil {
      return refuse(
        Unsupported("creating a value of type '\(type)' directly", plural: false), at: node.calledExpression)
    }
    let callables = entries.map { entry in
      // The written type decides: `[Double](repeating: 0, count: 3)` contains doubles.
      var substitution = Substitution()
      let fits = entry.result.hasVariables && substitution.unify(entry.result, with: type, in: self)
      return Callable(entry, substitution: fits ? substitution : Substitution())
    }
    let value = call(callables, node, hint: type)
    return value.isInvalid ? Expression(kind: value.kind, type: type, range: value.range) : value
  }

  // MARK: By value

  /// Checks a call of a closure, or of a variable that holds one.
  mutating func call(_ callee: Expression, _ node: FunctionCallExprSyntax) -> Expression {
    if callee.isInvalid { return faulty([callee] + inferLoosely(node), at: node) }
    guard case .function(let parameters, let result) = callee.type else {
      inferLoosely(node)
      report(
        callee.type.wrapped == nil
          ? TypeProblem.notCallable(callee.type)
          : .mustBeUnwrapped(callee.type, to: callee.type.unwrapped), at: node.calledExpression)
      return invalid(node)
    }
    let infos = parameters.enumerated().map { index, type in
      ParameterInfo(label: nil, name: "argument \(index + 1)", type: type)
    }
    let callable = Callable(
      name: node.calledExpression.trimmedDescription, parameters: infos, result: result,
      target: .value(callee),
      declaration: "\(callee.type)")
    return call([callable], node, hint: nil)
  }

  // MARK: print

  /// Checks `print(a, b, separator: " ", terminator: "\n")`.
  private mutating func printCall(_ node: FunctionCallExprSyntax) -> Expression {
    let newline = Expression(kind: .constant(.string("\n")), type: .string, range: range(node))
    var separator = newline
    separator.kind = .constant(.string(" "))
    var terminator = newline
    var values: [Expression] = []
    for argument in arguments(of: node) {
      switch argument.label?.text {
      case nil where !argument.isTrailing:
        values.append(check(argument.expression, as: .anything, for: .argument))
      case "separator": separator = check(argument.expression, as: .string, for: .argument)
      case "terminator": terminator = check(argument.expression, as: .string, for: .argument)
      case let label:
        let near = label.flatMap { nearMiss(of: $0, among: ["separator", "terminator"]) }
        if let label, let near, let token = argument.label {
          report(
            CallProblem.wrongLabel(have: label, expected: near), at: token,
            fixIts: replace(
              token, with: near,
              isCertain: isCertainMiss(near, of: label, among: ["separator", "terminator"]))
          )
        } else {
          report(CallProblem.extraArgument(label: label, signature: ""), at: argument.node)
        }
      }
    }
    let list = Expression(kind: .array(values), type: .array(.anything), range: range(node))
    return Expression(
      kind: .callEntry(StandardLibrary.print, [list, separator, terminator]), type: .void, range: range(node))
  }
}
