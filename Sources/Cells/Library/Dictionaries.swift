/// Members that only dictionaries have.
enum Dictionaries {
  private static let d = CellType.dictionary(.k, .v)

  private static func entries(_ v: Values) throws -> OrderedDictionary {
    guard case .dictionary(let entries) = try v.value(0) else {
      throw HostMismatch(what: "the receiver", expected: d)
    }
    return entries
  }

  private static func mutating(
    _ name: String, _ parameters: [ParameterInfo] = [], returns result: CellType = .void,
    _ change: @escaping @Sendable (inout OrderedDictionary, Values) throws -> Value
  ) -> Entry {
    .mutating(name, on: d, parameters, returns: result) { receiver, v in
      guard case .dictionary(var entries) = receiver else {
        throw HostMismatch(what: "the receiver", expected: d)
      }
      receiver = .void
      defer { receiver = .dictionary(entries) }
      return try change(&entries, v)
    }
  }

  static let members: [Entry] = [
    .library(.property, "count", on: d, returns: .int) { v in .int(try entries(v).count) },
    .library(.property, "isEmpty", on: d, returns: .bool) { v in .bool(try entries(v).count == 0) },
    .library(.property, "keys", on: d, returns: .sequence("Keys", .k)) { v in .array(try entries(v).keys) },
    .library(.property, "values", on: d, returns: .sequence("Values", .v)) { v in
      .array(try entries(v).values)
    },
    .library(
      .method, "mapValues", on: d, [.plain("transform", .function([.v], returns: .u))],
      returns: .dictionary(.k, .u)
    ) { v in
      let transform = try v.function(1)
      let found = try entries(v)
      var out = OrderedDictionary()
      for (key, value) in zip(found.keys, found.values) { out[key] = try transform([value]) }
      return .dictionary(out)
    },
    mutating("removeValue", [.labelled("forKey", .k)], returns: .optional(.v)) { entries, v in
      let key = try v.value(0)
      let removed = entries[key]
      entries[key] = nil
      return .optional(removed)
    },
    mutating("updateValue", [.plain("value", .v), .labelled("forKey", .k)], returns: .optional(.v)) {
      entries, v in
      let key = try v.value(1)
      let old = entries[key]
      entries[key] = try v.value(0)
      return .optional(old)
    },
    mutating("removeAll") { entries, _ in
      entries = OrderedDictionary()
      return .void
    },
    mutating("merge", [.plain("other", d), uniquing]) { entries, v in
      entries = try merged(entries, pairs(v.value(0)), v.function(1))
      return .void
    },
    mutating("reserveCapacity", [.plain("minimumCapacity", .int)]) { _, _ in .void },
    .library(.method, "merging", on: d, [.plain("other", d), uniquing], returns: d) { v in
      .dictionary(try merged(entries(v), pairs(v.value(1)), v.function(2)))
    },
    .library(
      .method, "compactMapValues", on: d, [.plain("transform", .function([.v], returns: .optional(.u)))],
      returns: .dictionary(.k, .u)
    ) { v in
      let transform = try v.function(1)
      let found = try entries(v)
      var out = OrderedDictionary()
      for (key, value) in zip(found.keys, found.values) {
        let result = try transform([value])
        if case .optional(let wrapped) = result { out[key] = wrapped } else { out[key] = result }
      }
      return .dictionary(out)
    },
  ]

  // MARK: Made from sequences

  private static let uniquing = ParameterInfo.labelled(
    "uniquingKeysWith", .function([.v, .v], returns: .v))

  static let functions: [Entry] = [
    .library(
      .initialiser, "Dictionary",
      [.labelled("grouping", .sequence("", .v)), .labelled("by", .function([.v], returns: .k))],
      returns: .dictionary(.k, .array(.v)), where: ["K": .hashable]
    ) { v in
      let key = try v.function(1)
      var groups: [[Value]] = []
      var places = OrderedDictionary()
      for element in try v.elements(0) {
        let name = try key([element])
        if case .int(let place)? = places[name] {
          groups[place].append(element)
        } else {
          places[name] = .int(groups.count)
          groups.append([element])
        }
      }
      var out = OrderedDictionary()
      for (name, group) in zip(places.keys, groups) { out[name] = .array(group) }
      return .dictionary(out)
    },
    .library(
      .initialiser, "Dictionary",
      [.plain("pairs", .sequence("", .tuple([TupleElement(nil, .k), TupleElement(nil, .v)]))), uniquing],
      returns: d, where: ["K": .hashable]
    ) { v in
      .dictionary(try merged(OrderedDictionary(), pairs(v.value(0)), v.function(1)))
    },
  ]

  private static func pairs(_ value: Value) throws -> [(key: Value, value: Value)] {
    try value.elements().compactMap { pair in
      if case .tuple(let parts, _) = pair, parts.count == 2 { (parts[0], parts[1]) } else { nil }
    }
  }

  private static func merged(
    _ entries: OrderedDictionary, _ pairs: [(key: Value, value: Value)], _ combine: Closure
  ) throws -> OrderedDictionary {
    var out = entries
    for (key, value) in pairs {
      if let old = out[key] { out[key] = try combine([old, value]) } else { out[key] = value }
    }
    return out
  }
}
