/// The possible effects of a part of a program that a rehearsal skips.
struct Effects: Sendable {
  /// Variables that are assigned, as the part's own frame refers to them.
  private(set) var changed: Set<Reference> = []
  /// Host rows that the part calls directly.
  private(set) var rows: Set<String> = []
  /// Whether it may call functions created elsewhere.
  private(set) var callsFunctions = false
  /// Whether it may leave the enclosing function or loop iteration.
  private(set) var returns = false
  private var breaks = false
  private var continues = false
  /// Whether it adds to the enclosing builder block.
  private(set) var emits = false

  var leaves: Bool { returns || breaks || continues }

  init(_ statements: some Sequence<Statement>) {
    for statement in statements { add(statement) }
  }

  init(_ expression: Expression) { add(expression) }

  private mutating func add(_ statements: [Statement]) { for statement in statements { add(statement) } }

  private mutating func add(_ statement: Statement) {
    switch statement {
    case .bind(let pattern, let expression):
      add(pattern)
      add(expression)
    case .declare(let function, let reference):
      changed.insert(reference)
      add(function)
    case .assign(let place, let expression), .compound(let place, _, let expression):
      add(place)
      add(expression)
    case .expression(let expression):
      add(expression)
      if expression.type == .never { returns = true }
    case .emit(let expression):
      emits = true
      add(expression)
    case .branch(let conditions, let then, let otherwise):
      add(conditions)
      add(then)
      add(otherwise)
    case .block(let body): add(body)
    case .choose(let subject, let cases, _):
      add(subject)
      for one in cases {
        for item in one.items {
          add(item.pattern)
          if let filter = item.filter { add(filter) }
        }
        // A `break` only leaves the `switch`.
        let before = breaks
        add(one.body)
        breaks = before
      }
    case .loop(let pattern, let sequence, let filter, let body, _):
      add(pattern)
      add(sequence)
      if let filter { add(filter) }
      addLoop(body)
    case .whileLoop(let conditions, let body, _, _):
      add(conditions)
      addLoop(body)
    case .giveBack(let expression):
      returns = true
      if let expression { add(expression) }
    case .exitLoop: breaks = true
    case .nextIteration: continues = true
    case .unchecked(let code):
      changed.formUnion(code.changed)
      rows.formUnion(code.rows)
      callsFunctions = callsFunctions || code.callsFunctions
      returns = returns || code.returns
      (breaks, continues) = (breaks || code.exits, continues || code.exits)
      emits = emits || code.emits
    }
  }

  /// A statement that leaves a loop iteration does not leave the code around the loop.
  private mutating func addLoop(_ body: [Statement]) {
    let before = (breaks, continues)
    add(body)
    (breaks, continues) = before
  }

  private mutating func add(_ conditions: [Condition]) {
    for condition in conditions {
      switch condition {
      case .expression(let expression): add(expression)
      case .unwrap(let expression, let reference):
        changed.insert(reference)
        add(expression)
      case .match(let pattern, let expression):
        add(pattern)
        add(expression)
      }
    }
  }

  private mutating func add(_ pattern: MatchPattern) {
    changed.formUnion(pattern.references)
    add(pattern.expressions)
  }

  private mutating func add(_ pattern: Pattern) {
    switch pattern {
    case .variable(let reference): changed.insert(reference)
    case .ignored: break
    case .tuple(let patterns): for pattern in patterns { add(pattern) }
    }
  }

  private mutating func add(_ place: Place) {
    changed.insert(place.reference)
    for step in place.path {
      switch step {
      case .element: break
      case .index(let expression): add(expression)
      case .key(let key, let fallback):
        add(key)
        if let fallback { add(fallback) }
      }
    }
  }

  /// The function may be called from now on, so its outside effects count.
  private mutating func add(_ function: Function) {
    let inner = Effects(function.body)
    rows.formUnion(inner.rows)
    callsFunctions = callsFunctions || inner.callsFunctions
    for reference in inner.changed {
      switch reference {
      case .global: changed.insert(reference)
      case .captured(let index):
        if function.captures.indices.contains(index) { changed.insert(function.captures[index]) }
      case .local: break
      }
    }
  }

  private mutating func add(_ expressions: [Expression]) {
    for expression in expressions { add(expression) }
  }

  private mutating func add(_ expression: Expression) {
    switch expression.kind {
    case .constant, .integer, .floatingPoint, .invalid: break
    case .variable:
      // A function's name: any code that receives it may call it.
      if case .function = expression.type.unwrapped { callsFunctions = true }
    case .interpolation(let parts), .array(let parts), .tuple(let parts), .set(let parts),
      .enumeration(_, let parts):
      add(parts)
    case .partialRange(let lower, let upper, _): add([lower, upper].compactMap(\.self))
    case .inoutArgument(let place): add(place)
    case .conditional(let statement):
      // Its branches give back its value, not that of the enclosing function.
      let outer = returns
      add(statement)
      returns = outer
    case .dictionary(let keys, let values):
      add(keys)
      add(values)
    case .element(let part, _), .unary(_, let part), .wrap(let part), .unwrap(let part), .isNil(let part),
      .faulty(let part):
      add(part)
    case .binary(_, let a, let b), .and(let a, let b), .or(let a, let b), .coalesce(let a, let b),
      .range(let a, let b, _), .index(let a, let b):
      add(a)
      add(b)
    case .ternary(let test, let a, let b): add([test, a, b])
    case .optionalChain(let links, let body, _):
      add(links.map(\.base))
      add(body)
    case .key(let base, let key, let fallback):
      add(base)
      add(key)
      if let fallback { add(fallback) }
    case .closure(let function): add(function)
    case .call(let callee, let arguments):
      callsFunctions = true
      add(callee)
      add(arguments)
    case .callEntry(let entry, let arguments):
      if !entry.group.isEmpty { rows.insert(entry.name) }
      add(arguments)
    case .mutate(let place, _, let arguments):
      add(place)
      add(arguments)
    case .mutateBy(let place, let method, let arguments):
      callsFunctions = true
      add(place)
      add(method)
      add(arguments)
    case .structure(_, let fields, _): add(fields)
    case .builder(let statements):
      let outer = (returns, breaks, continues, emits)
      add(statements)
      (returns, breaks, continues, emits) = outer
    }
  }
}
