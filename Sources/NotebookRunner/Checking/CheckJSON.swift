import Diagnostics
import Support

/// A check's result as JSON, for editors; `docs/checking.md` describes the format.
struct CheckJSON: Encodable {
  struct Position: Encodable {
    /// The line, from 0, as in the Language Server Protocol.
    var line: Int
    /// The character, from 0, in UTF-16 code units.
    var character: Int
  }
  struct Range: Encodable {
    var start: Position
    var end: Position
  }
  struct Place: Encodable {
    var file: String
    /// The line, from 1.
    var line: Int?
    /// The column, from 1, in characters.
    var column: Int?
    var length: Int?
    var range: Range?
  }
  struct Fix: Encodable {
    var message: String
    var place: Place
    var replacement: String
    var certain: Bool
  }
  struct Problem: Encodable {
    var severity: String
    var code: String?
    var message: String
    var place: Place
    var notes: [String]
    var fixIts: [Fix]
  }
  struct Fixed: Encodable {
    var message: String
    var fix: Fix
  }

  var version = 1
  var notebook: String
  var errors: Int
  var warnings: Int
  var problems: [Problem]
  var fixed: [Fixed]
  var data: [CheckFacts.Data]
  var trainings: [CheckFacts.Training]

  init(_ report: CheckReport) {
    notebook = report.notebook
    errors = report.errors
    warnings = report.warnings
    data = report.facts.data
    trainings = report.facts.trainings
    func place(_ range: SourceRange?, in source: SourceText?) -> Place {
      guard let range else { return Place(file: report.notebook) }
      return Place(
        file: range.start.file, line: range.start.line, column: range.start.column, length: range.length,
        range: source?.protocolRange(range))
    }
    func fix(_ fix: FixIt, in source: SourceText?) -> Fix {
      Fix(
        message: fix.message, place: place(fix.range, in: source), replacement: fix.replacement,
        certain: fix.isCertain)
    }
    problems = report.problems.map { problem in
      Problem(
        severity: problem.severity.rawValue, code: problem.code, message: problem.message,
        place: place(problem.range, in: report.text(of: problem)), notes: problem.notes,
        fixIts: problem.fixIts.map { fix($0, in: report.text(of: problem)) })
    }
    // The text that these places refer to no longer exists.
    fixed = report.fixed.map { Fixed(message: $0.problem.message, fix: fix($0.fix, in: nil)) }
  }
}

extension CheckReport {
  /// The report as JSON.
  public var json: String { JSON.text(CheckJSON(self)) }
}

extension SourceText {
  fileprivate func protocolRange(_ range: SourceRange) -> CheckJSON.Range? {
    guard let line = line(range.start.line) else { return nil }
    let first = max(0, range.start.column - 1)
    let start = line.prefix(first).utf16.count
    let end = line.prefix(first + range.length).utf16.count
    let number = range.start.line - 1
    return CheckJSON.Range(
      start: CheckJSON.Position(line: number, character: start),
      end: CheckJSON.Position(line: number, character: end))
  }
}
