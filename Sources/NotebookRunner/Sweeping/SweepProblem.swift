import Diagnostics

/// Problems of a sweep that are found before anything runs, with their wording.
enum SweepProblem {
  case nothingToSweep(parameters: [String])
  case repeatedName(String)
  case values(RunOptions.Parameter, ValueList.Problem)
  case tooMany(count: Int?, limit: Int)
  case sameValue(String, String, String)
  case sameSeed(UInt64)

  func diagnostic(at range: SourceRange? = nil) -> Diagnostic {
    Diagnostic(.error, message, at: range, code: "sweep", notes: notes)
  }

  private var message: String {
    switch self {
    case .nothingToSweep: "nothing to sweep"
    case .repeatedName(let name): "-p \(name) is specified twice"
    case .values(let parameter, .empty(let position)):
      "-p \(parameter.name): value \(position) is empty in '\(parameter.value)'"
    case .values(let parameter, .openQuote):
      "-p \(parameter.name): unterminated quote in '\(parameter.value)'"
    case .values(let parameter, .openBracket):
      "-p \(parameter.name): unterminated bracket in '\(parameter.value)'"
    case .tooMany(let count?, let limit): "too many combinations: \(count); the maximum is \(limit)"
    case .tooMany(nil, let limit): "too many combinations; the maximum is \(limit)"
    case .sameValue(let name, let first, let second) where first == second:
      "\(name) has the value \(first) twice"
    case .sameValue(let name, let first, let second):
      "\(name) has the same value twice, as \(first) and as \(second)"
    case .sameSeed(let seed): "--seeds has \(seed) twice"
    }
  }

  private var notes: [String] {
    switch self {
    case .nothingToSweep(let parameters):
      [
        parameters.isEmpty
          ? "declare parameters in a ```swift parameters cell, then sweep one of them: -p NAME=A,B"
          : "specify several values, for example -p \(parameters[0])=A,B or --seeds 1,2,3"
      ] + (parameters.isEmpty ? [] : ["the notebook's parameters are \(parameters.joined(separator: ", "))"])
    case .repeatedName(let name): ["list all values at once: -p \(name)=A,B"]
    case .values(let parameter, .empty): ["write empty text as '\(parameter.name)=\"\"'"]
    case .values(let parameter, _):
      ["close it, or put text that contains one in double quotes: '\(parameter.name)=\"a[b\"'"]
    case .tooMany: ["sweep fewer values at a time; finished runs are kept"]
    case .sameValue, .sameSeed: ["remove one of them"]
    }
  }
}
