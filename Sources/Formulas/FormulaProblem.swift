/// A part of a formula that cannot be read.
public struct FormulaProblem: Error, Hashable, Sendable {
  enum Fact: Hashable {
    case empty
    case tooLong
    case tooDeep
    case unknownCommand(String)
    case unknownEnvironment(String)
    case missingArgument(String)
    case missingDelimiter(String)
    case unclosed(String)
    case unexpected(String)
    case secondScript(String)
    case unknownColour(String)
    case mismatchedEnd(opened: String, closed: String)
  }

  let fact: Fact
  /// The number of characters before the problem.
  public let offset: Int

  /// The problem in words.
  public var message: String {
    switch fact {
    case .empty: "the formula is empty"
    case .tooLong: "the formula is longer than \(Formula.maximumLength) characters"
    case .tooDeep: "the formula is nested more than \(Formula.maximumDepth) levels deep"
    case .unknownCommand(let name): "unknown command '\\\(name)'"
    case .unknownEnvironment(let name): "unknown environment '\(name)'"
    case .missingArgument(let name): "missing argument of '\\\(name)'"
    case .missingDelimiter(let name): "missing delimiter after '\\\(name)'"
    case .unclosed(let opening): "'\(opening)' is never closed"
    case .unexpected(let text): "unexpected '\(text)'"
    case .secondScript(let mark): "a second '\(mark)' needs braces around the first part"
    case .unknownColour(let name): "unknown color '\(name)'"
    case .mismatchedEnd(let opened, let closed): "'\\begin{\(opened)}' is closed by '\\end{\(closed)}'"
    }
  }
}
