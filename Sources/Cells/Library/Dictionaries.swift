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
  ]
}
