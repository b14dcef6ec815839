#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Numeric functions of the C library, comparisons, and members of number types.
enum Mathematics {
  static let functions: [Entry] =
    [
      unary("sqrt", { $0.squareRoot() }, { $0.squareRoot() }), unary("exp", { exp($0) }, { exp($0) }),
      unary("log", { log($0) }, { log($0) }), unary("log2", { log2($0) }, { log2($0) }),
      unary("log10", { log10($0) }, { log10($0) }), unary("sin", { sin($0) }, { sin($0) }),
      unary("cos", { cos($0) }, { cos($0) }), unary("tan", { tan($0) }, { tan($0) }),
      unary("tanh", { tanh($0) }, { tanh($0) }), unary("floor", { floor($0) }, { floor($0) }),
      unary("ceil", { ceil($0) }, { ceil($0) }), unary("round", { round($0) }, { round($0) }),
      .library(
        .function, "pow", [.plain("base", .t), .plain("exponent", .t)], returns: .t,
        where: ["T": .floatingPoint]
      ) { v in
        switch (try v.value(0), try v.value(1)) {
        case (.double(let a), .double(let b)): .double(pow(a, b))
        case (.float(let a), .float(let b)): .float(pow(a, b))
        default: throw LibraryFailure("'pow' needs floating-point numbers")
        }
      },
      .library(.function, "abs", [.plain("x", .t)], returns: .t, where: ["T": .numeric]) { v in
        switch try v.value(0) {
        case .int(let x):
          if x == .min { throw LibraryFailure("arithmetic overflow: abs(\(x)) does not fit in an Int") }
          return .int(x < 0 ? -x : x)
        case .double(let x): return .double(x.magnitude)
        case .float(let x): return .float(x.magnitude)
        default: throw LibraryFailure("'abs' needs a number")
        }
      },
    ] + (2...4).flatMap { [extreme("min", $0), extreme("max", $0)] }

  private static func unary(
    _ name: String, _ double: @escaping @Sendable (Double) -> Double,
    _ float: @escaping @Sendable (Float) -> Float
  ) -> Entry {
    .library(.function, name, [.plain("x", .t)], returns: .t, where: ["T": .floatingPoint]) { v in
      switch try v.value(0) {
      case .double(let x): .double(double(x))
      case .float(let x): .float(float(x))
      default: throw LibraryFailure("'\(name)' needs a floating-point number")
      }
    }
  }

  private static func extreme(_ name: String, _ count: Int) -> Entry {
    let parameters = (0..<count).map { ParameterInfo.plain("x\($0)", .t) }
    return .library(.function, name, parameters, returns: .t, where: ["T": .comparable]) { v in
      var best = try v.value(0)
      for candidate in v.list.dropFirst() {
        // As in Swift, min returns the first of equal values and max the last.
        if name == "min" ? candidate.isLess(than: best) : !candidate.isLess(than: best) { best = candidate }
      }
      return best
    }
  }

  /// Functions that are ambiguous in Swift if every argument is an integer literal, or that resolve to Decimal.
  static let ambiguousOnIntegers: Set<String> = [
    "pow", "exp", "log", "log2", "log10", "sin", "cos", "tan", "tanh",
  ]

  static let rule = CellType.named("FloatingPointRoundingRule")

  static let members: [Entry] =
    [CellType.double, .float].flatMap { type -> [Entry] in
      [
        .library(.method, "rounded", on: type, returns: type) { v in
          try map(v, { $0.rounded() }, { $0.rounded() })
        },
        .library(.method, "rounded", on: type, [.plain("rule", rule)], returns: type) { v in
          guard case .host(let rule as FloatingPointRoundingRule, _) = try v.value(1) else {
            throw HostMismatch(what: "the rounding rule", expected: rule)
          }
          return try map(v, { $0.rounded(rule) }, { $0.rounded(rule) })
        },
        .library(.method, "squareRoot", on: type, returns: type) { v in
          try map(v, { $0.squareRoot() }, { $0.squareRoot() })
        },
        .library(.method, "truncatingRemainder", on: type, [.labelled("dividingBy", type)], returns: type) {
          v in
          switch (try v.value(0), try v.value(1)) {
          case (.double(let a), .double(let b)): .double(a.truncatingRemainder(dividingBy: b))
          case (.float(let a), .float(let b)): .float(a.truncatingRemainder(dividingBy: b))
          default: throw HostMismatch(what: "the operand", expected: type)
          }
        },
        .library(.property, "isNaN", on: type, returns: .bool) { v in .bool(try wide(v).isNaN) },
        .library(.property, "isFinite", on: type, returns: .bool) { v in .bool(try wide(v).isFinite) },
        .library(.property, "isInfinite", on: type, returns: .bool) { v in .bool(try wide(v).isInfinite) },
        .library(.property, "magnitude", on: type, returns: type) { v in
          try map(v, { $0.magnitude }, { $0.magnitude })
        },
      ]
    } + [
      .library(.method, "isMultiple", on: .int, [.labelled("of", .int)], returns: .bool) { v in
        let (a, b): (Int, Int) = (try v.get(0), try v.get(1))
        return .bool(a.isMultiple(of: b))
      },
      .library(
        .method, "quotientAndRemainder", on: .int, [.labelled("dividingBy", .int)],
        returns: .tuple([TupleElement("quotient", .int), TupleElement("remainder", .int)])
      ) { v in
        let (a, b): (Int, Int) = (try v.get(0), try v.get(1))
        if b == 0 { throw LibraryFailure("division by zero") }
        let (quotient, overflow) = a.dividedReportingOverflow(by: b)
        if overflow { throw LibraryFailure("arithmetic overflow: \(a) / \(b) does not fit in an Int") }
        return .tuple([.int(quotient), .int(a - quotient * b)], labels: ["quotient", "remainder"])
      },
      .library(.method, "signum", on: .int, returns: .int) { v in .int(try v.get(0, Int.self).signum()) },
    ]
    + [CellType.int, .double, .float, .bool, .string, .array(.t), .dictionary(.k, .v)].map { type in
      .library(.property, "description", on: type, returns: .string) { v in
        .string(try v.value(0).description)
      }
    }

  private static func map(
    _ v: Values, _ double: (Double) -> Double, _ float: (Float) -> Float
  ) throws -> Value {
    switch try v.value(0) {
    case .double(let x): .double(double(x))
    case .float(let x): .float(float(x))
    default: throw HostMismatch(what: "the receiver", expected: .double)
    }
  }

  private static func wide(_ v: Values) throws -> Double {
    switch try v.value(0) {
    case .double(let x): x
    case .float(let x): Double(x)
    default: throw HostMismatch(what: "the receiver", expected: .double)
    }
  }

  static let statics: [Entry] = doubles + integers + rules

  private static func value(_ name: String, _ type: CellType, _ value: Value) -> Entry {
    .library(.staticValue, name, on: type, returns: type) { _ in value }
  }

  private static let integers = [
    value("max", .int, .int(.max)), value("min", .int, .int(.min)), value("zero", .int, .int(0)),
  ]

  private static let doubles: [Entry] = [
    value("zero", .double, .double(0)), value("zero", .float, .float(0)),
    value("pi", .double, .double(.pi)), value("infinity", .double, .double(.infinity)),
    value("nan", .double, .double(.nan)), value("ulpOfOne", .double, .double(.ulpOfOne)),
    value("greatestFiniteMagnitude", .double, .double(.greatestFiniteMagnitude)),
    value("leastNormalMagnitude", .double, .double(.leastNormalMagnitude)),
    value("pi", .float, .float(.pi)), value("infinity", .float, .float(.infinity)),
    value("nan", .float, .float(.nan)), value("ulpOfOne", .float, .float(.ulpOfOne)),
    value("greatestFiniteMagnitude", .float, .float(.greatestFiniteMagnitude)),
    value("leastNormalMagnitude", .float, .float(.leastNormalMagnitude)),
  ]

  private static let rules: [Entry] = [
    ("up", FloatingPointRoundingRule.up), ("down", .down), ("towardZero", .towardZero),
    ("awayFromZero", .awayFromZero), ("toNearestOrEven", .toNearestOrEven),
    ("toNearestOrAwayFromZero", .toNearestOrAwayFromZero),
  ].map { name, rule in value(name, Self.rule, .host(rule, type: "FloatingPointRoundingRule")) }
}
