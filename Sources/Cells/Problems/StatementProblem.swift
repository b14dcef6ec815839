/// Problems of statements and declarations.
enum StatementProblem: CellProblem {
  case immutable(String, isFunction: Bool, isParameter: Bool)
  case notAssignable
  case selfAssignment(isProperty: Bool)
  case getOnly(String)
  case immutableProperty(String)
  case privateSetter(String)
  case immutableSelf
  case immutableSelfMember
  case methodAssigned(String)
  case recursiveStructure(String, property: String)
  case computedWithoutType
  case typeMissing
  case breakOutsideLoop
  case continueOutsideLoop
  case returnOutsideFunction
  case returnInBuilder
  case missingReturn(what: String, CellType)
  case valueReturnedFromVoid
  case valueNotReturned
  case guardFallsThrough
  case needsValue(String)
  case notInBuilder(String)
  case expressionExpected
  case tooDeep
  case tooLong(bytes: Int, limit: Int)
  case expressionTooLong(limit: Int)
  case syntax

  var isAboutBreak: Bool { if case .breakOutsideLoop = self { true } else { false } }

  var code: String {
    switch self {
    case .immutable, .getOnly, .immutableProperty, .privateSetter, .immutableSelf, .immutableSelfMember,
      .methodAssigned:
      "immutable"
    case .recursiveStructure: "recursive-struct"
    case .computedWithoutType, .typeMissing: "type-missing"
    case .notAssignable: "not-assignable"
    case .selfAssignment: "self-assignment"
    case .breakOutsideLoop, .continueOutsideLoop: "outside-loop"
    case .returnOutsideFunction, .returnInBuilder: "outside-function"
    case .missingReturn, .valueReturnedFromVoid, .valueNotReturned: "return"
    case .guardFallsThrough: "guard-falls-through"
    case .needsValue: "unsupported"
    case .notInBuilder: "not-in-builder"
    case .expressionExpected: "expression-expected"
    case .tooDeep, .tooLong, .expressionTooLong: "too-large"
    case .syntax: "syntax"
    }
  }

  var message: String {
    switch self {
    case .immutable(let name, true, _): "cannot assign to value: '\(name)' is a function"
    case .immutable(let name, _, let isParameter):
      "cannot assign to value: '\(name)' is a 'let' constant"
        + (isParameter ? " (parameters are constants)" : "")
    case .notAssignable: "expression is not assignable"
    case .selfAssignment(let isProperty): "assigning a \(isProperty ? "property" : "variable") to itself"
    case .getOnly(let name): "cannot assign to property: '\(name)' is a get-only property"
    case .immutableProperty(let name): "cannot assign to property: '\(name)' is a 'let' constant"
    case .privateSetter(let name): "cannot assign to property: '\(name)' setter is inaccessible"
    case .immutableSelf: "cannot assign to property: 'self' is immutable"
    case .immutableSelfMember: "cannot use mutating member on immutable value: 'self' is immutable"
    case .methodAssigned(let name): "cannot assign to value: '\(name)' is a method"
    case .recursiveStructure(let name, _):
      "value type '\(name)' cannot have a stored property that recursively contains it"
    case .computedWithoutType: "computed property must have an explicit type"
    case .typeMissing: "type annotation missing in pattern"
    case .breakOutsideLoop: "'break' is only allowed inside a loop or a switch"
    case .continueOutsideLoop: "'continue' is only allowed inside a loop"
    case .returnOutsideFunction: "return invalid outside of a func"
    case .returnInBuilder: "cannot use explicit 'return' statement in the body of a result builder"
    case .missingReturn(let what, let type): "missing return in \(what) expected to return '\(type)'"
    case .valueReturnedFromVoid: "unexpected non-void return value in void function"
    case .valueNotReturned: "non-void function should return a value"
    case .guardFallsThrough:
      "'guard' body must not fall through, consider using a 'return' or 'throw' to exit the scope"
    case .needsValue(let name): "declaring '\(name)' without a value is not supported in cells"
    case .notInBuilder(let what): "\(what) cannot be used in a result builder's block"
    case .expressionExpected: "expected one expression"
    case .tooDeep: "the code is nested too deeply for cells"
    case .tooLong(let bytes, let limit):
      "the cell is too long: \(bytes) bytes; the maximum is \(limit)"
    case .expressionTooLong(let limit):
      "the expression is too long for cells; the maximum is \(limit) operands and operators in a row"
    case .syntax: "this is not valid Swift"
    }
  }

  var notes: [String] {
    switch self {
    case .immutableSelf, .immutableSelfMember: ["mark the method 'mutating' to make 'self' mutable"]
    case .recursiveStructure(let name, let property):
      ["'\(property)' contains another '\(name)'; store them in an array"]
    default: []
    }
  }
}
