import Diagnostics

/// Follows an initialiser's statements and finds properties that are used or left without a value, as swiftc does.
struct InitialiserFlow {
  /// The properties with a value, at a point of the body.
  private struct State {
    /// Properties that certainly have a value.
    var certain: Set<Int>
    /// Properties that may have a value.
    var possible: Set<Int>

    /// The state after two branches; `nil` is a branch that does not reach the end.
    static func joined(_ a: State?, _ b: State?) -> State? {
      guard let a, let b else { return a ?? b }
      return State(
        certain: a.certain.intersection(b.certain), possible: a.possible.union(b.possible))
    }
  }

  struct Fault {
    var problem: TypeDeclarationProblem
    var range: SourceRange
  }

  private(set) var faults: [Fault] = []
  private let structure: Structure
  private let required: Set<Int>
  /// `nil` after a statement that leaves the initialiser.
  private var state: State?
  /// The state at `return`s; properties that lack a value are reported at the end of the body.
  private var early: State?
  /// Whether the statements belong to an `if` or `switch` expression, whose branches give back its value.
  private var isInValue = false
  /// The states at the `break`s of the enclosing loops and switches, innermost last.
  private var breaks: [State?] = []

  init(_ structure: Structure) {
    self.structure = structure
    // An enum's value is set as a whole: it counts as one property.
    required = structure.isEnumeration ? [0] : Set(structure.properties.indices)
    let initial = structure.properties.indices.filter { structure.properties[$0].defaultExpression != nil }
    state = State(certain: Set(initial), possible: Set(initial))
  }

  /// Reports properties without a value at the end of the body.
  mutating func finish(at end: SourceRange) {
    state = State.joined(state, early)
    leave(at: end)
  }

  private mutating func add(_ problem: TypeDeclarationProblem, at range: SourceRange) {
    faults.append(Fault(problem: problem, range: range))
  }

  private func names(_ missing: Set<Int>) -> [String] {
    missing.sorted().map { structure.properties[$0].name }
  }

  private mutating func leave(at range: SourceRange) {
    guard let state else { return }
    let missing = required.subtracting(state.certain)
    if missing.isEmpty { return }
    add(structure.isEnumeration ? .selfNotAssigned : .notInitialised(names(missing)), at: range)
  }

  // MARK: Statements

  mutating func walk(_ statements: [Statement]) {
    for statement in statements where state != nil { walk(statement) }
  }

  private mutating func walk(_ statement: Statement) {
    switch statement {
    case .bind(_, let value), .emit(let value): read(value)
    case .expression(let value):
      read(value)
      if value.type == .never { state = nil }
    case .declare(let function, _): read(function, at: function.range)
    case .assign(let place, let value):
      read(value)
      assign(place)
    case .compound(let place, _, let value):
      read(value)
      change(place)
    case .branch(let conditions, let then, let otherwise):
      read(conditions)
      let before = state
      walk(then)
      let after = state
      state = before
      walk(otherwise)
      state = State.joined(after, state)
    case .block(let body): walk(body)
    case .loop(_, let sequence, let filter, let body, _):
      read(sequence)
      loop { flow in
        if let filter { flow.read(filter) }
        flow.walk(body)
      }
    case .whileLoop(let conditions, let body, let checksAfter, _):
      if checksAfter {
        breaks.append(nil)
        walk(body)
        read(conditions)
        state = State.joined(state, breaks.removeLast())
      } else {
        read(conditions)
        loop { $0.walk(body) }
      }
    case .choose(let subject, let cases, _): choose(subject, cases)
    case .giveBack(.some(let value)) where value.type == .optional(.structure(structure.type)): state = nil
    case .giveBack(let value):
      if let value { read(value) }
      if isInValue { return }
      early = State.joined(early, state)
      state = nil
    case .exitLoop:
      if !breaks.isEmpty { breaks[breaks.count - 1] = State.joined(breaks[breaks.count - 1], state) }
      state = nil
    case .nextIteration: state = nil
    case .unchecked: break
    }
  }

  /// The body may not run at all.
  private mutating func loop(_ body: (inout Self) -> Void) {
    let before = state
    breaks.append(nil)
    body(&self)
    let left = breaks.removeLast()
    state = State.joined(before, State.joined(state, left))
    if let before { state?.certain = before.certain }
  }

  private mutating func choose(_ subject: Expression, _ cases: [SwitchCase]) {
    read(subject)
    let before = state
    breaks.append(nil)
    var after: State?
    var falling: State?
    for one in cases {
      state = before
      for item in one.items {
        for value in item.pattern.expressions { read(value) }
        if let filter = item.filter { read(filter) }
      }
      state = State.joined(state, falling)
      walk(one.body)
      falling = one.fallsThrough ? state : nil
      if !one.fallsThrough { after = State.joined(after, state) }
    }
    state = State.joined(after, breaks.removeLast())
  }

  // MARK: Reading and assigning

  private func property(_ place: Place) -> Int? {
    guard place.reference == .local(0), case .element(let index)? = place.path.first else { return nil }
    return index
  }

  private mutating func assign(_ place: Place) {
    for value in place.expressions { read(value) }
    guard place.reference == .local(0) else { return }
    guard let index = property(place) else {
      state?.certain.formUnion(required)
      state?.possible.formUnion(required)
      return
    }
    if place.path.count > 1 { return require(index, at: place.range) }
    if !structure.properties[index].isMutable, state?.possible.contains(index) ?? false {
      add(.assignedTwice(structure.properties[index].name), at: place.range)
    }
    state?.certain.insert(index)
    state?.possible.insert(index)
  }

  private mutating func change(_ place: Place) {
    for value in place.expressions { read(value) }
    guard place.reference == .local(0) else { return }
    guard let index = property(place) else { return requireAll(at: place.range) }
    require(index, at: place.range)
    if !structure.properties[index].isMutable, state?.certain.contains(index) ?? false {
      add(.assignedTwice(structure.properties[index].name), at: place.range)
    }
  }

  private mutating func require(_ index: Int, at range: SourceRange) {
    guard let state, !state.certain.contains(index), structure.properties.indices.contains(index) else {
      return
    }
    add(.usedBeforeInitialised(structure.properties[index].name), at: range)
    // One message is enough.
    self.state?.certain.insert(index)
  }

  private mutating func requireAll(at range: SourceRange) {
    guard let state, !required.isSubset(of: state.certain) else { return }
    add(.usedBeforeInitialised(nil), at: range)
    self.state?.certain = required
  }

  private mutating func read(_ conditions: [Condition]) {
    for condition in conditions {
      switch condition {
      case .expression(let value), .unwrap(let value, _): read(value)
      case .match(let pattern, let value):
        read(value)
        for value in pattern.expressions { read(value) }
      }
    }
  }

  private mutating func read(_ function: Function, at range: SourceRange) {
    if function.captures.contains(.local(0)) { requireAll(at: range) }
  }

  private mutating func read(_ value: Expression) {
    switch value.kind {
    case .variable(.local(0), _): requireAll(at: value.range)
    case .element(let base, let index):
      if case .variable(.local(0), _) = base.kind { require(index, at: value.range) } else { read(base) }
    case .closure(let function): read(function, at: value.range)
    case .mutate(let place, _, let arguments):
      for argument in arguments { read(argument) }
      change(place)
    case .mutateBy(let place, let callee, let arguments):
      for argument in [callee] + arguments { read(argument) }
      change(place)
    case .inoutArgument(let place): change(place)
    case .and(let a, let b), .or(let a, let b), .coalesce(let a, let b):
      read(a)
      let before = state
      read(b)
      state = before
    case .builder(let statements):
      let before = state
      walk(statements)
      state = before
    case .conditional(let statement):
      let before = (state, isInValue)
      isInValue = true
      walk(statement)
      (state, isInValue) = before
    default: for part in value.parts { read(part) }
    }
  }
}
