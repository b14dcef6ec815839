import Diagnostics

/// What checking a notebook found.
///
///     let report = NotebookRunner.check(RunOptions(notebook: "n.md"))
///     for problem in report.rendered { print(problem) }
public struct CheckReport: Sendable {
  /// The notebook's path as the user wrote it.
  public let notebook: String
  /// `nil` where the file could not be read.
  public let source: SourceText?
  /// Errors and warnings in the order of the file.
  public let problems: [Diagnostic]
  /// What `--fix` mended.
  public internal(set) var fixed: [FixedProblem] = []

  public var errors: Int { problems.count { $0.severity == .error } }
  public var warnings: Int { problems.count { $0.severity == .warning } }

  /// The problems as compilers print them.
  public var rendered: [String] { problems.map { $0.rendered(in: source, file: notebook) } }

  /// `no problems found`, `1 error, 2 warnings`.
  public var verdict: String {
    if problems.isEmpty { return "no problems found" }
    return "\(Self.count(errors, "error")), \(Self.count(warnings, "warning"))"
  }

  static func count(_ number: Int, _ noun: String) -> String {
    "\(number == 0 ? "no" : "\(number)") \(noun)\(number == 1 ? "" : "s")"
  }
}

/// A problem that was mended, and how; its place is where it stood before.
public struct FixedProblem: Sendable {
  public let problem: Diagnostic
  public let fix: FixIt

  /// `n.md:4:9: fixed: cannot find 'trian' in scope: replace 'trian' with 'train'`
  public var text: String { "\(fix.range.start): fixed: \(problem.message): \(fix.message)" }
}
