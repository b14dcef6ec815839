/// Members that only sets have. Sets keep their insertion order.
enum Sets {
  private static let own = CellType.set(.t)
  private static let others = ParameterInfo.plain("other", .anySequence)
  private static let otherSet = ParameterInfo.plain("other", own)

  static let members: [Entry] = reading + combining + comparing + changing

  private static func set(_ value: Value) throws -> OrderedSet {
    switch value {
    case .set(let set): set
    default: OrderedSet(try value.elements())
    }
  }

  private static let reading: [Entry] = [
    .library(.property, "count", on: own, returns: .int) { v in .int(try set(v.value(0)).count) },
    .library(.property, "isEmpty", on: own, returns: .bool) { v in .bool(try set(v.value(0)).count == 0) },
    .library(.property, "first", on: own, returns: .optional(.t)) { v in
      .optional(try set(v.value(0)).elements.first)
    },
    .library(.method, "contains", on: own, [.plain("member", .t)], returns: .bool) { v in
      .bool(try set(v.value(0)).contains(v.value(1)))
    },
    .library(.method, "filter", on: own, [.plain("isIncluded", .predicate(.t))], returns: own) { v in
      let isIncluded = try v.function(1)
      return .set(OrderedSet(try v.elements(0).filter { try v.test(isIncluded, $0) }))
    },
  ]

  /// Combines two sets; the elements keep the order of the first, then of the second.
  private static func combined(_ name: String, _ a: OrderedSet, _ b: OrderedSet) -> OrderedSet {
    switch name {
    case "union", "formUnion": OrderedSet(a.elements + b.elements)
    case "intersection", "formIntersection": OrderedSet(a.elements.filter(b.contains))
    case "subtracting", "subtract": OrderedSet(a.elements.filter { !b.contains($0) })
    default:
      OrderedSet(a.elements.filter { !b.contains($0) } + b.elements.filter { !a.contains($0) })
    }
  }

  private static let combining: [Entry] = ["union", "intersection", "subtracting", "symmetricDifference"].map
  {
    name in
    .library(.method, name, on: own, [others], returns: own) { v in
      .set(combined(name, try set(v.value(0)), try set(v.value(1))))
    }
  }

  private static func comparison(
    _ name: String, _ parameter: ParameterInfo, _ holds: @escaping @Sendable (OrderedSet, OrderedSet) -> Bool
  ) -> Entry {
    .library(.method, name, on: own, [parameter], returns: .bool) { v in
      .bool(holds(try set(v.value(0)), try set(v.value(1))))
    }
  }

  private static let comparing: [Entry] = [
    comparison("isSubset", .labelled("of", .anySequence)) { a, b in a.elements.allSatisfy(b.contains) },
    comparison("isSuperset", .labelled("of", .anySequence)) { a, b in b.elements.allSatisfy(a.contains) },
    comparison("isDisjoint", .labelled("with", .anySequence)) { a, b in
      !a.elements.contains(where: b.contains)
    },
    comparison("isStrictSubset", .labelled("of", .anySequence)) { a, b in
      a.count < b.count && a.elements.allSatisfy(b.contains)
    },
    comparison("isStrictSuperset", .labelled("of", .anySequence)) { a, b in
      b.count < a.count && b.elements.allSatisfy(a.contains)
    },
  ]

  /// A method that changes a set, which is taken out of the value and changed in place.
  private static func mutating(
    _ name: String, _ parameters: [ParameterInfo] = [], returns result: CellType = .void,
    _ change: @escaping @Sendable (inout OrderedSet, Values) throws -> Value
  ) -> Entry {
    .mutating(name, on: own, parameters, returns: result) { receiver, v in
      guard case .set(var set) = receiver else { throw HostMismatch(what: "the receiver", expected: own) }
      receiver = .void
      defer { receiver = .set(set) }
      let count = set.count
      let result = try change(&set, v)
      try Meter.current?.charge(words: (set.count - count) * 2 * Meter.wordsOfNew)
      return result
    }
  }

  private static let inserted = CellType.tuple([
    TupleElement("inserted", .bool), TupleElement("memberAfterInsert", .t),
  ])

  private static let changing: [Entry] =
    [
      mutating("insert", [.plain("newMember", .t)], returns: inserted) { set, v in
        let element = try v.value(0)
        return .tuple([.bool(set.insert(element)), element], labels: ["inserted", "memberAfterInsert"])
      },
      mutating("remove", [.plain("member", .t)], returns: .optional(.t)) { set, v in
        .optional(set.remove(try v.value(0)))
      },
      mutating("removeAll") { set, _ in
        set = OrderedSet()
        return .void
      },
    ]
    + ["formUnion", "formIntersection", "subtract", "formSymmetricDifference"].map { name in
      mutating(name, [others]) { set, v in
        set = combined(name, set, try Self.set(v.value(0)))
        return .void
      }
    }
}

extension Meter {
  /// The words per new element: its place in the array and its box.
  static let wordsOfNew = 7
}
