import Diagnostics

/// A check for code that runs but is probably a mistake. Each warning is a type in its own file.
///
/// To add a warning, add such a type and a line in ``Warnings/all``.
protocol NotebookWarning: Sendable {
  /// `QR` and three digits; never reused for another warning.
  var code: String { get }
  /// A short description of the problem.
  var title: String { get }
  var what: String { get }
  var why: String { get }
  var remedy: String { get }
  /// A notebook that triggers this warning and no other.
  var example: String { get }
  /// The corrected example, which triggers no warning.
  var instead: String { get }
  /// The example corrected by each other remedy that the warning names; none of them triggers a warning either.
  var alternatives: [String] { get }

  func findings(in notebook: NotebookView) -> [Finding]
}

/// A place that a warning is about.
struct Finding {
  var message: String
  var range: SourceRange
  var notes: [String] = []
  var fixIts: [FixIt] = []
}

extension NotebookWarning {
  var alternatives: [String] { [] }

  func diagnostics(in notebook: NotebookView) -> [Diagnostic] {
    findings(in: notebook).map {
      Diagnostic(.warning, $0.message, at: $0.range, code: code, notes: $0.notes, fixIts: $0.fixIts)
    }
  }

  /// The text of `quire describe QR001`.
  var text: String {
    func indented(_ text: String) -> String {
      text.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }.joined(
        separator: "\n")
    }
    let heading = "\(code): \(title)"
    return """
      \(heading)
      \(String(repeating: "=", count: heading.count))
      \(what)

      Why: \(why)
      Fix: \(remedy)

      Warning:
      \(indented(example))

      No warning:
      \(indented(instead))

      If this is intentional, silence the warning with '//| quiet: \(code)' in the cell, or with 'quiet: \(code)' in the
      front matter for the whole notebook.
      """
  }
}

/// A warning that the reader or the checker finds; only its code and its explanation are defined here.
protocol ReportedWarning: NotebookWarning {
  /// The reader's or the checker's identifier for it.
  var reportedAs: String { get }
}

extension ReportedWarning {
  func findings(in notebook: NotebookView) -> [Finding] {
    notebook.reported.filter { $0.code == reportedAs }.compactMap { problem in
      problem.range.map {
        Finding(message: problem.message, range: $0, notes: problem.notes, fixIts: problem.fixIts)
      }
    }
  }
}
