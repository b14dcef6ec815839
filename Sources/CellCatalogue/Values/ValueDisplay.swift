/// A buffer for displayed values, with a maximum size: a small value can contain the same large value a million
/// times.
package struct ValueText {
  /// The maximum length in bytes of a displayed value; the rest is replaced by an ellipsis.
  package static let maximumBytes = 1 << 20

  package var text = ""
  package private(set) var isCut = false

  private let limit: Int

  /// Creates an empty text.
  ///
  /// - Parameter limit: the length in bytes at which the text is truncated.
  package init(limit: Int = Self.maximumBytes) { self.limit = limit }

  package mutating func write(_ more: String) {
    if isCut { return }
    let room = limit - text.utf8.count
    if more.utf8.count <= room {
      text += more
    } else {
      text += Self.head(of: more, bytes: room) + "…"
      isCut = true
    }
  }

  /// The longest prefix of whole Unicode scalars that fits.
  package static func head(of text: String, bytes: Int) -> String {
    let utf8 = text.utf8
    var end = utf8.index(text.startIndex, offsetBy: max(0, bytes), limitedBy: text.endIndex) ?? text.endIndex
    while end > text.startIndex, String.Index(end, within: text.unicodeScalars) == nil {
      end = utf8.index(before: end)
    }
    return String(text.unicodeScalars[..<end])
  }

  /// Writes a value as it appears inside a collection, where strings are quoted.
  package mutating func write(_ value: Value) {
    if isCut { return }
    switch value {
    case .int(let x): write("\(x)")
    case .double(let x): write("\(x)")
    case .float(let x): write("\(x)")
    case .bool(let x): write("\(x)")
    case .string(let x):
      let room = limit - text.utf8.count
      if x.utf8.count <= room {
        write(String(reflecting: x))
      } else {
        // Truncate before quoting; the quotes then exceed the remaining space.
        write(String(reflecting: Self.head(of: x, bytes: room)) + "\"")
      }
    case .void: write("()")
    case .array(let elements): list(elements, "[", "]") { $0.write($1) }
    case .dictionary(let entries):
      if entries.count == 0 { return write("[:]") }
      list(zip(entries.keys, entries.values), "[", "]") {
        $0.write($1.0)
        $0.write(": ")
        $0.write($1.1)
      }
    case .optional(nil): write("nil")
    case .optional(let wrapped?): list([wrapped], "Optional(", ")") { $0.write($1) }
    case .tuple(let elements, let labels):
      list(zip(elements, labels), "(", ")") {
        if let label = $1.1 { $0.write("\(label): ") }
        $0.write($1.0)
      }
    case .structure(let value):
      write(value.type)
      list(zip(value.fields, value.labels), "(", ")") {
        $0.write("\($1.1): ")
        $0.write($1.0)
      }
    case .enumeration(let value):
      write("\(value.type).")
      write(case: value)
    case .set(let elements): list(elements.elements, "[", "]") { $0.write($1) }
    case .range(let lower, .void, _): write(partial: "From", of: lower, "lower")
    case .range(.void, let upper, let isClosed):
      write(partial: isClosed ? "Through" : "UpTo", of: upper, "upper")
    case .range(let lower, let upper, let isClosed):
      write(isClosed ? "ClosedRange(" : "Range(")
      write(lower)
      write(isClosed ? "..." : "..<")
      write(upper)
      write(")")
    case .function: write("(Function)")
    case .host(let value, _): write(String(describing: value))
    }
  }

  /// Writes a case as `print` shows it: `step(size: 8)`.
  package mutating func write(case value: EnumerationValue) {
    write(value.name)
    if value.payload.isEmpty { return }
    list(zip(value.payload, value.labels), "(", ")") {
      if let label = $1.1 { $0.write("\(label): ") }
      $0.write($1.0)
    }
  }

  private mutating func write(partial kind: String, of bound: Value, _ name: String) {
    let type =
      switch bound {
      case .int: "Int"
      case .double: "Double"
      case .float: "Float"
      default: "String"
      }
    list([bound], "PartialRange\(kind)<\(type)>(\(name)Bound: ", ")") { $0.write($1) }
  }

  private mutating func list<S: Sequence>(
    _ elements: S, _ opening: String, _ closing: String, _ body: (inout Self, S.Element) -> Void
  ) {
    write(opening)
    var isFirst = true
    for element in elements {
      if isCut { return }
      if !isFirst { write(", ") }
      isFirst = false
      body(&self, element)
    }
    write(closing)
  }
}

extension Value: CustomStringConvertible {
  /// The value as Swift's `print` shows it: `0.87`, `[1, 2]`, `Optional(3)`, `["a", "b"]`. Truncated at one
  /// megabyte, except for a string.
  public var description: String {
    switch self {
    case .string(let text): text
    case .enumeration(let value): text(of: value)
    case .range(_, .void, _), .range(.void, _, _): debugText
    case .range(let lower, let upper, let isClosed): "\(lower)\(isClosed ? "..." : "..<")\(upper)"
    default: debugText
    }
  }

  private func text(of value: EnumerationValue) -> String {
    var text = ValueText()
    text.write(case: value)
    return text.text
  }

  private var debugText: String {
    var text = ValueText()
    text.write(self)
    return text.text
  }

  /// The value as Swift source, for showing defaults; `nil` if it has no literal.
  package var sourceText: String? {
    switch self {
    case .int, .double, .float, .bool: debugText
    case .string: debugText
    case .optional(nil): "nil"
    case .optional(let wrapped?): wrapped.sourceText
    case .array(let elements):
      elements.map(\.sourceText).reduce([]) { list, text in text.flatMap { t in list.map { $0 + [t] } } }
        .map { "[" + $0.joined(separator: ", ") + "]" }
    case .enumeration(let value) where value.payload.isEmpty: ".\(value.name)"
    case .range(let lower, let upper, let isClosed):
      lower.sourceText.flatMap { l in upper.sourceText.map { "\(l)\(isClosed ? "..." : "..<")\($0)" } }
    default: nil
    }
  }
}
