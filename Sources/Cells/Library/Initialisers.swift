/// Initialisers of Swift's own types: conversions between numbers and strings, arrays and dictionaries.
enum Initialisers {
  static let functions: [Entry] = numbers + texts + collections

  private static func make(
    _ name: String, _ type: CellType, returns result: CellType,
    _ call: @escaping @Sendable (Values) throws -> Value
  ) -> Entry {
    .library(.initialiser, name, [.plain("value", type)], returns: result, call)
  }

  private static func integer(_ value: Double) throws -> Value {
    let whole = value.rounded(.towardZero)
    guard let exact = Int(exactly: whole) else {
      throw LibraryFailure(
        "\(value) cannot be converted to Int because it is \(value.isFinite ? "out of range" : "not finite")")
    }
    return .int(exact)
  }

  private static func check(radix: Int) throws {
    guard (2...36).contains(radix) else { throw LibraryFailure("Radix must be between 2 and 36") }
  }

  private static let numbers: [Entry] = [
    make("Int", .int, returns: .int) { v in try v.value(0) },
    make("Int", .double, returns: .int) { v in try integer(v.get(0)) },
    make("Int", .float, returns: .int) { v in try integer(Double(v.get(0, Float.self))) },
    make("Int", .string, returns: .optional(.int)) { v in
      .optional(Int(try v.get(0, String.self)).map { .int($0) })
    },
    make("Int", .substring, returns: .optional(.int)) { v in
      .optional(Int(try v.get(0, String.self)).map { .int($0) })
    },
    make("Double", .double, returns: .double) { v in try v.value(0) },
    make("Double", .int, returns: .double) { v in .double(Double(try v.get(0, Int.self))) },
    make("Double", .float, returns: .double) { v in .double(Double(try v.get(0, Float.self))) },
    make("Double", .string, returns: .optional(.double)) { v in
      .optional(Double(try v.get(0, String.self)).map { .double($0) })
    },
    make("Double", .substring, returns: .optional(.double)) { v in
      .optional(Double(try v.get(0, String.self)).map { .double($0) })
    },
    make("Float", .float, returns: .float) { v in try v.value(0) },
    make("Float", .int, returns: .float) { v in .float(Float(try v.get(0, Int.self))) },
    make("Float", .double, returns: .float) { v in .float(Float(try v.get(0, Double.self))) },
    make("Float", .string, returns: .optional(.float)) { v in
      .optional(Float(try v.get(0, String.self)).map { .float($0) })
    },
    make("Float", .substring, returns: .optional(.float)) { v in
      .optional(Float(try v.get(0, String.self)).map { .float($0) })
    },
    make("Bool", .bool, returns: .bool) { v in try v.value(0) },
    make("Bool", .string, returns: .optional(.bool)) { v in
      .optional(Bool(try v.get(0, String.self)).map { .bool($0) })
    },
    make("Bool", .substring, returns: .optional(.bool)) { v in
      .optional(Bool(try v.get(0, String.self)).map { .bool($0) })
    },
    .library(
      .initialiser, "Int", [.plain("text", .string), .labelled("radix", .int)], returns: .optional(.int)
    ) { v in
      let radix: Int = try v.get(1)
      try check(radix: radix)
      return .optional(Int(try v.get(0, String.self), radix: radix).map { .int($0) })
    },
    .library(.initialiser, "Int", [.labelled("exactly", .double)], returns: .optional(.int)) { v in
      .optional(Int(exactly: try v.get(0, Double.self)).map { .int($0) })
    },
  ]

  private static let texts: [Entry] =
    [CellType.int, .double, .float, .bool, .string, .substring].map { type in
      make("String", type, returns: .string) { v in .string(try v.value(0).description) }
    } + [
      .library(.initialiser, "String", [.labelled("describing", .t)], returns: .string) { v in
        .string(try v.value(0).description)
      },
      .library(
        .initialiser, "String", [.labelled("repeating", .string), .labelled("count", .int)], returns: .string
      ) { v in
        let (unit, count): (String, Int) = (try v.get(0), try v.get(1))
        if count < 0 { throw LibraryFailure("Negative count not allowed: \(count)") }
        let (bytes, overflow) = unit.utf8.count.multipliedReportingOverflow(by: count)
        if overflow || bytes > Meter.maximumStringBytes {
          throw LibraryFailure("the string is too long for cells")
        }
        return .string(String(repeating: unit, count: count))
      },
      .library(.initialiser, "String", returns: .string) { _ in .string("") },
      .library(
        .initialiser, "String",
        [
          .plain("value", .int), .labelled("radix", .int),
          .labelled("uppercase", .bool, default: .bool(false)),
        ], returns: .string
      ) { v in
        let radix: Int = try v.get(1)
        try check(radix: radix)
        return .string(String(try v.get(0, Int.self), radix: radix, uppercase: try v.get(2)))
      },
    ] + (1...12).map(formatted)

  /// `String(format: "%.2f", x)` with up to twelve arguments, as in Foundation.
  private static func formatted(_ count: Int) -> Entry {
    let values = (0..<count).map { ParameterInfo.plain("value\($0)", .anything) }
    return .library(.initialiser, "String", [.labelled("format", .string)] + values, returns: .string) { v in
      .string(try Format.string(v.get(0), Array(v.list.dropFirst())))
    }
  }

  private static let collections: [Entry] = [
    .library(.initialiser, "Optional", [.plain("some", .t)], returns: .optional(.t)) { v in
      .optional(try v.value(0))
    },
    .library(.initialiser, "Array", returns: .array(.t)) { _ in .array([]) },
    .library(.initialiser, "Array", [.plain("sequence", .anySequence)], returns: .array(.t)) { v in
      .array(try v.elements(0))
    },
    .library(
      .initialiser, "Array", [.labelled("repeating", .t), .labelled("count", .int)], returns: .array(.t)
    ) { v in
      let count: Int = try v.get(1)
      if count < 0 { throw LibraryFailure("Can't construct Array with count < 0: \(count)") }
      try Value.checkCount(count)
      return .array(Array(repeating: try v.value(0), count: count))
    },
    .library(.initialiser, "Set", returns: .set(.t), where: ["T": .hashable]) { _ in .set(OrderedSet()) },
    .library(
      .initialiser, "Set", [.plain("sequence", .anySequence)], returns: .set(.t), where: ["T": .hashable]
    ) { v in .set(OrderedSet(try v.elements(0))) },
    .library(.initialiser, "Dictionary", returns: .dictionary(.k, .v), where: ["K": .hashable]) { _ in
      .dictionary(OrderedDictionary())
    },
    .library(
      .initialiser, "Dictionary",
      [
        .labelled(
          "uniqueKeysWithValues", .sequence("", .tuple([TupleElement(nil, .k), TupleElement(nil, .v)])))
      ],
      returns: .dictionary(.k, .v), where: ["K": .hashable]
    ) { v in
      var out = OrderedDictionary()
      for pair in try v.elements(0) {
        guard case .tuple(let parts, _) = pair, parts.count == 2 else { continue }
        if out[parts[0]] != nil { throw LibraryFailure("Duplicate values for key: '\(parts[0])'") }
        out[parts[0]] = parts[1]
      }
      return .dictionary(out)
    },
  ]
}
