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

  static let members: [Entry] = members(on: .string) + members(on: .substring) + changing + splitting

  private static func members(on own: CellType) -> [Entry] {
    [
      .library(.property, "count", on: own, returns: .int) { v in .int(try v.get(0, String.self).count) },
      .library(.property, "isEmpty", on: own, returns: .bool) { v in .bool(try v.get(0, String.self).isEmpty)
      },
      .library(.method, "uppercased", on: own, returns: text) { v in
        // 'ß' becomes 'SS': the meter rejects a result that is too long.
        .string(try v.get(0, String.self).uppercased())
      },
      .library(.method, "lowercased", on: own, returns: text) { v in
        .string(try v.get(0, String.self).lowercased())
      },
      .library(.method, "hasPrefix", on: own, [.plain("prefix", text)], returns: .bool) { v in
        .bool(try v.get(0, String.self).hasPrefix(v.get(1)))
      },
      .library(.method, "hasSuffix", on: own, [.plain("suffix", text)], returns: .bool) { v in
        .bool(try v.get(0, String.self).hasSuffix(v.get(1)))
      },
      .library(.method, "contains", on: own, [.plain("other", text)], returns: .bool) { v in
        .bool(try v.get(0, String.self).contains(v.get(1, String.self)))
      },
    ]
  }

  private static let changing: [Entry] = [
    .mutating("append", on: text, [.plain("other", text)]) { receiver, v in
      guard case .string(let own) = receiver else { throw HostMismatch(what: "the receiver", expected: text) }
      let more: String = try v.get(0)
      try Meter.checkLength(ofString: own.utf8.count + more.utf8.count)
      let joined = own + more
      try Meter.current?.charge(text: joined)
      receiver = .string(joined)
      return .void
    }
  ]

  private static let splitting: [Entry] =
    [CellType.string, .substring].map { own in
      .library(
        .method, "split", on: own,
        [
          .labelled("separator", text), .labelled("maxSplits", .int, default: .int(.max)),
          .labelled("omittingEmptySubsequences", .bool, default: .bool(true)),
        ], returns: .array(.substring)
      ) { v in
        let (own, separator): (String, String) = (try v.get(0), try v.get(1))
        let (most, omitsEmpty): (Int, Bool) = (try v.get(2), try v.get(3))
        if most < 0 { throw LibraryFailure("Must take zero or more splits") }
        let parts = own.split(separator: separator, maxSplits: most, omittingEmptySubsequences: omitsEmpty)
        try Value.checkCount(parts.count)
        return .array(parts.map { .string(String($0)) })
      }
    } + [
      .library(.method, "components", on: text, [.labelled("separatedBy", text)], returns: .array(text)) {
        v in
        let (own, separator): (String, String) = (try v.get(0), try v.get(1))
        if separator.isEmpty { return .array([.string(own)]) }
        let parts = own.split(separator: separator, omittingEmptySubsequences: false)
        try Value.checkCount(parts.count)
        return .array(parts.map { .string(String($0)) })
      },
      .library(
        .method, "joined", on: .sequence("", .substring),
        [.labelled("separator", .string, default: .string(""))], returns: .string
      ) { v in .string(try joined(v.elements(0), separator: v.get(1))) },
    ]
}
