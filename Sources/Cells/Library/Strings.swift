import Foundation

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

  static let members: [Entry] =
    members(on: .string) + members(on: .substring) + slices(of: .string) + slices(of: .substring) + changing
    + splitting

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
      .library(.property, "capitalized", on: own, returns: text) { v in
        .string(try v.get(0, String.self).capitalized)
      },
      .library(
        .method, "replacing", on: own, [.plain("other", text), .labelled("with", text)], returns: own
      ) { v in try replaced(v) },
      .library(
        .method, "replacingOccurrences", on: own, [.labelled("of", text), .labelled("with", text)],
        returns: text
      ) { v in try replaced(v) },
      .library(.method, "trimmingCharacters", on: own, [.labelled("in", characterSet)], returns: text) { v in
        guard case .host(let set as CharacterSet, _) = try v.value(1) else {
          throw HostMismatch(what: "the characters", expected: characterSet)
        }
        return .string(try v.get(0, String.self).trimmingCharacters(in: set))
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

  /// The string with one text in the place of another; an empty text occurs nowhere.
  private static func replaced(_ v: Values) throws -> Value {
    let (own, other, replacement): (String, String, String) = (try v.get(0), try v.get(1), try v.get(2))
    if other.isEmpty { return .string(own) }
    let parts = own.split(separator: other, omittingEmptySubsequences: false)
    return .string(try joined(parts.map { .string(String($0)) }, separator: replacement))
  }

  private static let characterSet = CellType.named("CharacterSet")

  static let statics: [Entry] = [
    ("whitespaces", CharacterSet.whitespaces), ("whitespacesAndNewlines", .whitespacesAndNewlines),
    ("newlines", .newlines), ("punctuationCharacters", .punctuationCharacters),
    ("decimalDigits", .decimalDigits), ("letters", .letters), ("alphanumerics", .alphanumerics),
  ].map { name, set in
    .library(.staticValue, name, on: characterSet, returns: characterSet) { _ in
      .host(set, type: "CharacterSet")
    }
  }

  /// The first or last characters, as a substring.
  private static func slices(of own: CellType) -> [Entry] {
    func slice(
      _ name: String, default count: Int?, _ cut: @escaping @Sendable (String, Int) -> Substring
    ) -> Entry {
      var parameter = ParameterInfo.plain("count", .int)
      parameter.defaultValue = count.map { .int($0) }
      return .library(.method, name, on: own, [parameter], returns: .substring) { v in
        let count: Int = try v.get(1)
        if count < 0 { throw LibraryFailure("Can't take a \(name) of negative length") }
        return .string(String(cut(try v.get(0), count)))
      }
    }
    return [
      slice("prefix", default: nil) { $0.prefix($1) }, slice("suffix", default: nil) { $0.suffix($1) },
      slice("dropFirst", default: 1) { $0.dropFirst($1) }, slice("dropLast", default: 1) { $0.dropLast($1) },
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
