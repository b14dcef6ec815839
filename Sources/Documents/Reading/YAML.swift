import Yams

/// Reads small pieces of YAML by Yams: front matter and the values of cell options.
enum YAML {
  struct Problem: Error {
    var text: String
    /// From 1; `nil` where Yams gives no place.
    var line: Int?
    var column: Int?
  }

  /// The root of a YAML text, or `nil` where it is empty.
  static func compose(_ text: String) throws(Problem) -> Node? {
    // A few aliases of aliases make a tree that takes years to walk; notebooks need none.
    guard words(after: "&", in: text) == 0 || words(after: "*", in: text) <= 16 else {
      throw Problem(text: "too many aliases ('*name')")
    }
    do {
      return try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw problem(error)
    } catch {
      throw Problem(text: "\(error)")
    }
  }

  /// How many words start with a sign: `&anchor`, `*alias`.
  private static func words(after sign: Character, in text: String) -> Int {
    zip(text, text.dropFirst()).count { $0 == sign && !$1.isWhitespace && $1 != sign }
  }

  private static func problem(_ error: YamlError) -> Problem {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let context = context.map { " \($0.text.trimmingCharacters(in: .whitespacesAndNewlines))" } ?? ""
      return Problem(text: problem + context, line: mark.line, column: mark.column)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let keys = duplicates.sorted().map { "'\($0)'" }.joined(separator: ", ")
      return Problem(text: "\(keys) is given twice", line: context.mark.line, column: context.mark.column)
    case .reader(let problem, _, _, _): return Problem(text: problem)
    default: return Problem(text: "it cannot be read")
    }
  }

  /// What a value is, for "found …".
  static func kind(of node: Node) -> String {
    switch node {
    case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "'\(scalar.string)'"
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }
}
