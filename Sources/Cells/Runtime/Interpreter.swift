import Diagnostics

/// Executes a program. It has no state of its own: variables live in frames and boxes.
struct Interpreter: Sendable {
  /// The maximum depth of nested calls of cell functions.
  static let maximumCallDepth = 1_000

  let globals: Globals
  let print: @Sendable (String) -> Void
  let shouldStop: @Sendable () -> Bool
  let meter: Meter
  /// The rehearsal, if cells are only rehearsed.
  var rehearsal: Rehearsal?

  /// How a statement ended.
  enum Flow {
    case normal, exitLoop, nextIteration
    case giveBack(Value)
  }

  func failure(_ message: String, at range: SourceRange) -> CellFailure {
    CellFailure(range: range, message: message)
  }

  /// Gives an error of a library or host call the place of the call.
  func located(_ error: any Error, at range: SourceRange) -> CellFailure {
    switch error {
    case let failure as CellFailure: failure
    case is CancellationError: stopped(at: range)
    case let failure as LibraryFailure: CellFailure(range: range, message: failure.message)
    default: CellFailure(range: range, message: "\(error)", underlying: error)
    }
  }

  func checkStop(at range: SourceRange) throws(CellFailure) {
    if shouldStop() { throw stopped(at: range) }
  }

  private func stopped(at range: SourceRange) -> CellFailure {
    CellFailure(range: range, message: "stopped", underlying: CancellationError(), isCancelled: true)
  }

  // MARK: Variables

  func box(_ reference: Reference, _ frame: inout Frame) -> Box {
    switch reference {
    case .global(let index): return globals[index]
    case .captured(let index): return frame.captured.indices.contains(index) ? frame.captured[index] : Box()
    case .local(let slot):
      guard frame.locals.indices.contains(slot) else { return Box() }
      if let box = frame.locals[slot] { return box }
      let box = Box()
      frame.locals[slot] = box
      return box
    }
  }

  /// Sets a variable's value. A local variable gets a new box, so that closures created in earlier loop iterations
  /// keep theirs.
  private func bind(_ reference: Reference, to value: Value, _ frame: inout Frame) {
    if case .local(let slot) = reference, frame.locals.indices.contains(slot) {
      frame.locals[slot] = Box(value)
    } else {
      box(reference, &frame).value = value
    }
  }

  func bind(_ pattern: Pattern, to value: Value, _ frame: inout Frame) {
    switch pattern {
    case .ignored: break
    case .variable(let reference): bind(reference, to: value, &frame)
    case .tuple(let patterns):
      if case .tuple(let values, _) = value {
        for (pattern, value) in zip(patterns, values) { bind(pattern, to: value, &frame) }
      }
    }
  }

  // MARK: Statements

  func run(_ statements: [Statement], _ frame: inout Frame) throws(CellFailure) -> Flow {
    if let rehearsal { return try rehearse(statements, &frame, rehearsal) }
    for statement in statements {
      let flow = try run(statement, &frame)
      if case .normal = flow { continue }
      return flow
    }
    return .normal
  }

  func run(_ statement: Statement, _ frame: inout Frame) throws(CellFailure) -> Flow {
    switch statement {
    case .bind(let pattern, let expression):
      let new =
        if case .variable = pattern { try foreseen(expression, &frame) } else {
          try value(expression, &frame)
        }
      bind(pattern, to: new, &frame)
    case .declare(let function, let reference):
      // Create the box first: the function may capture itself.
      let own = Box()
      if case .local(let slot) = reference, frame.locals.indices.contains(slot) { frame.locals[slot] = own }
      own.value = .function(closure(function, captured: captures(function, &frame)))
    case .assign(let place, let expression):
      let new = try value(expression, &frame)
      if rehearsal != nil, place.path.isEmpty {
        // Also if the previous value was unknown.
        box(place.reference, &frame).value = new
      } else {
        try modify(place, &frame, storing: [new]) { $0 = new }
      }
    case .compound(let place, let op, let expression):
      let operand = try value(expression, &frame)
      try modify(place, &frame, storing: [operand]) { current in
        if case .array(var list) = current, case .array(let more) = operand, op == .add {
          // Append in place, so that a loop of appends takes linear time.
          try Value.checkCount(list.count + more.count)
          current = .void
          defer { current = .array(list) }
          let before = list.place
          list += more
          try meter.charge(words: list.place == before ? more.count : list.count)
        } else {
          current = try Arithmetic.binary(op, current, operand)
          try meter.charge(sum: current)
        }
      }
    case .expression(let expression): _ = try value(expression, &frame)
    case .emit(let expression):
      let element = try value(expression, &frame)
      frame.collected.append(BuilderContent.Element(value: element, location: expression.range.start))
    case .branch(let conditions, let then, let otherwise):
      return try run(try holds(conditions, &frame) ? then : otherwise, &frame)
    case .block(let body): return try run(body, &frame)
    case .choose(let subject, let cases, let range): return try choose(subject, cases, range, &frame)
    case .loop(let pattern, let sequence, let filter, let body, let range):
      return try loop(pattern, sequence, filter, body, range, &frame)
    case .whileLoop(let conditions, let body, let checksAfter, let range):
      var isFirst = checksAfter
      while try isFirst ? true : holds(conditions, &frame) {
        isFirst = false
        try checkStop(at: range)
        let flow = try run(body, &frame)
        if case .exitLoop = flow { break }
        if case .giveBack = flow { return flow }
      }
    case .giveBack(let expression):
      guard let expression else { return .giveBack(.void) }
      return .giveBack(try value(expression, &frame))
    case .exitLoop: return .exitLoop
    case .nextIteration: return .nextIteration
    case .unchecked(let code): throw unchecked(at: code.range)
    }
    return .normal
  }

  private func holds(_ conditions: [Condition], _ frame: inout Frame) throws(CellFailure) -> Bool {
    for condition in conditions {
      switch condition {
      case .expression(let expression):
        guard case .bool(true) = try value(expression, &frame) else { return false }
      case .unwrap(let expression, let reference):
        guard case .optional(let wrapped?) = try value(expression, &frame) else { return false }
        bind(reference, to: wrapped, &frame)
      case .match(let pattern, let expression):
        guard try matches(try value(expression, &frame), pattern, &frame) else { return false }
      }
    }
    return true
  }

  private func loop(
    _ pattern: Pattern, _ sequence: Expression, _ filter: Expression?, _ body: [Statement],
    _ range: SourceRange,
    _ frame: inout Frame
  ) throws(CellFailure) -> Flow {
    func turn(_ element: Value, _ frame: inout Frame) throws(CellFailure) -> Flow {
      try checkStop(at: range)
      bind(pattern, to: element, &frame)
      if let filter {
        guard case .bool(true) = try value(filter, &frame) else { return .normal }
      }
      return try run(body, &frame)
    }
    let source = try foreseen(sequence, &frame)
    if let element = source.foreseenElement {
      _ = try turn(element, &frame)
      throw .unknown(at: sequence.range)
    }
    if case .range(.int(let low), .int(let high), let isClosed) = source.countable {
      // Generate a range's numbers one at a time: it may be long.
      var next = low
      while isClosed ? next <= high : next < high {
        let flow = try turn(.int(next), &frame)
        if case .exitLoop = flow { break }
        if case .giveBack = flow { return flow }
        if next == .max { break }
        next += 1
      }
      return .normal
    }
    for element in try elements(source, at: sequence.range) {
      let flow = try turn(element, &frame)
      if case .exitLoop = flow { break }
      if case .giveBack = flow { return flow }
    }
    return .normal
  }

  private func elements(_ value: Value, at range: SourceRange) throws(CellFailure) -> [Value] {
    do { return try value.elements() } catch { throw located(error, at: range) }
  }

  // MARK: Places

  /// A part of a variable whose indices and keys have been computed.
  struct Target {
    fileprivate enum Step {
      case index(Int)
      case key(Value, fallback: Value?)
      case element(Int)
    }
    fileprivate let box: Box
    fileprivate let steps: [Step]
    let place: Place
  }

  /// Changes the value at a place without copying it.
  ///
  /// - Parameters:
  ///   - runsCells: whether the change may call cell functions, which may read the same variable. All other changes are
  ///     atomic: other threads that use the variable wait.
  ///   - new: the values that the change may store; `nil` if they are unknown.
  @discardableResult
  func modify<R>(
    _ place: Place, _ frame: inout Frame, runsCells: Bool = false, storing new: [Value]? = nil,
    _ change: (inout Value) throws -> R
  ) throws(CellFailure) -> R {
    try modify(try target(place, &frame), runsCells: runsCells, storing: new, change)
  }

  /// Computes a place's indices and keys.
  func target(_ place: Place, _ frame: inout Frame) throws(CellFailure) -> Target {
    var steps: [Target.Step] = []
    for step in place.path {
      switch step {
      case .element(let index): steps.append(.element(index))
      case .index(let expression):
        guard case .int(let index) = try value(expression, &frame) else {
          throw failure("an index must be an Int", at: expression.range)
        }
        steps.append(.index(index))
      case .key(let expression, let fallback):
        let key = try value(expression, &frame)
        steps.append(
          .key(key, fallback: try fallback.map { (e) throws(CellFailure) in try value(e, &frame) }))
      }
    }
    return Target(box: box(place.reference, &frame), steps: steps, place: place)
  }

  /// Changes the value of a target without copying it.
  @discardableResult
  func modify<R>(
    _ target: Target, runsCells: Bool = false, storing new: [Value]? = nil,
    _ change: (inout Value) throws -> R
  ) throws(CellFailure) -> R {
    let (box, steps) = (target.box, target.steps[...])
    func counted(_ value: inout Value, _ isInStructure: Bool) throws -> (result: R, nesting: Int) {
      let result = try change(&value)
      guard isInStructure else { return (result, 0) }
      return (result, new.map { 1 + ($0.map(\.nesting).max() ?? 0) } ?? value.nesting)
    }
    do {
      if runsCells {
        if var whole = box.take() {
          defer { box.value = whole }
          return try modify(&whole, steps, counted).result
        }
      } else if let result = try box.change({ try modify(&$0, steps, counted).result }) {
        return result
      }
    } catch {
      throw located(error, at: target.place.range)
    }
    throw missing(target.place.name, at: target.place.range)
  }

  func missing(_ name: String, at range: SourceRange) -> CellFailure {
    if rehearsal != nil { return .unknown(at: range) }
    return failure("'\(name)' is used before it has a value, or while it is being changed", at: range)
  }

  /// Changes a part of a value. The nesting is that of the part, as far as the change has increased it.
  ///
  /// - Parameters:
  ///   - isInStructure: whether a struct contains the part, so that the levels of values must be counted.
  ///   - change: makes the change, and counts the levels that it stores.
  private func modify<R>(
    _ value: inout Value, _ steps: ArraySlice<Target.Step>, isInStructure: Bool = false,
    _ change: (inout Value, Bool) throws -> (result: R, nesting: Int)
  ) throws -> (result: R, nesting: Int) {
    guard let step = steps.first else { return try change(&value, isInStructure) }
    let rest = steps.dropFirst()
    // Each case takes its part out of the value first: a second owner would turn the change into a copy.
    switch step {
    case .index(let index):
      guard case .array(var list) = value else { break }
      guard list.indices.contains(index) else { throw LibraryFailure(Self.outOfRange(index, list.count)) }
      value = .void
      defer { value = .array(list) }
      let before = list.place
      let (result, nesting) = try modify(&list[index], rest, isInStructure: isInStructure, change)
      if list.place != before { try meter.charge(words: list.count) }
      return (result, nesting + 1)
    case .element(let index):
      // A `switch` would keep a second owner.
      if case .tuple(var list, let labels) = value, list.indices.contains(index) {
        value = .void
        defer { value = .tuple(list, labels: labels) }
        let (result, nesting) = try modify(&list[index], rest, isInStructure: isInStructure, change)
        return (result, nesting + 1)
      }
      if case .structure(var made) = value, made.fields.indices.contains(index) {
        value = .void
        defer { value = .structure(made) }
        let result = try made.change(index) { try modify(&$0, rest, isInStructure: true, change) }
        return (result, made.nesting)
      }
    case .key(let key, let fallback):
      guard case .dictionary(var entries) = value else { break }
      value = .void
      defer { value = .dictionary(entries) }
      var current = fallback.map { entries[key] ?? $0 } ?? .optional(entries[key])
      let (result, nesting) = try modify(&current, rest, isInStructure: isInStructure, change)
      if fallback != nil {
        entries[key] = current
      } else if case .optional(let new) = current {
        entries[key] = new
      }
      return (result, 1 + (isInStructure ? max(nesting, key.nesting) : nesting))
    }
    throw HostMismatch(what: "the value being changed", expected: .array(.anything))
  }

  static func outOfRange(_ index: Int, _ count: Int) -> String {
    "index \(index) is out of range for \(count) element\(count == 1 ? "" : "s")"
  }
}
