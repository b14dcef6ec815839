/// Overrides that do not fit the parameter they name.
enum ParameterProblem: CellProblem {
  case wrongType(name: String, type: CellType, found: String)

  var code: String { "parameter-override" }

  var message: String {
    switch self {
    case .wrongType(let name, let type, let found):
      "parameter '\(name)' is \(Self.article(type)) \(type.inDeclaration), found '\(found)'"
    }
  }

  var notes: [String] {
    switch self {
    case .wrongType(let name, let type, _): ["for example -p \(name)=\(Self.example(type))"]
    }
  }

  private static func article(_ type: CellType) -> String { type == .int ? "an" : "a" }

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
