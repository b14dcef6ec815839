internal import SwiftSyntax

import struct Diagnostics.FixIt

/// Checks `&x` as an argument of an `inout` parameter.
extension CellChecker {
  /// Checks the argument of an `inout` parameter of this type.
  mutating func inoutArgument(_ node: ExprSyntax, as type: CellType) -> Expression {
    guard let argument = node.as(InOutExprSyntax.self) else {
      let value = infer(node, hint: type)
      if !value.isInvalid {
        let isVariable = isPlaceLike(node)
        report(
          CallProblem.missingAmpersand(value.type.settled), at: node,
          fixIts: isVariable ? replace(node, with: "&\(node.trimmedDescription)", isCertain: true) : [])
      }
      return invalid(node)
    }
    guard isPlaceLike(argument.expression) else {
      let value = infer(argument.expression, hint: type)
      if !value.isInvalid {
        report(
          CallProblem.immutableArgument("'\(argument.expression.trimmedDescription)' is a value"),
          at: argument.expression)
      }
      return invalid(node)
    }
    guard let place = place(argument.expression, for: .inoutArgument), !place.type.isInvalid, !type.isInvalid
    else { return invalid(node) }
    guard place.type == type else {
      report(TypeProblem.mismatch(place.type, type, .argument), at: argument.expression)
      return invalid(node)
    }
    return Expression(kind: .inoutArgument(place), type: .inOut(type), range: range(node))
  }

  /// Reports an `&` before the argument of another parameter, and checks the argument.
  mutating func needlessAmpersand(_ node: ExprSyntax, as type: CellType) -> Expression {
    guard let argument = node.as(InOutExprSyntax.self) else { return invalid(node) }
    let value = infer(argument.expression, hint: type)
    if !value.isInvalid {
      report(
        CallProblem.needlessAmpersand(value.type.settled), at: node,
        fixIts: replace(node, with: argument.expression.trimmedDescription, isCertain: true))
    }
    return invalid(node)
  }

  /// Checks `swap(&a, &b)`.
  mutating func swapCall(_ node: FunctionCallExprSyntax) -> Expression {
    let range = range(node)
    var type = CellType.invalid
    if let first = node.arguments.first?.expression.as(InOutExprSyntax.self)?.expression, isPlaceLike(first),
      let found = placeType(first)
    {
      type = found
    }
    let parameters = ["a", "b"].map { ParameterInfo(label: nil, name: $0, type: .inOut(type)) }
    func local(_ index: Int) -> Expression {
      Expression(kind: .variable(.local(index), name: "swap"), type: type, range: range)
    }
    func place(_ index: Int) -> Place {
      Place(reference: .local(index), name: "swap", type: type, range: range)
    }
    let own = CellType.function(parameters.map(\.type), returns: .void)
    let function = Function(
      name: "swap", parameterCount: 2, localCount: 3, captures: [],
      body: [
        .bind(.variable(.local(2)), local(0)), .assign(place(0), local(1)), .assign(place(1), local(2)),
      ], type: own, range: range)
    let callable = Callable(
      name: "swap", parameters: parameters, result: .void,
      target: .value(Expression(kind: .closure(function), type: own, range: range)),
      declaration: "swap(_ a: inout T, _ b: inout T)")
    return call([callable], node, hint: nil)
  }

  /// Reports two parts of one variable that a call would change at the same time.
  mutating func requireExclusiveAccess(
    _ arguments: [Expression], changing receiver: Place?, at node: some SyntaxProtocol
  ) {
    var places = receiver.map { [$0] } ?? []
    for argument in arguments {
      guard case .inoutArgument(let place) = argument.kind else { continue }
      for other in places where other.reference == place.reference {
        if other.isApart(from: place) {
          report(Unsupported.inoutParts, at: argument.range)
        } else {
          report(CallProblem.overlappingArguments(place.name), at: argument.range)
        }
      }
      places.append(place)
    }
  }
}

extension Place {
  /// Whether the places are different elements or properties of one variable.
  fileprivate func isApart(from other: Place) -> Bool {
    for (one, another) in zip(path, other.path) {
      guard case .element(let a) = one, case .element(let b) = another else { return false }
      if a != b { return true }
    }
    return false
  }
}

extension CellType {
  var isInout: Bool { if case .inOut = self { true } else { false } }

  /// The type of the parameter's value.
  var withoutInout: CellType { if case .inOut(let type) = self { type } else { self } }
}
