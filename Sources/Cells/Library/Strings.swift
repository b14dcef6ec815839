/// Members of strings.
enum Strings {
  private static let text = CellType.string

  /// The joined strings; the length is checked before anything is allocated.
  static func joined(_ elements: [Value], separator: String) throws -> String {
    var bytes = 0
    for (index, element) in elements.enumerated() {
      guard case .string(let text) = element else {
        throw HostMismatch(what: "an element", expected: .string)
      }
      bytes += text.utf8.count + (index > 0 ? separator.utf8.count : 0)
      try Meter.checkLength(ofString: bytes)
    }
    var out = ""
    out.reserveCapacity(bytes)
    for (index, element) in elements.enumerated() {
      if index > 0 { out += separator }
      out += element.description
    }
    return out
  }

  static let members: [Entry] = [
    .library(.property, "count", on: text, returns: .int) { v in .int(try v.get(0, String.self).count) },
    .library(.property, "isEmpty", on: text, returns: .bool) { v in .bool(try v.get(0, String.self).isEmpty)
    },
    .library(.method, "uppercased", on: text, returns: text) { v in
      // 'ß' becomes 'SS': the meter rejects a result that is too long.
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
      let more: String = try v.get(0)
      try Meter.checkLength(ofString: own.utf8.count + more.utf8.count)
      let joined = own + more
      try Meter.current?.charge(text: joined)
      receiver = .string(joined)
      return .void
    },
  ]
}
