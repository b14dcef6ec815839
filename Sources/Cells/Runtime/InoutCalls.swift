import Diagnostics

/// Passes variables to `inout` parameters: the value moves into a box of the called function, and back.
extension Interpreter {
  /// Calls a function with arguments of which some are `inout`.
  ///
  /// - Parameter place: for a mutating method, the receiver.
  func callInout(
    _ closure: Closure, _ arguments: [Expression], changing place: Place? = nil, at range: SourceRange,
    _ frame: inout Frame
  ) throws(CellFailure) -> Value {
    var values: [Value] = []
    var targets: [(index: Int, target: Target)] = []
    for argument in arguments {
      if case .inoutArgument(let place) = argument.kind {
        targets.append((values.count, try target(place, &frame)))
        values.append(.void)
      } else if let rehearsal {
        values += rehearsedValues([argument], &frame, rehearsal)
      } else {
        values.append(try value(argument, &frame))
      }
    }
    guard let place else {
      return try pass(targets[...], &values) { (values) throws(CellFailure) in
        do { return try closure(values) } catch { throw located(error, at: range) }
      }
    }
    let receiver = try target(place, &frame)
    return try pass(targets[...], &values) { (values) throws(CellFailure) in
      guard let change = closure.change else { throw failure("this changes nothing", at: range) }
      return try modify(receiver, runsCells: true) { receiver in
        do { return try change(&receiver, values) } catch { throw located(error, at: range) }
      }
    }
  }

  private func pass(
    _ targets: ArraySlice<(index: Int, target: Target)>, _ values: inout [Value],
    _ body: ([Value]) throws(CellFailure) -> Value
  ) throws(CellFailure) -> Value {
    guard let first = targets.first else { return try body(values) }
    return try modify(first.target, runsCells: true) { part in
      let box = Box(part)
      part = .void
      defer { part = box.take() ?? .void }
      values[first.index] = box.inoutArgument
      let result = try pass(targets.dropFirst(), &values, body)
      // In a rehearsal, the function may have assigned an unknown value.
      if box.value == nil { throw missing(first.target.place.name, at: first.target.place.range) }
      return result
    }
  }
}

extension Box {
  private static let inoutType = "inout"

  /// The box as an argument; the function uses it as its parameter.
  var inoutArgument: Value { .host(self, type: Self.inoutType) }

  /// The box of an `inout` argument; a new box for other values.
  static func parameter(_ argument: Value) -> Box {
    if case .host(let box as Box, inoutType) = argument { return box }
    return argument.isUnknown ? Box() : Box(argument)
  }
}
