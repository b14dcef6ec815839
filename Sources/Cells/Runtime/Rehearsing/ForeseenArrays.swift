import Diagnostics

/// Rehearses code that uses an array of which only the elements are known, such as the epochs of a training.
extension Interpreter {
  /// Evaluates an expression where an array may be foreseen; ``value(_:_:)`` takes such an array as unknown.
  func foreseen(_ expression: Expression, _ frame: inout Frame) throws(CellFailure) -> Value {
    guard let rehearsal else { return try value(expression, &frame) }
    switch expression.kind {
    case .variable(let reference, let name):
      guard let value = box(reference, &frame).value else { throw missing(name, at: expression.range) }
      return value
    case .callEntry(let entry, let arguments):
      return try rehearsedCall(entry, arguments, at: expression.range, &frame, rehearsal)
    default: return try value(expression, &frame)
    }
  }

  /// The value, unless it is a foreseen array.
  func whole(_ value: Value, at range: SourceRange) throws(CellFailure) -> Value {
    if rehearsal != nil, value.foreseenElement != nil { throw .unknown(at: range) }
    return value
  }

  /// An element of a foreseen array; unknown if it is not the same for each index.
  func foreseenElement(
    _ element: Value, at index: Expression, of expression: Expression, _ frame: inout Frame
  ) throws(CellFailure) -> Value {
    if let rehearsal { _ = rehearsedValues([index], &frame, rehearsal) }
    guard case .host = element, index.type == .int else { throw .unknown(at: expression.range) }
    return element
  }

  private static let comparing: Set<String> = ["max", "min", "sorted"]

  /// Rehearses a call of the standard library for one element of a foreseen array.
  func foreseenCall(
    _ entry: Entry, _ values: [Value], _ arguments: [Expression], at range: SourceRange, _ frame: inout Frame,
    _ rehearsal: Rehearsal
  ) throws(CellFailure) -> Value {
    // The run calls the closures for each element.
    defer { for argument in arguments { forget(Effects(argument), &frame, rehearsal) } }
    let result: Value
    do {
      // A closure that compares needs two elements.
      let count = Self.comparing.contains(entry.name) ? 2 : 1
      result = try entry.call(
        values.map { value in
          value.foreseenElement.map { .array(Array(repeating: $0, count: count)) } ?? value
        })
    } catch {
      // A closure has noted its failures; others may not happen with more elements.
      throw .unknown(at: range)
    }
    switch result {
    case .array(let list):
      if let first = list.first { return ForeseenElements(element: first).cellValue }
    case .optional(.host(_, let type)?):
      if values.contains(where: { $0.foreseenElement?.hostType == type }) { return result }
    default: break
    }
    throw .unknown(at: range)
  }
}

extension Value {
  fileprivate var hostType: String? { if case .host(_, let type) = self { type } else { nil } }
}
