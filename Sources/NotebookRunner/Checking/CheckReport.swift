import Diagnostics

/// The result of checking a notebook.
///
///     let report = NotebookRunner.check(RunOptions(notebook: "n.md"))
///     for problem in report.rendered { print(problem) }
public struct CheckReport: Sendable {
  /// The notebook's path as the user wrote it.
  public let notebook: String
  /// The notebook's text; `nil` if the file could not be read.
  public let source: SourceText?
  /// Errors and warnings, in file order.
  public let problems: [Diagnostic]
  /// The texts in which problems were found, by name: the notebook's and those of parameter files.
  var sources: [String: SourceText] = [:]
  /// One line per image folder: the number of images in each split, and the files that are not in the data set.
  public var data: [String] = []
  /// One line per training: parameters, batches, memory.
  public var trainings: [String] = []
  /// The numbers of these lines.
  var facts = CheckFacts()
  /// The command to run next; `nil` without errors, or if only the notebook's author can help.
  public var next: String?
  /// The problems fixed by `--fix`.
  public internal(set) var fixed: [FixedProblem] = []

  /// The number of errors.
  public var errors: Int { problems.count { $0.severity == .error } }
  /// The number of warnings.
  public var warnings: Int { problems.count { $0.severity == .warning } }

  /// The problems in compiler format.
  public var rendered: [String] { problems.map(rendered) }

  /// The errors in compiler format.
  public var renderedErrors: [String] { problems.filter { $0.severity == .error }.map(rendered) }

  private func rendered(_ problem: Diagnostic) -> String {
    problem.rendered(in: text(of: problem), file: notebook)
  }

  /// The text in which a problem was found.
  func text(of problem: Diagnostic) -> SourceText? {
    problem.range.flatMap { sources[$0.start.file] } ?? source
  }

  /// A summary: `no problems found`, `1 error, 2 warnings`.
  public var verdict: String {
    if problems.isEmpty { return "no problems found" }
    return "\(Self.count(errors, "error")), \(Self.count(warnings, "warning"))"
  }

  static func count(_ number: Int, _ noun: String) -> String {
    "\(number == 0 ? "no" : "\(number)") \(noun)\(number == 1 ? "" : "s")"
  }
}

/// A fixed problem with its fix; the place is the one before the fix.
public struct FixedProblem: Sendable {
  /// The problem.
  public let problem: Diagnostic
  /// The edit that fixed it.
  public let fix: FixIt

  /// For example `n.md:4:9: fixed: cannot find 'trian' in scope: replace 'trian' with 'train'`.
  public var text: String { "\(fix.range.start): fixed: \(problem.message): \(fix.message)" }
}
