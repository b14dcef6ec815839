import Diagnostics

/// Evaluates calls of cell functions, host functions and the standard library.
extension Interpreter {
  func call(_ expression: Expression, _ frame: inout Frame) throws(CellFailure) -> Value {
    switch expression.kind {
    case .call(let callee, let arguments):
      guard case .function(let closure) = try value(callee, &frame) else {
        throw failure("this is not a function", at: callee.range)
      }
      if arguments.contains(where: \.isInout) {
        return try callInout(closure, arguments, at: expression.range, &frame)
      }
      let values =
        if let rehearsal { rehearsedValues(arguments, &frame, rehearsal, takesForeseen: true) } else {
          try values(arguments, &frame)
        }
      do { return try closure(values) } catch { throw located(error, at: expression.range) }
    case .callEntry(let entry, let arguments):
      if let rehearsal {
        let result = try rehearsedCall(entry, arguments, at: expression.range, &frame, rehearsal)
        return try whole(result, at: expression.range)
      }
      let values = try values(arguments, &frame)
      do {
        if entry.isPrint { return try printed(values) }
        if entry.group.isEmpty {
          let result = try entry.call(values)
          try meter.check()
          try meter.charge(result, of: entry, values)
          return result
        }
        try checkStop(at: expression.range)
        if let misfit = misfits(entry, values, arguments).first { throw misfit.failure }
        return try CellContext.$callSite.withValue(expression.range.start) { try entry.call(values) }
      } catch {
        throw located(error, at: expression.range)
      }
    case .mutate(let place, let entry, let arguments):
      let values = try values(arguments, &frame)
      guard let change = entry.traits.change else {
        throw failure("this changes nothing", at: expression.range)
      }
      let runsCells = values.contains(where: Self.isFunction)
      return try modify(place, &frame, runsCells: runsCells, storing: runsCells ? nil : values) { receiver in
        do {
          let result = try change(&receiver, values)
          try meter.check()
          return result
        } catch {
          throw located(error, at: expression.range)
        }
      }
    case .mutateBy(let place, let callee, let arguments) where arguments.contains(where: \.isInout):
      guard case .function(let closure) = try value(callee, &frame) else {
        throw failure("this is not a function", at: callee.range)
      }
      return try callInout(closure, arguments, changing: place, at: expression.range, &frame)
    case .mutateBy(let place, let callee, let arguments):
      let values = try values(arguments, &frame)
      guard case .function(let closure) = try value(callee, &frame), let change = closure.change else {
        throw failure("this changes nothing", at: expression.range)
      }
      return try modify(place, &frame, runsCells: true) { receiver in
        do { return try change(&receiver, values) } catch { throw located(error, at: expression.range) }
      }
    default: throw failure("this is not a call", at: expression.range)
    }
  }

  private static func isFunction(_ value: Value) -> Bool {
    switch value {
    case .function: true
    case .optional(let wrapped?): isFunction(wrapped)
    default: false
    }
  }

  /// Errors for arguments outside their parameters' ranges, each at its own place, with the argument's index.
  func misfits(
    _ entry: Entry, _ values: [Value], _ arguments: [Expression]
  ) -> [(index: Int, failure: CellFailure)] {
    // A member's receiver comes before the declared parameters.
    let first = values.count - entry.parameters.count
    var found: [(index: Int, failure: CellFailure)] = []
    for (index, parameter) in entry.parameters.enumerated() {
      guard let range = parameter.range, values.indices.contains(first + index),
        let misfit = range.misfit(in: values[first + index])
      else { continue }
      let failure = RangeFailure(
        row: entry.name, parameter: parameter.name, range: range, found: misfit,
        advice: range.advice?(values[first + index]))
      found.append((first + index, located(failure, at: arguments[first + index].range)))
    }
    return found
  }

  private func printed(_ values: [Value]) throws -> Value {
    guard values.count == 3, case .array(let items) = values[0] else { return .void }
    // Only values that are not text are truncated.
    var text = ValueText(limit: 4 * Meter.maximumStringBytes)
    for (index, item) in items.enumerated() {
      if index > 0 { text.write(values[1].description) }
      text.write(item.description)
    }
    // End the line even if the text was truncated.
    let end = values[2].description
    text.write(end)
    if text.isCut, end == "\n" { text.text += end }
    try meter.charge(words: text.text.utf8.count)
    print(text.text)
    return .void
  }

  // MARK: Functions of cells

  /// The variables that a function captures when it is created.
  func captures(_ function: Function, _ frame: inout Frame) -> [Box] {
    var out: [Box] = []
    for reference in function.captures { out.append(box(reference, &frame)) }
    return out
  }

  /// A function as a value that can be called from any thread.
  func closure(_ function: Function, captured: [Box]) -> Closure {
    rehearsal?.made(function, captured: captured)
    guard function.isMutating else {
      return Closure(
        type: function.type, captured: captured, capturesChanging: function.capturesChanging
      ) { arguments in
        try enter(function) { () throws(CellFailure) in try execute(function, captured, arguments) }
      }
    }
    return Closure(
      type: function.type,
      changing: { receiver, arguments in
        // Move the value in and out: a second owner would turn every change into a copy.
        let box = Box(receiver)
        receiver = .void
        defer { receiver = box.take() ?? .void }
        return try enter(function) { () throws(CellFailure) in
          try execute(function, captured, arguments, receiver: box)
        }
      })
  }

  /// Runs a function's body, on another thread if this one's stack is nearly full.
  private func enter(_ function: Function, _ body: @escaping () throws(CellFailure) -> Value) throws -> Value
  {
    let depth = Stack.callDepth
    if depth >= Self.maximumCallDepth {
      throw LibraryFailure(
        "more than \(Self.maximumCallDepth) calls are nested; end the recursion earlier, or write a loop")
    }
    try checkStop(at: function.range)
    Stack.callDepth = depth + 1
    defer { Stack.callDepth = depth }
    if Stack.isLarge { return try body() }
    return try withLargeStack {
      Meter.$current.withValue(meter) { Result { () throws(CellFailure) in try body() } }
    }.get()
  }

  private func execute(
    _ function: Function, _ captured: [Box], _ arguments: [Value], receiver: Box? = nil
  ) throws(CellFailure) -> Value {
    var receiver = receiver
    if let value = function.initialValue { receiver = Box(value) }
    let first = receiver == nil ? 0 : 1
    var frame = Frame(localCount: max(function.localCount, first + arguments.count), captured: captured)
    if let receiver { frame.locals[0] = receiver }
    for (index, argument) in arguments.enumerated() {
      frame.locals[first + index] = .parameter(argument)
    }
    let flow = try run(function.body, &frame)
    if function.initialValue != nil { return try initialised(flow, receiver, function) }
    if case .giveBack(let value) = flow { return value }
    return .void
  }
}

extension Interpreter {
  /// The value that an initialiser has made: an optional if it may fail.
  private func initialised(_ flow: Flow, _ made: Box?, _ function: Function) throws(CellFailure) -> Value {
    if case .giveBack(.optional(nil)) = flow { return .optional(nil) }
    guard let value = made?.value else { throw missing("self", at: function.range) }
    if case .function(_, returns: .optional) = function.type { return .optional(value) }
    return value
  }
}

extension Expression {
  /// Whether this is an `inout` argument.
  var isInout: Bool { if case .inoutArgument = kind { true } else { false } }
}

extension Entry {
  var isPrint: Bool { name == "print" && group.isEmpty }
}
