extension Value: CustomStringConvertible {
  /// The value as Swift's `print` shows it: `0.87`, `[1, 2]`, `Optional(3)`, `["a", "b"]`.
  public var description: String { if case .string(let text) = self { text } else { debugText } }

  /// The value as it shows inside a collection, where strings are quoted.
  private var debugText: String {
    switch self {
    case .int(let x): "\(x)"
    case .double(let x): "\(x)"
    case .float(let x): "\(x)"
    case .bool(let x): "\(x)"
    case .string(let x): String(reflecting: x)
    case .void: "()"
    case .array(let elements): "[" + elements.map(\.debugText).joined(separator: ", ") + "]"
    case .dictionary(let entries):
      entries.count == 0
        ? "[:]"
        : "["
          + zip(entries.keys, entries.values).map { "\($0.debugText): \($1.debugText)" }
          .joined(separator: ", ") + "]"
    case .optional(let wrapped): wrapped.map { "Optional(\($0.debugText))" } ?? "nil"
    case .tuple(let elements, let labels):
      "("
        + zip(elements, labels).map { element, label in (label.map { "\($0): " } ?? "") + element.debugText }
        .joined(separator: ", ") + ")"
    case .range(let lower, let upper, let isClosed):
      "\(lower.debugText)\(isClosed ? "..." : "..<")\(upper.debugText)"
    case .function: "(Function)"
    case .host(let value, _): String(describing: value)
    }
  }

  /// The value as Swift source, for showing defaults; `nil` where a value has no literal.
  var sourceText: String? {
    switch self {
    case .int, .double, .float, .bool: debugText
    case .string: debugText
    case .optional(nil): "nil"
    case .optional(let wrapped?): wrapped.sourceText
    case .array(let elements):
      elements.map(\.sourceText).reduce([]) { list, text in text.flatMap { t in list.map { $0 + [t] } } }
        .map { "[" + $0.joined(separator: ", ") + "]" }
    case .range(let lower, let upper, let isClosed):
      lower.sourceText.flatMap { l in upper.sourceText.map { "\(l)\(isClosed ? "..." : "..<")\($0)" } }
    default: nil
    }
  }
}
