internal import SwiftSyntax

import struct Diagnostics.SourceRange

/// Checks operators that structs and enums declare themselves: `static func < (a: Trial, b: Trial) -> Bool`.
extension CellChecker {
  /// Checks the declaration of an operator; `false` after reporting a problem.
  mutating func requireOwnOperator(_ node: FunctionDeclSyntax, of name: String) -> Bool {
    let isHashable = globals.structures[name]?.type.isHashable == true
    if node.name.text == "!=" || node.name.text == "==" && isHashable {
      report(Unsupported.ownEquality(isHashable: isHashable), at: node.name)
      return false
    }
    guard BinaryOperator(rawValue: node.name.text) != nil,
      case .method(let method)? = globals.structures[name]?.members[node.name.text], method.isStatic,
      method.function.parameters.count == 2,
      method.function.parameters.allSatisfy({ $0.label == nil || $0.label == $0.name })
    else {
      report(Unsupported("the operator '\(node.name.text)' here", plural: false), at: node.name)
      return false
    }
    return true
  }

  /// A call of an operator that the type of one of the operands declares; `nil` if there is none.
  mutating func ownOperator(
    _ op: BinaryOperator, _ a: Expression, _ b: Expression, at node: some SyntaxProtocol, range: SourceRange
  ) -> Expression? {
    for type in [a.type, b.type] {
      guard let structure = structure(of: type) else { continue }
      if let call = call(op.rawValue, of: structure, a, b, at: node, range: range) { return call }
      if op == .notEqual, structure.type.hasOwnEquality,
        let equal = call("==", of: structure, a, b, at: node, range: range)
      {
        return Expression(kind: .unary(.not, equal), type: .bool, range: range)
      }
      guard structure.type.isComparable, structure.type.hasOwnOrder else { continue }
      // The other comparisons follow from '<', as in Swift.
      let isSwapped = op == .greater || op == .lessOrEqual
      guard [.greater, .lessOrEqual, .greaterOrEqual].contains(op),
        let less = call("<", of: structure, isSwapped ? b : a, isSwapped ? a : b, at: node, range: range)
      else { continue }
      return op == .greater ? less : Expression(kind: .unary(.not, less), type: .bool, range: range)
    }
    return nil
  }

  private mutating func call(
    _ name: String, of structure: Structure, _ a: Expression, _ b: Expression, at node: some SyntaxProtocol,
    range: SourceRange
  ) -> Expression? {
    guard case .method(let method)? = structure.members[name], method.isStatic,
      method.function.parameters.count == 2,
      let left = converted(a, to: method.function.parameters[0].type),
      let right = converted(b, to: method.function.parameters[1].type)
    else { return nil }
    noteUse(structure)
    let callee = callee(method, named: "\(structure.name).\(name)", at: node)
    return Expression(kind: .call(callee, [left, right]), type: method.function.result, range: range)
  }

  /// The row that takes an order, with the type's own `<`, in the place of one that needs `Comparable`: `sorted()`
  /// becomes `sorted(by: <)`. The row itself for other types; `nil` after reporting a problem.
  mutating func ordering(
    _ callable: Callable, _ values: [Expression], of substitution: Substitution, at node: some SyntaxProtocol
  ) -> (callable: Callable, values: [Expression])? {
    guard case .entry(let entry, let receiver) = callable.target,
      let variable = callable.requirements.first(where: { $0.value == .comparable })?.key,
      case .structure(let type)? = substitution.bindings[variable], type.hasOwnOrder,
      let structure = globals.structures[type.name]
    else { return (callable, values) }
    let own = CellType.structure(type)
    let locals = [0, 1].map {
      Expression(kind: .variable(.local($0), name: "$\($0)"), type: own, range: range(node))
    }
    guard entry.owner != nil, values.isEmpty,
      let row = StandardLibrary.members(named: entry.name).first(where: {
        $0.parameters.map(\.label) == ["by"] && $0.traits.isMutating == entry.traits.isMutating
      }),
      let less = call("<", of: structure, locals[0], locals[1], at: node, range: range(node))
    else {
      report(Unsupported.ownOrder("'\(entry.name)'"), at: node)
      return nil
    }
    return (Callable(row, receiver: receiver), [closure(returning: less, parameters: [own, own])])
  }
}

extension CellType {
  /// Whether its values are compared by an operator of their own.
  var hasOwnOrder: Bool { if case .structure(let type) = self { type.hasOwnOrder } else { false } }
}
