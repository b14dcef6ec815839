import Diagnostics

/// The problems of a notebook's text. Their wording is in `DocumentProblem+Wording.swift`.
enum DocumentProblem {
  // The file
  case noSuchFile(String, near: String?)
  case isDirectory(String)
  case unreadable(String, reason: String)
  case tooLarge(String, limit: Int)
  case notUTF8(byte: UInt8?, offset: Int, looksLikeUTF16: Bool)
  case nul(offset: Int)

  // Front matter
  case unclosedFrontMatter
  case invalidYAML(String)
  case frontMatterNotMapping
  case frontMatterKeyNotText
  case frontMatterType(key: String, expected: String, found: String)
  case seed(found: String)
  case unknownKey(String, near: String?, isCertain: Bool, known: [String])
  case quietType(found: String)

  // Fences
  case unclosedFence(marker: String)
  case nestedStep
  case braces(info: String)
  case unknownFenceWord(String, near: String?)
  case parametersNotRun
  case secondParameters(firstLine: Int)
  case languageCase(String)

  // Cell options
  case optionSyntax
  case unknownOption(String, near: String?)
  case repeatedOption(String, firstLine: Int)
  case optionValue(key: String, expected: String, found: String?, near: String?)
  case optionNeedsQuotes(key: String, value: String)
  case lateOption
  case label(String)
  case repeatedLabel(String, firstLine: Int)

  // Prose
  case tooDeep(levels: Int)
  case emptyExpression
  case formula(String)
  case unclosedComment
  case interruptedComment
  case unknownReference(String, near: String?, isCertain: Bool)
  case undefinedFootnote(String, near: String?)
  case unusedFootnote(String)
  /// A Swift cell within the raw HTML of an element that is open.
  case cellInHTML(element: String, lacksEnd: Bool)
}

/// A problem with its place; `nil` if it concerns the file as a whole.
struct LocatedProblem: Error {
  var problem: DocumentProblem
  var range: SourceRange?

  init(_ problem: DocumentProblem, at range: SourceRange?) {
    self.problem = problem
    self.range = range
  }

  var diagnostic: Diagnostic { problem.diagnostic(at: range) }
}

extension SourceText {
  /// The location of a byte of a line, counted in characters.
  func location(line number: Int, byteOffset: Int) -> SourceLocation {
    let line = line(number) ?? ""
    let index = line.utf8.index(line.startIndex, offsetBy: max(0, byteOffset), limitedBy: line.endIndex)
    let column = line[..<(index ?? line.endIndex)].count + 1
    return SourceLocation(file: name, line: number, column: column)
  }

  /// The range of a part of a line.
  func range(line number: Int, _ part: Substring) -> SourceRange {
    let line = line(number) ?? ""
    let column = line.distance(from: line.startIndex, to: min(part.startIndex, line.endIndex)) + 1
    return SourceRange(SourceLocation(file: name, line: number, column: column), length: part.count)
  }
}
