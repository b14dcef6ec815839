/// Statements and declarations that do not hold together.
enum StatementProblem: CellProblem {
  case immutable(String, isFunction: Bool, isParameter: Bool)
  case notAssignable
  case selfAssignment
  case getOnly(String)
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

  var code: String {
    switch self {
    case .immutable, .getOnly: "immutable"
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
    case .selfAssignment: "assigning a variable to itself"
    case .getOnly(let name): "cannot assign to property: '\(name)' is a get-only property"
    case .breakOutsideLoop: "'break' is only allowed inside a loop"
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
      "the cell is too long: \(bytes) bytes, at most \(limit) are supported"
    case .expressionTooLong(let limit):
      "the expression is too long for cells: at most \(limit) operands and operators in a row"
    case .syntax: "this is not valid Swift"
    }
  }
}
