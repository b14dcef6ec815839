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
    case .nothingToSweep: "there is nothing to sweep"
    case .repeatedName(let name): "-p \(name) is given twice"
    case .values(let parameter, .empty(let position)):
      "-p \(parameter.name): value \(position) is empty, found '\(parameter.value)'"
    case .values(let parameter, .openQuote):
      "-p \(parameter.name): a quote is not closed, found '\(parameter.value)'"
    case .values(let parameter, .openBracket):
      "-p \(parameter.name): a bracket is not closed, found '\(parameter.value)'"
    case .tooMany(let count?, let limit): "\(count) combinations are too many; at most \(limit) are run"
    case .tooMany(nil, let limit): "the combinations are past counting; at most \(limit) are run"
    case .sameValue(let name, let first, let second) where first == second:
      "\(name) is given the value \(first) twice"
    case .sameValue(let name, let first, let second):
      "\(name) is given the same value twice, as \(first) and as \(second)"
    case .sameSeed(let seed): "--seeds has \(seed) twice"
    }
  }

  private var notes: [String] {
    switch self {
    case .nothingToSweep(let parameters):
      [
        parameters.isEmpty
          ? "mark a cell of the notebook with ```swift parameters, and give one of its names values: -p NAME=A,B"
          : "give a parameter values, for example -p \(parameters[0])=A,B, or give --seeds 1,2,3"
      ] + (parameters.isEmpty ? [] : ["the notebook's parameters are \(parameters.joined(separator: ", "))"])
    case .repeatedName(let name): ["write all its values in one: -p \(name)=A,B"]
    case .values(let parameter, .empty): ["an empty text is written '\(parameter.name)=\"\"'"]
    case .values(let parameter, _):
      ["close it, or put a text that has one of its own in double quotes: '\(parameter.name)=\"a[b\"'"]
    case .tooMany: ["sweep fewer values at a time; what is done already is kept"]
    case .sameValue, .sameSeed: ["leave one out"]
    }
  }
}
