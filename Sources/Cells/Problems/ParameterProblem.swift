import Diagnostics

/// Problems of parameter overrides.
enum ParameterProblem: CellProblem {
  /// `declared` is the parameter's place, if the override has a place of its own; `isElement` tells that an element of
  /// a list has the wrong type.
  case wrongType(
    name: String, type: CellType, found: ParameterOverride, isElement: Bool, declared: SourceLocation?)

  var code: String { "parameter-override" }

  var message: String {
    switch self {
    case .wrongType(let name, let type, let found, let isElement, _):
      "\(isElement ? "each element of " : "")parameter '\(name)' expects \(Self.noun(type)); found \(Self.text(found, isText: type.unwrapped == .string))"
    }
  }

  var notes: [String] {
    switch self {
    case .wrongType(let name, let type, let found, _, nil):
      Self.isList(found.text, of: type)
        ? [Self.sweepAdvice(name, found.text)]
        : ["for example, -p \(Self.argument(name, type))"]
    case .wrongType(let name, let type, let found, let isElement, let declared?):
      [
        "for example, \(isElement ? "an element " : "\(name): ")\(Self.yaml(type, for: found))",
        "'\(name)' is declared at \(declared)",
      ]
    }
  }

  /// The value; where text is expected, with the kind that a parameter file gives it.
  private static func text(_ found: ParameterOverride, isText: Bool) -> String {
    switch found.kind {
    case .number where isText: "the number \(found.text)"
    case .boolean where isText: "the value \(found.text)"
    case .text, .number, .boolean: "'\(found.text)'"
    case .null: "null"
    case .list: "a list, \(found.text)"
    }
  }

  fileprivate static func sweepAdvice(_ name: String, _ values: String) -> String {
    "to run the notebook once for each value, use 'quire sweep' with -p \(name)=\(values)"
  }

  /// Whether the text is several values of the type, as `quire sweep` accepts them.
  fileprivate static func isList(_ text: String, of type: CellType) -> Bool {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    return parts.count > 1
      && parts.allSatisfy { part in
        switch type.unwrapped {
        case .int: Int(part) != nil
        case .double, .float: Double(part) != nil
        case .bool: Bool(String(part)) != nil
        case .string: !part.isEmpty
        default: false
        }
      }
  }

  private static func noun(_ type: CellType) -> String {
    switch type {
    case .int: "a whole number"
    case .double, .float: "a number"
    case .bool: "true or false"
    case .string: "text"
    default: "a value of type '\(type.inDeclaration)'"
    }
  }

  /// A value of the type as a parameter file spells it; text needs quotes where it could be a number.
  private static func yaml(_ type: CellType, for found: ParameterOverride) -> String {
    switch found.kind {
    case .number, .boolean: if type.unwrapped == .string { return "\"\(found.text)\"" }
    default: break
    }
    return example(type, quotes: false)
  }

  /// `name=VALUE` as a shell accepts it.
  private static func argument(_ name: String, _ type: CellType) -> String {
    let value = example(type, quotes: true)
    let isPlain = value.allSatisfy { $0.isLetter || $0.isNumber || $0 == "." }
    return isPlain ? "\(name)=\(value)" : "\(name)='\(value)'"
  }

  /// A value of the type.
  ///
  /// - Parameter quotes: whether text within brackets is quoted, as in Swift.
  private static func example(_ type: CellType, quotes: Bool, isInside: Bool = false) -> String {
    switch type.unwrapped {
    case .int: return "10"
    case .double, .float: return "0.5"
    case .bool: return "true"
    case .string: return quotes && isInside ? "\"text\"" : "text"
    case .array(let element): return "[\(example(element, quotes: quotes, isInside: true))]"
    case .dictionary(let key, let value):
      let key = example(key, quotes: quotes, isInside: true)
      return "[\(key): \(example(value, quotes: quotes, isInside: true))]"
    case .tuple(let elements):
      return "(\(elements.map { example($0.type, quotes: quotes, isInside: true) }.joined(separator: ", ")))"
    default: return "…"
    }
  }
}

extension CellParameter {
  /// The advice to sweep, if the given text looks like several texts: `scheduler=step,cosine`. Such a value is valid,
  /// so the advice belongs to a failure that follows from it.
  public var sweepAdvice: String? {
    guard isOverridden, case .string(let text) = value, ParameterProblem.isList(text, of: .string) else {
      return nil
    }
    return ParameterProblem.sweepAdvice(name, text)
  }
}
