/// The expressions directly inside an expression or place.
extension Expression {
  /// The expressions directly inside, in the order of evaluation; the statements of blocks and closures are left out.
  var parts: [Expression] {
    switch kind {
    case .constant, .integer, .floatingPoint, .variable, .invalid, .closure, .builder, .conditional: []
    case .interpolation(let parts), .array(let parts), .tuple(let parts), .set(let parts),
      .enumeration(_, let parts), .structure(_, let parts, _), .callEntry(_, let parts):
      parts
    case .dictionary(let keys, let values): zip(keys, values).flatMap { [$0, $1] }
    case .element(let part, _), .unary(_, let part), .wrap(let part), .unwrap(let part), .isNil(let part),
      .faulty(let part):
      [part]
    case .binary(_, let a, let b), .and(let a, let b), .or(let a, let b), .coalesce(let a, let b),
      .range(let a, let b, _), .index(let a, let b):
      [a, b]
    case .ternary(let test, let a, let b): [test, a, b]
    case .optionalChain(let links, let body, _): links.map(\.base) + [body]
    case .key(let base, let key, let fallback): [base, key] + (fallback.map { [$0] } ?? [])
    case .call(let callee, let arguments): [callee] + arguments
    case .mutate(let place, _, let arguments): place.expressions + arguments
    case .mutateBy(let place, let callee, let arguments): place.expressions + [callee] + arguments
    case .partialRange(let lower, let upper, _): [lower, upper].compactMap(\.self)
    case .inoutArgument(let place): place.expressions
    }
  }
}

extension Place {
  /// The indices, keys and fallbacks, in order.
  var expressions: [Expression] {
    path.flatMap { step -> [Expression] in
      switch step {
      case .element: []
      case .index(let index): [index]
      case .key(let key, let fallback): [key] + (fallback.map { [$0] } ?? [])
      }
    }
  }
}
