/// What strings have.
enum Strings {
  static let maximumBytes = 64 << 20

  private static let text = CellType.string

  static let members: [Entry] = [
    .library(.property, "count", on: text, returns: .int) { v in .int(try v.get(0, String.self).count) },
    .library(.property, "isEmpty", on: text, returns: .bool) { v in .bool(try v.get(0, String.self).isEmpty)
    },
    .library(.method, "uppercased", on: text, returns: text) { v in
      .string(try v.get(0, String.self).uppercased())
    },
    .library(.method, "lowercased", on: text, returns: text) { v in
      .string(try v.get(0, String.self).lowercased())
    },
    .library(.method, "hasPrefix", on: text, [.plain("prefix", text)], returns: .bool) { v in
      .bool(try v.get(0, String.self).hasPrefix(v.get(1)))
    },
    .library(.method, "hasSuffix", on: text, [.plain("suffix", text)], returns: .bool) { v in
      .bool(try v.get(0, String.self).hasSuffix(v.get(1)))
    },
    .library(.method, "contains", on: text, [.plain("other", text)], returns: .bool) { v in
      .bool(try v.get(0, String.self).contains(v.get(1, String.self)))
    },
    .mutating("append", on: text, [.plain("other", text)]) { receiver, v in
      guard case .string(let own) = receiver else { throw HostMismatch(what: "the receiver", expected: text) }
      let joined: String = try own + v.get(0, String.self)
      if joined.utf8.count > maximumBytes { throw LibraryFailure("the string is too long for cells") }
      receiver = .string(joined)
      return .void
    },
  ]
}
