import Diagnostics

/// Evaluates expressions, by kind.
extension Interpreter {
  func value(_ expression: Expression, _ frame: inout Frame) throws(CellFailure) -> Value {
    switch expression.kind {
    case .constant(let value): return value
    case .variable(let reference, let name):
      guard let value = box(reference, &frame).value else { throw missing(name, at: expression.range) }
      return try whole(value, at: expression.range)
    case .interpolation(let parts):
      var text = ""
      for part in try values(parts, &frame) {
        text += part.description
        if text.utf8.count > Meter.maximumStringBytes {
          throw failure("the string is too long for cells", at: expression.range)
        }
      }
      do { try meter.charge(text: text) } catch { throw located(error, at: expression.range) }
      return .string(text)
    case .array(let elements): return .array(try values(elements, &frame))
    case .tuple(let elements):
      guard case .tuple(let types) = expression.type else { return .void }
      return .tuple(try values(elements, &frame), labels: types.map(\.label))
    case .dictionary(let keys, let values): return try dictionary(keys, values, &frame)
    case .element(let base, let index):
      switch try value(base, &frame) {
      case .tuple(let parts, _):
        if parts.indices.contains(index) { return parts[index] }
      case .structure(let value):
        if value.fields.indices.contains(index) { return value.fields[index] }
      default: break
      }
      throw failure("the value has no part \(index)", at: expression.range)
    case .structure(let name, let fields, let labels):
      let made = StructureValue(type: name, fields: try values(fields, &frame), labels: labels)
      try checkNesting(made.nesting, at: expression.range)
      return .structure(made)
    case .and(let a, let b): return try isTrue(a, &frame) ? try value(b, &frame) : .bool(false)
    case .or(let a, let b): return try isTrue(a, &frame) ? .bool(true) : try value(b, &frame)
    case .ternary(let test, let a, let b): return try value(try isTrue(test, &frame) ? a : b, &frame)
    case .wrap(let inside): return .optional(try value(inside, &frame))
    case .unwrap(let inside):
      guard case .optional(let wrapped?) = try value(inside, &frame) else {
        throw failure("unexpectedly found nil while unwrapping an Optional value", at: expression.range)
      }
      return wrapped
    case .isNil(let inside):
      if case .optional(nil) = try value(inside, &frame) { return .bool(true) }
      return .bool(false)
    case .coalesce(let a, let b):
      let first = try value(a, &frame)
      guard case .optional(let wrapped) = first else { return first }
      guard let wrapped else { return try value(b, &frame) }
      return expression.type == a.type ? first : wrapped
    case .closure(let function): return .function(closure(function, captured: captures(function, &frame)))
    case .builder(let statements):
      let outer = frame.collected
      frame.collected = []
      defer { frame.collected = outer }
      _ = try run(statements, &frame)
      var content = BuilderContent(frame.collected)
      content.hasGaps = rehearsal != nil && content.elements.contains { $0.value.isUnknown }
      return content.cellValue
    case .enumeration(let one, let payload):
      let made = one.with(try values(payload, &frame))
      try checkNesting(made.nesting, at: expression.range)
      return .enumeration(made)
    case .set(let elements):
      let values = try values(elements, &frame)
      do { try meter.charge(words: values.count * 2 * Meter.wordsOfNew) } catch {
        throw located(error, at: expression.range)
      }
      return .set(OrderedSet(values))
    case .partialRange(let lower, let upper, let isClosed):
      return .range(
        lower: try lower.map { (e) throws(CellFailure) in try value(e, &frame) } ?? .void,
        upper: try upper.map { (e) throws(CellFailure) in try value(e, &frame) } ?? .void, isClosed: isClosed)
    case .conditional(let statement):
      let flow = try rehearsal == nil ? run(statement, &frame) : run([statement], &frame)
      if case .giveBack(let value) = flow { return value }
      throw failure("no branch has a value", at: expression.range)
    case .inoutArgument(let place):
      throw failure("'\(place.name)' is not passed to a function", at: place.range)
    case .unary, .binary, .range: return try operation(expression, &frame)
    case .index, .key, .optionalChain: return try access(expression, &frame)
    case .call, .callEntry, .mutate, .mutateBy: return try call(expression, &frame)
    case .faulty(let meant):
      guard rehearsal != nil else { throw unchecked(at: expression.range) }
      return try value(meant, &frame)
    case .integer, .floatingPoint, .invalid: throw unchecked(at: expression.range)
    }
  }

  /// The failure of code that has a reported error.
  func unchecked(at range: SourceRange) -> CellFailure {
    rehearsal == nil ? failure("this expression was not checked", at: range) : .unknown(at: range)
  }

  private func checkNesting(_ levels: Int, at range: SourceRange) throws(CellFailure) {
    do { try Nesting.check(levels) } catch { throw located(error, at: range) }
  }

  /// Evaluates expressions in order. In a rehearsal, a failing one does not hide the failures of the others.
  func values(_ expressions: [Expression], _ frame: inout Frame) throws(CellFailure) -> [Value] {
    if let rehearsal {
      let values = rehearsedValues(expressions, &frame, rehearsal)
      if let index = values.firstIndex(where: \.isUnknown) { throw .unknown(at: expressions[index].range) }
      return values
    }
    var out: [Value] = []
    out.reserveCapacity(expressions.count)
    for expression in expressions { out.append(try value(expression, &frame)) }
    return out
  }

  /// The values of two operands, as ``values(_:_:)`` but without an array.
  private func both(
    _ first: Expression, _ second: Expression, _ frame: inout Frame
  ) throws(CellFailure) -> (Value, Value) {
    if rehearsal != nil {
      let values = try values([first, second], &frame)
      return (values[0], values[1])
    }
    let value = try value(first, &frame)
    return (value, try self.value(second, &frame))
  }

  private func isTrue(_ expression: Expression, _ frame: inout Frame) throws(CellFailure) -> Bool {
    if case .bool(true) = try value(expression, &frame) { true } else { false }
  }

  private func dictionary(
    _ keys: [Expression], _ values: [Expression], _ frame: inout Frame
  ) throws(CellFailure) -> Value {
    var out = OrderedDictionary()
    if rehearsal != nil {
      let names = try self.values(keys + values, &frame)
      for (index, key) in keys.enumerated() {
        if out[names[index]] != nil {
          throw failure("dictionary literal contains duplicate key '\(names[index])'", at: key.range)
        }
        out[names[index]] = names[keys.count + index]
      }
      return .dictionary(out)
    }
    for (key, value) in zip(keys, values) {
      let name = try self.value(key, &frame)
      if out[name] != nil {
        throw failure("dictionary literal contains duplicate key '\(name)'", at: key.range)
      }
      out[name] = try self.value(value, &frame)
    }
    return .dictionary(out)
  }

  private func operation(_ expression: Expression, _ frame: inout Frame) throws(CellFailure) -> Value {
    do {
      switch expression.kind {
      case .unary(let op, let operand): return try Arithmetic.unary(op, value(operand, &frame))
      case .binary(let op, let left, let right):
        let (a, b) = try both(left, right, &frame)
        let result = try Arithmetic.binary(op, a, b)
        if op == .add { try meter.charge(sum: result) } else { try meter.check() }
        return result
      case .range(let low, let high, let isClosed):
        let (lower, upper) = try both(low, high, &frame)
        guard lower.isLess(than: upper) || lower.isEqual(to: upper) else {
          throw LibraryFailure("Range requires lowerBound <= upperBound, found \(lower) and \(upper)")
        }
        return .range(lower: lower, upper: upper, isClosed: isClosed)
      default: throw LibraryFailure("not an operation")
      }
    } catch {
      throw located(error, at: expression.range)
    }
  }

  // MARK: Parts

  private func access(_ expression: Expression, _ frame: inout Frame) throws(CellFailure) -> Value {
    switch expression.kind {
    case .index(let base, let index):
      let whole = try foreseen(base, &frame)
      if let element = whole.foreseenElement {
        return try foreseenElement(element, at: index, of: expression, &frame)
      }
      guard case .array(let list) = whole else {
        throw failure("only arrays have indices", at: base.range)
      }
      switch try value(index, &frame) {
      case .int(let index):
        guard list.indices.contains(index) else {
          throw failure(Self.outOfRange(index, list.count), at: expression.range)
        }
        return list[index]
      case .range(let lower, let upper, let isClosed):
        guard let bounds = Self.indices(lower, upper, isClosed: isClosed, count: list.count) else {
          let text = [lower.boundText, isClosed ? "..." : "..<", upper.boundText].joined()
          throw failure(
            "range \(text) is out of bounds for \(list.count) element\(list.count == 1 ? "" : "s")",
            at: expression.range)
        }
        return .array(Array(list[bounds]))
      default: throw failure("an index must be an Int", at: index.range)
      }
    case .key(let base, let key, let fallback):
      guard case .dictionary(let entries) = try value(base, &frame) else {
        throw failure("only dictionaries have keys", at: base.range)
      }
      let found = entries[try value(key, &frame)]
      guard let fallback else { return .optional(found) }
      if let found { return found }
      return try value(fallback, &frame)
    case .optionalChain(let links, let body, let wraps):
      for (local, base) in links {
        guard case .optional(let wrapped?) = try value(base, &frame) else { return .optional(nil) }
        if frame.locals.indices.contains(local) { frame.locals[local] = Box(wrapped) }
      }
      let result = try value(body, &frame)
      return wraps ? .optional(result) : result
    default: throw failure("not a part of a value", at: expression.range)
    }
  }

  /// The indices of a slice; `nil` if they are out of bounds. A bound that is `void` does not limit the slice.
  private static func indices(_ lower: Value, _ upper: Value, isClosed: Bool, count: Int) -> Range<Int>? {
    var bounds = (low: 0, high: count)
    if case .int(let low) = lower { bounds.low = low }
    if case .int(let high) = upper {
      guard high < count || !isClosed else { return nil }
      bounds.high = isClosed ? high + 1 : high
    }
    guard bounds.low >= 0, bounds.low <= bounds.high, bounds.high <= count else { return nil }
    return bounds.low..<bounds.high
  }
}

extension Value {
  /// A range's bound as it is written.
  fileprivate var boundText: String { if case .void = self { "" } else { description } }

  /// A range that a loop counts through: a one-sided range ends with the largest `Int`.
  var countable: Value {
    if case .range(.int(let low), .void, _) = self {
      return .range(lower: .int(low), upper: .int(.max), isClosed: true)
    }
    return self
  }
}
