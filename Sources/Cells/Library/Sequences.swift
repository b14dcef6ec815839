/// Members of all sequences: arrays, ranges, dictionaries and the sequences made from them.
enum Sequences {
  static let functions: [Entry] = [
    .library(
      .function, "zip", [.plain("a", .sequence("", .t)), .plain("b", .sequence("", .u))],
      returns: .sequence("Zip2Sequence", .tuple([TupleElement(nil, .t), TupleElement(nil, .u)]))
    ) { v in
      let (a, b) = try pair(v.value(0), v.value(1))
      return .array(zip(a, b).map { .tuple([$0, $1], labels: [nil, nil]) })
    },
    stride("to", isClosed: false), stride("through", isClosed: true),
  ]

  /// The elements of two sequences; a one-sided range counts as far as the other reaches.
  private static func pair(_ a: Value, _ b: Value) throws -> ([Value], [Value]) {
    func counted(from low: Int, _ count: Int) -> [Value] {
      (0..<count).map { .int(low.addingReportingOverflow($0).partialValue) }
    }
    switch (a, b) {
    case (.range(.int(let low), .void, _), _):
      let other = try b.elements()
      return (counted(from: low, other.count), other)
    case (_, .range(.int(let low), .void, _)):
      let other = try a.elements()
      return (other, counted(from: low, other.count))
    default: return (try a.elements(), try b.elements())
    }
  }

  private static func stride(_ label: String, isClosed: Bool) -> Entry {
    .library(
      .function, "stride", [.labelled("from", .t), .labelled(label, .t), .labelled("by", .t)],
      returns: .sequence(isClosed ? "StrideThrough" : "StrideTo", .t), where: ["T": .numeric]
    ) { v in .array(try strided(v.value(0), v.value(1), v.value(2), isClosed: isClosed)) }
  }

  private static func strided(_ from: Value, _ to: Value, _ by: Value, isClosed: Bool) throws -> [Value] {
    func list<N: Strideable & SignedNumeric>(_ a: N, _ b: N, _ step: N.Stride, _ make: (N) -> Value) throws
      -> [Value]
    where N.Stride: SignedNumeric & Comparable {
      if step == 0 { throw LibraryFailure("Stride size must not be zero") }
      var out: [Value] = []
      let sequence =
        isClosed
        ? AnySequence(Swift.stride(from: a, through: b, by: step))
        : AnySequence(Swift.stride(from: a, to: b, by: step))
      for element in sequence {
        try Value.checkCount(out.count)
        out.append(make(element))
      }
      return out
    }
    // Check the count before the first element is created.
    func check(_ a: Double, _ b: Double, _ step: Double) throws {
      let count = ((b - a) / step).rounded(.down)
      if count > Double(Value.maximumCount) {
        throw LibraryFailure("a stride of more than \(Value.maximumCount) numbers is too long for cells")
      }
    }
    switch (from, to, by) {
    case (.int(let a), .int(let b), .int(let step)):
      if step != 0 { try check(Double(a), Double(b), Double(step)) }
      // Swift's own stride over Int traps if the next step overflows.
      guard !a.subtractingReportingOverflow(b).overflow, !b.addingReportingOverflow(step).overflow else {
        throw LibraryFailure("the stride is too long")
      }
      return try list(a, b, step) { .int($0) }
    case (.double(let a), .double(let b), .double(let step)):
      if step != 0 { try check(a, b, step) }
      return try list(a, b, step) { .double($0) }
    case (.float(let a), .float(let b), .float(let step)):
      if step != 0 { try check(Double(a), Double(b), Double(step)) }
      return try list(a, b, step) { .float($0) }
    default: throw LibraryFailure("a stride needs numbers")
    }
  }

  private static let s = CellType.anySequence
  private static let list = CellType.array(.t)

  static let members: [Entry] = transforming + searching + ordering + optional

  private static let transforming: [Entry] = [
    .library(.method, "map", on: s, [.plain("transform", .function([.t], returns: .u))], returns: .array(.u))
    { v in
      let transform = try v.function(1)
      return .array(try v.elements(0).map { try transform([$0]) })
    },
    .library(
      .method, "compactMap", on: s, [.plain("transform", .function([.t], returns: .optional(.u)))],
      returns: .array(.u)
    ) { v in
      let transform = try v.function(1)
      return .array(
        try v.elements(0).compactMap { element in
          let result = try transform([element])
          if case .optional(let wrapped) = result { return wrapped }
          return result
        })
    },
    .library(
      .method, "flatMap", on: s, [.plain("transform", .function([.t], returns: .array(.u)))],
      returns: .array(.u)
    ) { v in
      let transform = try v.function(1)
      var out: [Value] = []
      for element in try v.elements(0) {
        let more = try transform([element]).elements()
        try Value.checkCount(out.count + more.count)
        out += more
      }
      return .array(out)
    },
    .library(
      .method, "filter", on: .dictionary(.k, .v),
      [
        .plain(
          "isIncluded", .predicate(.tuple([TupleElement("key", .k), TupleElement("value", .v)])))
      ], returns: .dictionary(.k, .v)
    ) { v in
      let isIncluded = try v.function(1)
      var out = OrderedDictionary()
      for pair in try v.elements(0) where try v.test(isIncluded, pair) {
        if case .tuple(let parts, _) = pair, parts.count == 2 { out[parts[0]] = parts[1] }
      }
      return .dictionary(out)
    },
    .library(.method, "filter", on: s, [.plain("isIncluded", .predicate(.t))], returns: list) { v in
      let isIncluded = try v.function(1)
      return .array(try v.elements(0).filter { try v.test(isIncluded, $0) })
    },
    .library(.method, "forEach", on: s, [.plain("body", .function([.t], returns: .void))], returns: .void) {
      v in
      let body = try v.function(1)
      for element in try v.elements(0) { _ = try body([element]) }
      return .void
    },
    .library(
      .method, "reduce", on: s,
      [.plain("initialResult", .u), .plain("nextPartialResult", .function([.u, .t], returns: .u))],
      returns: .u
    ) { v in
      let next = try v.function(2)
      var result = try v.value(1)
      for element in try v.elements(0) { result = try next([result, element]) }
      return result
    },
    .library(
      .method, "reduce", on: s,
      [
        .labelled("into", .u),
        .plain("updateAccumulatingResult", .function([.inOut(.u), .t], returns: .void)),
      ],
      returns: .u
    ) { v in
      let update = try v.function(2)
      let result = Box(try v.value(1))
      for element in try v.elements(0) { _ = try update([result.inoutArgument, element]) }
      // In a rehearsal, the closure may have assigned an unknown value.
      return result.take() ?? .unknown
    },
    .library(
      .method, "enumerated", on: s,
      returns: .sequence(
        "EnumeratedSequence", .tuple([TupleElement("offset", .int), TupleElement("element", .t)]))
    ) { v in
      .array(
        try v.elements(0).enumerated().map {
          .tuple([.int($0.offset), $0.element], labels: ["offset", "element"])
        })
    },
    .library(.method, "reversed", on: s, returns: .sequence("ReversedCollection", .t)) { v in
      .array(try v.elements(0).reversed())
    },
    .library(.method, "reversed", on: s, returns: list) { v in .array(try v.elements(0).reversed()) },
    .library(
      .method, "joined", on: .sequence("", .string), [.labelled("separator", .string, default: .string(""))],
      returns: .string
    ) { v in .string(try Strings.joined(v.elements(0), separator: v.get(1))) },
    .library(.method, "joined", on: .sequence("", .array(.t)), returns: .sequence("FlattenSequence", .t)) {
      v in
      var out: [Value] = []
      for element in try v.elements(0) {
        let more = try element.elements()
        try Value.checkCount(out.count + more.count)
        out += more
      }
      return .array(out)
    },
  ]

  private static let searching: [Entry] = [
    .library(.method, "contains", on: s, [.plain("element", .t)], returns: .bool, where: ["T": .equatable]) {
      v in
      let wanted = try v.value(1)
      if case .range(.int(let low), .int(let high), let isClosed) = try v.value(0), case .int(let x) = wanted
      {
        return .bool(x >= low && (isClosed ? x <= high : x < high))
      }
      return .bool(try v.elements(0).contains { $0.isEqual(to: wanted) })
    },
    .library(.method, "contains", on: s, [.labelled("where", .predicate(.t))], returns: .bool) { v in
      let predicate = try v.function(1)
      return .bool(try v.elements(0).contains { try v.test(predicate, $0) })
    },
    .library(.method, "allSatisfy", on: s, [.plain("predicate", .predicate(.t))], returns: .bool) { v in
      let predicate = try v.function(1)
      return .bool(try v.elements(0).allSatisfy { try v.test(predicate, $0) })
    },
    .library(.method, "count", on: s, [.labelled("where", .predicate(.t))], returns: .int) { v in
      let predicate = try v.function(1)
      return .int(try v.elements(0).count { try v.test(predicate, $0) })
    },
    .library(
      .method, "elementsEqual", on: s, [.plain("other", s)], returns: .bool, where: ["T": .equatable]
    ) { v in
      .bool(try v.elements(0).elementsEqual(v.elements(1)) { $0.isEqual(to: $1) })
    },
    .library(
      .method, "starts", on: s, [.labelled("with", s)], returns: .bool, where: ["T": .equatable]
    ) { v in
      .bool(try v.elements(0).starts(with: v.elements(1)) { $0.isEqual(to: $1) })
    },
    .library(.method, "first", on: s, [.labelled("where", .predicate(.t))], returns: .optional(.t)) { v in
      let predicate = try v.function(1)
      return .optional(try v.elements(0).first { try v.test(predicate, $0) })
    },
  ]

  private static let optional: [Entry] = [
    .library(
      .method, "map", on: .optional(.t), [.plain("transform", .function([.t], returns: .u))],
      returns: .optional(.u)
    ) { v in
      guard case .optional(let wrapped?) = try v.value(0) else { return .optional(nil) }
      return .optional(try v.function(1)([wrapped]))
    },
    .library(
      .method, "flatMap", on: .optional(.t), [.plain("transform", .function([.t], returns: .optional(.u)))],
      returns: .optional(.u)
    ) { v in
      guard case .optional(let wrapped?) = try v.value(0) else { return .optional(nil) }
      let result = try v.function(1)([wrapped])
      if case .optional = result { return result }
      return .optional(result)
    },
  ]

  private static let order = CellType.function([.t, .t], returns: .bool)

  private static let ordering: [Entry] = [
    .library(.method, "sorted", on: s, returns: list, where: ["T": .comparable]) { v in
      .array(try v.elements(0).sorted { $0.isLess(than: $1) })
    },
    .library(.method, "sorted", on: s, [.labelled("by", order)], returns: list) { v in
      let isBefore = try v.function(1)
      return .array(try v.elements(0).sorted { try v.test(isBefore, $0, $1) })
    },
    .library(.method, "min", on: s, returns: .optional(.t), where: ["T": .comparable]) { v in
      .optional(try v.elements(0).min { $0.isLess(than: $1) })
    },
    .library(.method, "max", on: s, returns: .optional(.t), where: ["T": .comparable]) { v in
      .optional(try v.elements(0).max { $0.isLess(than: $1) })
    },
    .library(.method, "min", on: s, [.labelled("by", order)], returns: .optional(.t)) { v in
      let isBefore = try v.function(1)
      return .optional(try v.elements(0).min { try v.test(isBefore, $0, $1) })
    },
    .library(.method, "max", on: s, [.labelled("by", order)], returns: .optional(.t)) { v in
      let isBefore = try v.function(1)
      return .optional(try v.elements(0).max { try v.test(isBefore, $0, $1) })
    },
  ]
}
