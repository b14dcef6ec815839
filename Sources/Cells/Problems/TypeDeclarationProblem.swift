/// Problems of enums, initialisers and extensions.
enum TypeDeclarationProblem: CellProblem {
  case storedProperty(inEnum: Bool)
  case rawValueWithoutType
  case rawValueType(CellType, CellType)
  case rawValueNotLiteral
  case rawValueMissing(CellType)
  case repeatedRawValue
  case rawTypeWithArguments
  case noCasesWithRawType
  case recursiveEnum(String)
  case noConformance(String, String, because: String)
  case noInitialiser(String)
  case noArguments(String)
  case notInitialised([String])
  case usedBeforeInitialised(String?)
  case assignedTwice(String)
  /// An enum's initialiser that does not assign `self` on all paths.
  case selfNotAssigned
  case nilFromInitialiser
  case repeatedInitialiser(String)

  var code: String {
    switch self {
    case .storedProperty: "stored-property"
    case .rawValueWithoutType, .rawValueType, .rawValueNotLiteral, .rawValueMissing, .repeatedRawValue,
      .rawTypeWithArguments, .noCasesWithRawType:
      "raw-value"
    case .recursiveEnum: "recursive-enum"
    case .noConformance: "missing-conformance"
    case .noInitialiser: "no-initialiser"
    case .noArguments: "extra-argument"
    case .notInitialised, .usedBeforeInitialised, .assignedTwice, .selfNotAssigned, .nilFromInitialiser:
      "initialisation"
    case .repeatedInitialiser: "redeclaration"
    }
  }

  var message: String {
    switch self {
    case .storedProperty(true): "enums must not contain stored properties"
    case .storedProperty(false): "extensions must not contain stored properties"
    case .rawValueWithoutType: "enum case cannot have a raw value if the enum does not have a raw type"
    case .rawValueType(let found, let type):
      "cannot convert value of type '\(found)' to raw type '\(type)'"
    case .rawValueNotLiteral: "raw value for enum case must be a literal"
    case .rawValueMissing(let type):
      "enum case must declare a raw value when the preceding raw value is not an integer of type '\(type)'"
    case .repeatedRawValue: "raw value for enum case is not unique"
    case .rawTypeWithArguments: "enum with raw type cannot have cases with arguments"
    case .noCasesWithRawType: "an enum with no cases cannot declare a raw type"
    case .recursiveEnum(let name): "recursive enum '\(name)' is not marked 'indirect'"
    case .noConformance(let name, let protocolName, _):
      "type '\(name)' does not conform to protocol '\(protocolName)'"
    case .noInitialiser(let name):
      "'\(name)' cannot be constructed because it has no accessible initializers"
    case .noArguments(let name): "enum case '\(name)' has no associated values"
    case .notInitialised: "return from initializer without initializing all stored properties"
    case .usedBeforeInitialised(let name?): "variable 'self.\(name)' used before being initialized"
    case .usedBeforeInitialised(nil): "'self' used before all stored properties are initialized"
    case .assignedTwice(let name): "immutable value 'self.\(name)' may only be initialized once"
    case .selfNotAssigned: "'self' isn't assigned on all paths before returning from initializer"
    case .nilFromInitialiser: "only a failable initializer can return 'nil'"
    case .repeatedInitialiser(let labels): "invalid redeclaration of 'init(\(labels))'"
    }
  }

  var notes: [String] {
    switch self {
    case .notInitialised(let names): names.map { "'self.\($0)' not initialized" }
    case .noConformance(_, _, let reason): [reason]
    default: []
    }
  }
}
