/// Unknown names and redeclarations.
enum NameProblem: CellProblem {
  /// `foreign` explains a name of another library.
  case unknown(String, suggestion: String?, foreign: String? = nil)
  case unknownType(String, suggestion: String?)
  case unknownMember(String, of: CellType, suggestion: String?, foreign: String? = nil)
  case unknownStaticMember(
    String, of: CellType, suggestion: String?, owners: [String], foreign: String? = nil)
  case unknownTupleElement(String, of: CellType)
  case unknownOperator(String)
  case redeclaration(String, first: String)
  case memberRedeclaration(String)
  /// An instance member used without a value, or a static member used on a value.
  case memberKind(String, of: String, isStatic: Bool)
  /// A case of an enum used on a value.
  case caseOfInstance(String, of: String)
  case usedBeforeDeclaration(String)
  /// A private member, or the memberwise initialiser of a struct with private properties.
  case inaccessible(String, isInitialiser: Bool)
  case anonymousArgumentOutsideClosure(String)
  case typeAsValue(String)
  case notAType(String)

  var code: String {
    switch self {
    case .unknown: "unknown-name"
    case .unknownType, .notAType: "unknown-type"
    case .unknownMember, .unknownStaticMember, .unknownTupleElement: "unknown-member"
    case .unknownOperator: "unknown-operator"
    case .redeclaration, .memberRedeclaration: "redeclaration"
    case .memberKind, .caseOfInstance, .inaccessible: "unknown-member"
    case .usedBeforeDeclaration: "used-before-declaration"
    case .anonymousArgumentOutsideClosure: "anonymous-argument"
    case .typeAsValue: "type-as-value"
    }
  }

  var message: String {
    switch self {
    case .unknown(let name, _, _): "cannot find '\(name)' in scope"
    case .unknownType(let name, _): "cannot find type '\(name)' in scope"
    case .unknownMember(let name, let type, _, _): "value of type '\(type)' has no member '\(name)'"
    case .unknownStaticMember(let name, let type, _, _, _): "type '\(type)' has no member '\(name)'"
    case .unknownTupleElement(let name, let type): "value of tuple type '\(type)' has no member '\(name)'"
    case .unknownOperator(let name): "cannot find operator '\(name)' in scope"
    case .memberKind(let name, let type, true):
      "static member '\(name)' cannot be used on instance of type '\(type)'"
    case .memberKind(let name, let type, false): "instance member '\(name)' cannot be used on type '\(type)'"
    case .caseOfInstance(let name, _):
      "enum case '\(name)' cannot be used as an instance member"
    case .inaccessible(let name, let isInitialiser):
      "'\(name)' \(isInitialiser ? "initializer " : "")is inaccessible due to 'private' protection level"
    case .redeclaration(let name, _), .memberRedeclaration(let name): "invalid redeclaration of '\(name)'"
    case .usedBeforeDeclaration(let name): "use of '\(name)' before its declaration is not supported in cells"
    case .anonymousArgumentOutsideClosure: "anonymous closure argument not contained in a closure"
    case .typeAsValue(let name): "expected member name or initializer call after type name '\(name)'"
    case .notAType(let name): "'\(name)' is not a type"
    }
  }

  var notes: [String] {
    switch self {
    case .unknown(_, _, let foreign?), .unknownMember(_, _, _, let foreign?),
      .unknownStaticMember(_, _, _, _, let foreign?):
      [foreign]
    case .unknown(_, let suggestion?, _), .unknownType(_, let suggestion?),
      .unknownMember(_, _, let suggestion?, _),
      .unknownStaticMember(_, _, let suggestion?, _, _):
      ["did you mean '\(suggestion)'?"]
    case .unknownStaticMember(let name, _, nil, let owners, _) where !owners.isEmpty:
      ["'.\(name)' is a member of '\(owners.joined(separator: "' and '"))'"]
    case .memberKind(let name, let type, true), .caseOfInstance(let name, let type):
      ["write '\(type).\(name)'"]
    case .redeclaration(let name, let first): ["'\(name)' previously declared at \(first)"]
    default: []
    }
  }
}
