/// Members that only arrays have.
enum Arrays {
  private static let a = CellType.array(.t)

  static let members: [Entry] = reading + changing + editing + slicing + cutting

  private static func check(_ index: Int, in elements: [Value], to end: Int) throws {
    guard index >= 0, index < end else {
      throw LibraryFailure(
        "index \(index) is out of range for \(elements.count) element\(elements.count == 1 ? "" : "s")")
    }
  }

  private static let reading: [Entry] =
    [a, .sequence("ArraySlice", .t), .sequence("Keys", .t), .sequence("Values", .t)].flatMap(counted) + [
      .library(.property, "last", on: a, returns: .optional(.t)) { v in .optional(try v.elements(0).last) },
      .library(.property, "last", on: .sequence("ArraySlice", .t), returns: .optional(.t)) { v in
        .optional(try v.elements(0).last)
      },
      .library(.method, "last", on: a, [.labelled("where", .predicate(.t))], returns: .optional(.t)) { v in
        let predicate = try v.function(1)
        return .optional(try v.elements(0).last { try v.test(predicate, $0) })
      },
      .library(.property, "startIndex", on: a, returns: .int) { _ in .int(0) },
      .library(.property, "endIndex", on: a, returns: .int) { v in .int(try v.elements(0).count) },
      .library(
        .method, "lastIndex", on: a, [.labelled("of", .t)], returns: .optional(.int),
        where: ["T": .equatable]
      ) { v in
        let wanted = try v.value(1)
        return .optional(try v.elements(0).lastIndex { $0.isEqual(to: wanted) }.map { .int($0) })
      },
      .library(.method, "lastIndex", on: a, [.labelled("where", .predicate(.t))], returns: .optional(.int)) {
        v in
        let predicate = try v.function(1)
        return .optional(try v.elements(0).lastIndex { try v.test(predicate, $0) }.map { .int($0) })
      },
      .library(.property, "indices", on: a, returns: .range(.int)) { v in
        .range(lower: .int(0), upper: .int(try v.elements(0).count), isClosed: false)
      },
      .library(
        .method, "firstIndex", on: a, [.labelled("of", .t)], returns: .optional(.int),
        where: ["T": .equatable]
      ) { v in
        let wanted = try v.value(1)
        return .optional(try v.elements(0).firstIndex { $0.isEqual(to: wanted) }.map { .int($0) })
      },
      .library(
        .method, "firstIndex", on: a, [.labelled("where", .predicate(.t))], returns: .optional(.int)
      ) { v in
        let predicate = try v.function(1)
        return .optional(try v.elements(0).firstIndex { try v.test(predicate, $0) }.map { .int($0) })
      },
    ]

  private static func counted(_ type: CellType) -> [Entry] {
    [
      .library(.property, "count", on: type, returns: .int) { v in .int(try v.elements(0).count) },
      .library(.property, "isEmpty", on: type, returns: .bool) { v in .bool(try v.elements(0).isEmpty) },
      .library(.property, "first", on: type, returns: .optional(.t)) { v in .optional(try v.elements(0).first)
      },
    ]
  }

  /// A method that changes an array. The array is taken out of the value and changed in place.
  private static func mutating(
    _ name: String, _ parameters: [ParameterInfo] = [], returns result: CellType = .void,
    where requirements: [String: Constraint] = [:],
    _ change: @escaping @Sendable (inout [Value], Values) throws -> Value
  ) -> Entry {
    .mutating(name, on: a, parameters, returns: result, where: requirements) { receiver, v in
      guard case .array(var list) = receiver else { throw HostMismatch(what: "the receiver", expected: a) }
      receiver = .void
      defer { receiver = .array(list) }
      let (place, count) = (list.place, list.count)
      let result = try change(&list, v)
      // Charge only the growth if the array was changed in place, otherwise the whole copy.
      try Meter.current?.charge(words: list.place == place ? list.count - count : list.count)
      return result
    }
  }

  private static let changing: [Entry] = [
    mutating("append", [.plain("element", .t)]) { list, v in
      try Value.checkCount(list.count + 1)
      list.append(try v.value(0))
      return .void
    },
    mutating("append", [.labelled("contentsOf", .anySequence)]) { list, v in
      let more = try v.elements(0)
      try Value.checkCount(list.count + more.count)
      list += more
      return .void
    },
    mutating("insert", [.plain("element", .t), .labelled("at", .int)]) { list, v in
      let index: Int = try v.get(1)
      try check(index, in: list, to: list.count + 1)
      list.insert(try v.value(0), at: index)
      return .void
    },
    mutating("remove", [.labelled("at", .int)], returns: .t) { list, v in
      let index: Int = try v.get(0)
      try check(index, in: list, to: list.count)
      return list.remove(at: index)
    },
    mutating("removeLast", returns: .t) { list, _ in
      guard let removed = list.popLast() else {
        throw LibraryFailure("Can't remove last element from an empty collection")
      }
      return removed
    },
    mutating("removeFirst", returns: .t) { list, _ in
      if list.isEmpty { throw LibraryFailure("Can't remove first element from an empty collection") }
      return list.removeFirst()
    },
    mutating("removeAll", [.labelled("keepingCapacity", .bool, default: .bool(false))]) { list, _ in
      list = []
      return .void
    },
    mutating("removeAll", [.labelled("where", .predicate(.t))]) { list, v in
      let predicate = try v.function(0)
      list = try list.filter { try !v.test(predicate, $0) }
      return .void
    },
    mutating("reverse") { list, _ in
      list.reverse()
      return .void
    },
    mutating("sort", where: ["T": .comparable]) { list, _ in
      list.sort { $0.isLess(than: $1) }
      return .void
    },
    mutating("sort", [.labelled("by", .function([.t, .t], returns: .bool))]) { list, v in
      let isBefore = try v.function(0)
      list = try list.sorted { try v.test(isBefore, $0, $1) }
      return .void
    },
    mutating("swapAt", [.plain("i", .int), .plain("j", .int)]) { list, v in
      let (i, j): (Int, Int) = (try v.get(0), try v.get(1))
      try check(i, in: list, to: list.count)
      try check(j, in: list, to: list.count)
      list.swapAt(i, j)
      return .void
    },
  ]

  /// The bounds of a range of positions, within the array.
  private static func bounds(_ value: Value, in elements: [Value]) throws -> Range<Int> {
    guard case .range(let lower, let upper, let isClosed) = value else {
      throw HostMismatch(what: "the range", expected: .range(.int))
    }
    let low = if case .int(let low) = lower { low } else { 0 }
    var high = elements.count
    if case .int(let end) = upper {
      let (next, overflow) = end.addingReportingOverflow(isClosed ? 1 : 0)
      high = overflow ? .max : next
    }
    guard low >= 0, low <= high, high <= elements.count else {
      throw LibraryFailure(
        "the range \(value) is out of bounds for \(elements.count) element\(elements.count == 1 ? "" : "s")")
    }
    return low..<high
  }

  private static let ranges: [CellType] = [
    .range(.int), .closedRange(.int), .sequence("PartialRangeFrom", .int),
    .sequence("PartialRangeUpTo", .int), .sequence("PartialRangeThrough", .int),
  ]

  private static let editing: [Entry] =
    [
      mutating("popLast", returns: .optional(.t)) { list, _ in .optional(list.popLast()) },
      mutating("insert", [.labelled("contentsOf", .anySequence), .labelled("at", .int)]) { list, v in
        let (more, index): ([Value], Int) = (try v.elements(0), try v.get(1))
        try check(index, in: list, to: list.count + 1)
        try Value.checkCount(list.count + more.count)
        list.insert(contentsOf: more, at: index)
        return .void
      },
      mutating("reserveCapacity", [.plain("minimumCapacity", .int)]) { _, _ in .void },
    ]
    + ["removeFirst", "removeLast"].map { name in
      mutating(name, [.plain("k", .int)]) { list, v in
        let count: Int = try v.get(0)
        if count < 0 || count > list.count {
          throw LibraryFailure("Can't remove \(count) of \(list.count) element\(list.count == 1 ? "" : "s")")
        }
        if name == "removeFirst" { list.removeFirst(count) } else { list.removeLast(count) }
        return .void
      }
    }
    + ranges.flatMap { range in
      [
        mutating("removeSubrange", [.plain("bounds", range)]) { list, v in
          list.removeSubrange(try bounds(v.value(0), in: list))
          return .void
        },
        mutating("replaceSubrange", [.plain("subrange", range), .labelled("with", .anySequence)]) { list, v in
          let more = try v.elements(1)
          try Value.checkCount(list.count + more.count)
          list.replaceSubrange(try bounds(v.value(0), in: list), with: more)
          return .void
        },
      ]
    }

  private static let slicing: [Entry] = [a, .sequence("ArraySlice", .t)].flatMap { type in
    [
      slice("prefix", on: type, default: nil) { list, count in list.prefix(count) },
      slice("suffix", on: type, default: nil) { list, count in list.suffix(count) },
      slice("dropFirst", on: type, default: 1) { list, count in list.dropFirst(count) },
      slice("dropLast", on: type, default: 1) { list, count in list.dropLast(count) },
    ]
  }

  private static func slice(
    _ name: String, on type: CellType, default count: Int?,
    _ cut: @escaping @Sendable ([Value], Int) -> ArraySlice<Value>
  ) -> Entry {
    var parameter = ParameterInfo.plain("count", .int)
    parameter.defaultValue = count.map { .int($0) }
    return .library(.method, name, on: type, [parameter], returns: .sequence("ArraySlice", .t)) { v in
      let count: Int = try v.get(1)
      if count < 0 { throw LibraryFailure("Can't take a \(name) of negative length") }
      return .array(Array(cut(try v.elements(0), count)))
    }
  }

  /// Slices up to an element or a position.
  private static let cutting: [Entry] =
    [a, .sequence("ArraySlice", .t)].flatMap { type in
      [
        .library(
          .method, "prefix", on: type, [.labelled("while", .predicate(.t))],
          returns: .sequence("ArraySlice", .t)
        ) { v in
          let predicate = try v.function(1)
          return .array(Array(try v.elements(0).prefix { try v.test(predicate, $0) }))
        },
        .library(
          .method, "drop", on: type, [.labelled("while", .predicate(.t))],
          returns: .sequence("ArraySlice", .t)
        ) { v in
          let predicate = try v.function(1)
          return .array(Array(try v.elements(0).drop { try v.test(predicate, $0) }))
        },
      ]
    }
    + [("prefix", "upTo"), ("prefix", "through"), ("suffix", "from")].map { name, label in
      .library(.method, name, on: a, [.labelled(label, .int)], returns: .sequence("ArraySlice", .t)) { v in
        let (list, position): ([Value], Int) = (try v.elements(0), try v.get(1))
        try check(position, in: list, to: list.count + (label == "through" ? 0 : 1))
        switch label {
        case "upTo": return .array(Array(list.prefix(upTo: position)))
        case "through": return .array(Array(list.prefix(through: position)))
        default: return .array(Array(list.suffix(from: position)))
        }
      }
    }
}
