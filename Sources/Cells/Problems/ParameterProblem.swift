import Diagnostics

/// Problems of parameter overrides.
enum ParameterProblem: CellProblem {
  /// `declared` is the parameter's place, if the override has a place of its own.
  case wrongType(name: String, type: CellType, found: String, declared: SourceLocation?)

  var code: String { "parameter-override" }

  var message: String {
    switch self {
    case .wrongType(let name, let type, let found, _):
      "parameter '\(name)' expects \(Self.noun(type)); got '\(found)'"
    }
  }

  var notes: [String] {
    switch self {
    case .wrongType(let name, let type, let found, nil):
      Self.isList(found, of: type)
        ? ["to run the notebook once for each value, use 'quire sweep' with -p \(name)=\(found)"]
        : ["for example, -p \(name)=\(Self.example(type))"]
    case .wrongType(let name, let type, _, let declared?):
      ["for example, \(name): \(Self.yaml(type))", "'\(name)' is declared at \(declared)"]
    }
  }

  /// Whether the text is several values of the type, as `quire sweep` accepts them.
  private static func isList(_ text: String, of type: CellType) -> Bool {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    return parts.count > 1
      && parts.allSatisfy { part in
        switch type.unwrapped {
        case .int: Int(part) != nil
        case .double, .float: Double(part) != nil
        case .bool: Bool(String(part)) != nil
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

  /// The type's YAML spelling: in a parameter file a list needs no quotes.
  private static func yaml(_ type: CellType) -> String {
    String(example(type).drop { $0 == "'" }.prefix { $0 != "'" })
  }

  private static func example(_ type: CellType) -> String {
    switch type.unwrapped {
    case .int: "10"
    case .double, .float: "0.5"
    case .bool: "true"
    case .string: "text"
    case .array(let element): "'[\(example(element))]'"
    default: "…"
    }
  }
}
