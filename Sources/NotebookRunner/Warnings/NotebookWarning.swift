import Diagnostics

/// Something in a notebook that runs, but is most likely not what was meant. One type, in one file, a warning.
///
/// A new warning is such a type and a line in ``Warnings/all``.
protocol NotebookWarning: Sendable {
  /// `QR` and three digits; never given to another warning.
  var code: String { get }
  /// What is found, in a few words.
  var title: String { get }
  var what: String { get }
  var why: String { get }
  var remedy: String { get }
  /// A notebook that gets this warning and no other.
  var example: String { get }
  /// The example put right: it gets none.
  var instead: String { get }

  func findings(in notebook: NotebookView) -> [Finding]
}

/// One place that a warning is about.
struct Finding {
  var message: String
  var range: SourceRange
  var notes: [String] = []
  var fixIts: [FixIt] = []
}

extension NotebookWarning {
  func diagnostics(in notebook: NotebookView) -> [Diagnostic] {
    findings(in: notebook).map {
      Diagnostic(.warning, $0.message, at: $0.range, code: code, notes: $0.notes, fixIts: $0.fixIts)
    }
  }

  /// What `quire describe QR001` shows.
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

      This gets the warning:
      \(indented(example))

      This does not:
      \(indented(instead))

      Where it is meant: '//| quiet: \(code)' keeps it quiet in a cell, 'quiet: \(code)' in the front matter in the
      whole notebook.
      """
  }
}

/// A warning found while the text was read or a cell was checked: only its code and its explanation are given here.
protocol ReportedWarning: NotebookWarning {
  /// What the reader or the checker calls it.
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
