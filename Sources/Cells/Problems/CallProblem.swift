/// Problems of a call's arguments.
enum CallProblem: CellProblem {
  case missingArgument(String, signature: String)
  case missingLabel(String)
  case extraneousLabel(String)
  case wrongLabel(have: String, expected: String)
  case extraArgument(label: String?, signature: String)
  /// `note` explains a label of another library.
  case foreignLabel(String, note: String, signature: String)
  case takesNoArguments
  case wrongOrder(String, before: String)
  case noMatch(String, candidates: [String])
  case blockExpected(String, protocolName: String)
  case blockNotExpected
  /// `labels` are those of the function's parameters.
  case functionAsValue(String, labels: [String?])
  case closureParameterCount(CellType, expected: Int, found: Int)
  case closureArgumentIgnored(Int)
  case closureParameterType(String)
  case immutableReceiver(String)
  case nonEscapingUse(String)
  case escapingCapture(String)
  case ambiguousIntegers(String)
  case missingAmpersand(CellType)
  case needlessAmpersand(CellType)
  case inoutOutsideCall
  case inoutOutsideParameters(String)
  case inoutDefault(String)
  case immutableArgument(String)
  case overlappingArguments(String)

  var code: String {
    switch self {
    case .missingArgument: "missing-argument"
    case .missingLabel, .extraneousLabel, .wrongLabel: "argument-label"
    case .extraArgument, .foreignLabel, .takesNoArguments, .blockNotExpected: "extra-argument"
    case .wrongOrder: "argument-order"
    case .noMatch: "no-match"
    case .blockExpected: "block-expected"
    case .functionAsValue: "unsupported"
    case .closureParameterCount, .closureArgumentIgnored, .closureParameterType: "closure-parameters"
    case .missingAmpersand, .needlessAmpersand, .inoutOutsideCall, .inoutOutsideParameters, .inoutDefault:
      "inout"
    case .overlappingArguments: "exclusive-access"
    case .immutableReceiver, .immutableArgument: "immutable"
    case .nonEscapingUse, .escapingCapture: "escaping"
    case .ambiguousIntegers: "ambiguous-type"
    }
  }

  var message: String {
    switch self {
    case .missingArgument(let name, _): "missing argument for parameter \(name) in call"
    case .missingLabel(let label): "missing argument label '\(label):' in call"
    case .extraneousLabel(let label): "extraneous argument label '\(label):' in call"
    case .wrongLabel(let have, let expected):
      "incorrect argument label in call (have '\(have):', expected '\(expected):')"
    case .extraArgument(let label?, _), .foreignLabel(let label, _, _): "extra argument '\(label)' in call"
    case .extraArgument(nil, _): "extra argument in call"
    case .takesNoArguments: "argument passed to call that takes no arguments"
    case .wrongOrder(let name, let other): "argument \(name) must precede argument \(other)"
    case .noMatch(let name, _): "no exact matches in call to '\(name)'"
    case .blockExpected(let name, let element):
      "parameter '\(name)' takes a block of values that conform to '\(element)': write { … }"
    case .blockNotExpected: "extra trailing closure passed in call"
    case .functionAsValue(let name, let labels):
      "using '\(name)' as a value is not supported in cells; write a closure: { \(Self.call(name, labels)) }"
    case .closureParameterCount(let type, let expected, let found):
      "contextual closure type '\(type)' expects \(expected) argument\(expected == 1 ? "" : "s"), but \(found) "
        + "\(found == 1 ? "was" : "were") used in closure body"
    case .closureArgumentIgnored(let count):
      "contextual type for closure argument list expects \(count) argument\(count == 1 ? "" : "s"), which cannot be "
        + "implicitly ignored"
    case .closureParameterType(let name):
      "cannot infer type of closure parameter '\(name)' without a type annotation"
    case .ambiguousIntegers(let name): "'\(name)' of integer literals is ambiguous; write 2.0 instead of 2"
    case .nonEscapingUse(let name):
      "using non-escaping parameter '\(name)' in a context expecting an '@escaping' closure"
    case .escapingCapture(let what): "escaping closure captures \(what)"
    case .missingAmpersand(let type):
      "passing value of type '\(type)' to an inout parameter requires explicit '&'"
    case .needlessAmpersand(let type): "'&' used with non-inout argument of type '\(type)'"
    case .inoutOutsideCall: "'&' may only be used to pass an argument to inout parameter"
    case .inoutOutsideParameters(let word): "'\(word)' may only be used on parameters"
    case .inoutDefault(let name): "cannot provide default value to inout parameter '\(name)'"
    case .immutableArgument(let name): "cannot pass immutable value as inout argument: \(name)"
    case .overlappingArguments(let name):
      "overlapping accesses to '\(name)', but modification requires exclusive access; consider copying to a "
        + "local variable"
    case .immutableReceiver(let name): "cannot use mutating member on immutable value: \(name)"
    }
  }

  private static func call(_ name: String, _ labels: [String?]) -> String {
    let function = name.hasSuffix(".init") ? String(name.dropLast(5)) : name
    let arguments = labels.enumerated().map { index, label in (label.map { "\($0): " } ?? "") + "$\(index)" }
    return "\(function)(\(arguments.joined(separator: ", ")))"
  }

  var notes: [String] {
    switch self {
    case .missingArgument(_, let signature), .extraArgument(_, let signature):
      signature.isEmpty ? [] : ["the declaration is '\(signature)'"]
    case .foreignLabel(_, let note, let signature): [note, "the declaration is '\(signature)'"]
    case .nonEscapingUse(let name): ["write '@escaping' before the type of '\(name)'"]
    case .noMatch(_, let candidates): candidates.map { "candidate: '\($0)'" }
    default: []
    }
  }
}
