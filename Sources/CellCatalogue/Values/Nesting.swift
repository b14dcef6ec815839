/// How deeply values may contain values.
///
/// Releasing, printing, comparing and hashing a value take stack space for each level. Only structs and enums of cells
/// can contain themselves, directly or in arrays, dictionaries, optionals and tuples. So they store how deeply they are
/// nested, and a cell that exceeds the maximum fails.
package enum Nesting {
  /// The maximum number of levels.
  package static let maximum = 1_000

  /// Throws if there are more levels than the maximum.
  ///
  /// - Throws: ``LibraryFailure``.
  package static func check(_ levels: Int) throws(LibraryFailure) {
    if levels > maximum {
      throw LibraryFailure("values are nested too deeply; the maximum is \(maximum) levels")
    }
  }

  /// The levels of a struct or enum with these parts.
  static func inside(_ parts: [Value]) -> Int {
    let levels = 1 + (parts.lazy.map(\.nesting).max() ?? 0)
    // What was removed no longer counts.
    return levels > maximum ? measured(inside: parts) : levels
  }

  /// ``inside(_:)``, measured without the stored levels. The values are at most one change deeper than the maximum.
  static func measured(inside parts: [Value]) -> Int { 1 + (parts.lazy.map(\.measuredNesting).max() ?? 0) }
}

extension Value {
  /// The number of levels of values in this value; 0 for a number. A struct that was changed in place may count what was
  /// removed.
  package var nesting: Int {
    switch self {
    case .structure(let value): value.nesting
    case .enumeration(let value): value.nesting
    default: levels(\.nesting)
    }
  }

  /// ``nesting`` without what structs have stored: visits all parts.
  fileprivate var measuredNesting: Int {
    switch self {
    case .structure(let value): Nesting.measured(inside: value.fields)
    case .enumeration(let value): Nesting.measured(inside: value.payload)
    default: levels(\.measuredNesting)
    }
  }

  private func levels(_ part: (Value) -> Int) -> Int {
    switch self {
    case .array(let list): 1 + Self.levels(list, part)
    case .set(let set): 1 + Self.levels(set.elements, part)
    case .dictionary(let entries): 1 + max(Self.levels(entries.keys, part), Self.levels(entries.values, part))
    case .optional(let wrapped): 1 + (wrapped.map(part) ?? 0)
    case .tuple(let list, _): 1 + (list.lazy.map(part).max() ?? 0)
    default: 0
    }
  }

  /// The levels of elements of one type: if the first is a number or text, none has parts.
  private static func levels(_ elements: [Value], _ part: (Value) -> Int) -> Int {
    guard elements.first?.hasParts == true else { return 0 }
    return elements.lazy.map(part).max() ?? 0
  }

  private var hasParts: Bool {
    switch self {
    case .array, .set, .dictionary, .optional, .tuple, .structure, .enumeration: true
    default: false
    }
  }
}
