/// Problems of `switch`, of patterns, and of `if` and `switch` as expressions.
enum SwitchProblem: CellProblem {
  /// A `switch` that does not handle every value; the patterns that are missing, if they can be listed.
  case notExhaustive(missing: [String])
  case tooComplex
  case noCases
  case emptyCase(String)
  case afterDefault
  case unreachableCase
  case repeatedLiteral
  case unreachableDefault
  case cannotMatch(CellType, CellType)
  case optionalPattern(CellType)
  case tupleLength(CellType)
  case notATuple(CellType)
  case elementLabel(String, expected: String)
  case noAssociatedValues(String)
  case patternVariableType(CellType, expected: CellType)
  case notBoundEverywhere(String)
  case fallthroughOutsideSwitch
  case fallthroughIntoNothing
  case fallthroughIntoBinding(String)
  case valuePlace(String)
  case branchWithoutValue(String)
  case leavesValue(String, String)
  case missingElse
  case mixedBranches(CellType, CellType)

  var code: String {
    switch self {
    case .notExhaustive, .tooComplex, .noCases: "exhaustive"
    case .emptyCase, .afterDefault: "case"
    case .unreachableCase, .repeatedLiteral, .unreachableDefault: "unreachable-case"
    case .cannotMatch, .optionalPattern, .tupleLength, .notATuple, .elementLabel, .noAssociatedValues,
      .patternVariableType, .notBoundEverywhere:
      "pattern"
    case .fallthroughOutsideSwitch, .fallthroughIntoNothing, .fallthroughIntoBinding: "fallthrough"
    case .valuePlace, .branchWithoutValue, .leavesValue, .missingElse: "conditional-value"
    case .mixedBranches: "operand-types"
    }
  }

  var message: String {
    switch self {
    case .notExhaustive: "switch must be exhaustive"
    case .tooComplex: "this switch is too complex to check; add a default clause"
    case .noCases:
      "'switch' statement body must have at least one 'case' or 'default' block; add a default case"
    case .emptyCase(let label): "'\(label)' label in a 'switch' must have at least one executable statement"
    case .afterDefault: "additional 'case' blocks cannot appear after the 'default' block of a 'switch'"
    case .unreachableCase: "case is already handled by previous patterns; consider removing it"
    case .repeatedLiteral: "literal value is already handled by previous pattern; consider removing it"
    case .unreachableDefault: "default will never be executed"
    case .cannotMatch(let pattern, let type):
      "expression pattern of type '\(pattern)' cannot match values of type '\(type)'"
    case .optionalPattern(let type): "'?' pattern cannot match values of type '\(type)'"
    case .tupleLength(let type): "tuple pattern has the wrong length for tuple type '\(type)'"
    case .notATuple(let type): "tuple pattern cannot match values of the non-tuple type '\(type)'"
    case .elementLabel(let label, let expected):
      "tuple pattern element label '\(label)' must be '\(expected)'"
    case .noAssociatedValues(let name): "pattern with associated values does not match enum case '\(name)'"
    case .patternVariableType(let type, let expected):
      "pattern variable bound to type '\(type)', expected type '\(expected)'"
    case .notBoundEverywhere(let name): "'\(name)' must be bound in every pattern"
    case .fallthroughOutsideSwitch: "'fallthrough' is only allowed inside a switch"
    case .fallthroughIntoNothing: "'fallthrough' without a following 'case' or 'default' block"
    case .fallthroughIntoBinding(let name):
      "'fallthrough' from a case which doesn't bind variable '\(name)'"
    case .valuePlace(let word):
      "'\(word)' may only be used as expression in return, throw, or as the source of an assignment"
    case .branchWithoutValue(let word): "a branch of an '\(word)' expression must be one expression"
    case .leavesValue(let word, let whole):
      "cannot use '\(word)' to transfer control out of '\(whole)' expression"
    case .missingElse: "'if' must have an unconditional 'else' to be used as expression"
    case .mixedBranches(let a, let b): "branches have mismatching types '\(a)' and '\(b)'"
    }
  }

  var notes: [String] {
    switch self {
    case .notExhaustive(let missing):
      missing.isEmpty ? ["add a default clause"] : missing.map { "add missing case: '\($0)'" }
    case .valuePlace(let word): ["declare a constant: 'let value = \(word) … { … }'"]
    default: []
    }
  }
}
