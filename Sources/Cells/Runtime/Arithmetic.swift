/// Operators on values. Integers never wrap and never trap: an operation that would trap in Swift throws instead.
enum Arithmetic {
  static func unary(_ op: UnaryOperator, _ value: Value) throws -> Value {
    switch (op, value) {
    case (.minus, .int(let x)):
      if x == .min { throw LibraryFailure("arithmetic overflow: -(\(x)) does not fit in an Int") }
      return .int(-x)
    case (.minus, .double(let x)): return .double(-x)
    case (.minus, .float(let x)): return .float(-x)
    case (.not, .bool(let x)): return .bool(!x)
    case (.complement, .int(let x)): return .int(~x)
    default: throw HostMismatch(what: "the operand", expected: .int)
    }
  }

  static func binary(_ op: BinaryOperator, _ a: Value, _ b: Value) throws -> Value {
    switch op {
    case .equal: return .bool(a.isEqual(to: b))
    case .notEqual: return .bool(!a.isEqual(to: b))
    case .less: return .bool(a.isLess(than: b))
    case .greater: return .bool(b.isLess(than: a))
    case .lessOrEqual: return .bool(a.isLess(than: b) || a.isEqual(to: b))
    case .greaterOrEqual: return .bool(b.isLess(than: a) || a.isEqual(to: b))
    default: break
    }
    switch (a, b) {
    case (.int(let x), .int(let y)): return .int(try integer(op, x, y))
    case (.double(let x), .double(let y)): return .double(try floating(op, x, y))
    case (.float(let x), .float(let y)): return .float(try floating(op, x, y))
    case (.string(let x), .string(let y)) where op == .add:
      try Meter.checkLength(ofString: x.utf8.count + y.utf8.count)
      return .string(x + y)
    case (.array(let x), .array(let y)) where op == .add:
      try Value.checkCount(x.count + y.count)
      return .array(x + y)
    default: throw HostMismatch(what: "an operand", expected: .int)
    }
  }

  private static func integer(_ op: BinaryOperator, _ x: Int, _ y: Int) throws -> Int {
    let (value, overflow): (Int, Bool)
    switch op {
    case .add: (value, overflow) = x.addingReportingOverflow(y)
    case .subtract: (value, overflow) = x.subtractingReportingOverflow(y)
    case .multiply: (value, overflow) = x.multipliedReportingOverflow(by: y)
    case .divide, .remainder:
      if y == 0 { throw LibraryFailure("division by zero") }
      (value, overflow) =
        op == .divide ? x.dividedReportingOverflow(by: y) : x.remainderReportingOverflow(dividingBy: y)
    case .bitAnd: return x & y
    case .bitOr: return x | y
    case .bitXor: return x ^ y
    case .shiftLeft: return x << y
    case .shiftRight: return x >> y
    default: throw HostMismatch(what: "an operand", expected: .int)
    }
    if overflow {
      throw LibraryFailure("arithmetic overflow: \(x) \(op.rawValue) \(y) does not fit in an Int")
    }
    return value
  }

  private static func floating<F: BinaryFloatingPoint>(_ op: BinaryOperator, _ x: F, _ y: F) throws -> F {
    switch op {
    case .add: return x + y
    case .subtract: return x - y
    case .multiply: return x * y
    case .divide: return x / y
    default: throw HostMismatch(what: "an operand", expected: .int)
    }
  }
}
