/// A place where a text breaks a rule.
struct Finding: Equatable {
  /// Counted from 1.
  var line: Int
  var message: String
}

/// The rules of plain English that a program can check.
enum WritingRules {
  /// Phrases to avoid, with `_` for spaces, and what to write instead. A phrase is fine before a word of `except`.
  static let phrases: [(phrase: String, except: [String], instead: String)] = [
    ("so_many", [], "write the number, or 'at most N'"),
    ("whoever", [], "name the reader, the caller or the process"),
    ("anew", [], "write 'again' or 'from the start', or use 'rerun', 'rewrite'"),
    ("goes_on", [], "write 'continues' or 'resumes'"),
    ("go_on", [], "write 'continue' or 'resume'"),
    ("went_on", [], "write 'continued' or 'resumed'"),
    ("is_told", ["apart"], "write 'receives', 'is printed' or 'is reported'"),
    ("are_told", ["apart"], "write 'receive', 'are printed' or 'are reported'"),
    ("stands", ["for", "out"], "write 'is'"),
    ("stood", [], "write 'was'"),
  ]

  /// Messages name what they found with one word: "expects a number; found 'fast'".
  static func foundFindings(in text: String) -> [Finding] {
    text.components(separatedBy: "\n").enumerated().compactMap { index, line in
      guard line.contains("; got ") || line.contains(", got ") || line.contains("\"got ") else { return nil }
      return Finding(line: index + 1, message: "'got': write 'found'")
    }
  }

  /// First words that keep a doc comment from naming the thing or saying what it does.
  static let openings = ["What", "Whoever", "So many", "How many"]

  /// Requirements of the standard library and of ArgumentParser; their documentation is inherited.
  static let standardRequirements: Set<String> = [
    "description", "debugDescription", "hash", "==", "<", "encode", "init(from)", "init(stringLiteral)",
    "init(integerLiteral)", "init(floatLiteral)", "init(booleanLiteral)", "init(arrayLiteral)",
    "init(dictionaryLiteral)", "init(nilLiteral)", "next", "buildExpression", "buildBlock", "buildOptional",
    "buildEither", "buildArray", "init(argument)", "defaultValueDescription", "run", "validate",
    "configuration",
  ]

  /// A message, help text or page with such a phrase reads like a translation.
  static func phraseFindings(in text: String) -> [Finding] {
    let words = Words(text)
    return phrases.flatMap { phrase, except, instead in
      let wanted = phrase.split(separator: "_").map(String.init)
      return words.lines(of: wanted, except: except).map {
        Finding(line: $0, message: "'\(wanted.joined(separator: " "))': \(instead)")
      }
    }
  }

  /// A reader of the reference or of Quick Help sees the first line alone.
  static func openingFindings(in comments: DocComments) -> [Finding] {
    comments.declarations.compactMap { declaration in
      if let opening = openings.first(where: { declaration.comment.hasPrefix("\($0) ") }) {
        return Finding(
          line: declaration.line, message: "a doc comment opens with '\(opening)': name the thing")
      }
      let isYesOrNo = ["Bool", "= true", "= false"].contains { declaration.code.contains($0) }
      guard declaration.comment.hasPrefix("Whether "), !isYesOrNo else { return nil }
      return Finding(
        line: declaration.line, message: "a doc comment opens with 'Whether', but this is no Bool")
    }
  }

  /// A user of the library finds each public name explained.
  ///
  /// - Parameter inherited: names of protocol requirements, whose implementations need no comment.
  static func publicFindings(in comments: DocComments, inherited: Set<String>) -> [Finding] {
    comments.declarations.compactMap { declaration in
      guard declaration.isPublic, declaration.comment.isEmpty else { return nil }
      // A step's parameter is declared with its description: `p("epochs", Int.self, "passes over the data")`.
      if declaration.code.contains(" = p(") || declaration.code.contains(" = builder(") { return nil }
      if let name = DocComments.name(in: declaration.code), inherited.contains(name) { return nil }
      return Finding(
        line: declaration.line, message: "a public declaration without a doc comment: \(declaration.code)")
    }
  }
}
