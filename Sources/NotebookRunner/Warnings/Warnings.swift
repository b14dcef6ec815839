import Diagnostics
import Documents

/// All warnings, in code order.
enum Warnings {
  static let all: [any NotebookWarning] = [
    UnusedName(), UnusedParameter(), UnchangedVariable(), UnusedValue(), UnkeptHistory(), HiddenName(),
    ChangedAfterTraining(), WrittenOutParameter(), UnsuitableLoss(), UnknownReference(), LateOption(),
    LanguageCase(), UnusedCaption(), RedundantFallback(), UnknownCode(), SyntaxWarning(),
    ScheduleTooLong(), ScheduleTooShort(), EmbeddedData(), UnreadableFormula(),
    MissingPicture(), MissingTarget(), LinkToFile(), UnknownKey(), SkippedImages(), SingleClass(),
    UnmatchedFootnote(), CellInHTML(), ClassImbalance(),
  ]

  /// A notebook's warnings, without those silenced by its cells or its front matter.
  static func found(in notebook: NotebookView) -> [Diagnostic] {
    let quiet = Quiet(notebook.document)
    let explained = Set(all.compactMap { ($0 as? any ReportedWarning)?.reportedAs })
    let others = notebook.reported.filter { !explained.contains($0.code ?? "") }
    return all.flatMap { $0.diagnostics(in: notebook) }.filter { !quiet.covers($0) } + others
  }

  /// The warnings found by the rehearsal, with their codes and without silenced ones.
  static func coded(_ reported: [Diagnostic], in document: Document) -> [Diagnostic] {
    let quiet = Quiet(document)
    let codes = Dictionary(
      all.compactMap { $0 as? any ReportedWarning }.map { ($0.reportedAs, $0.code) }
    ) { first, _ in first }
    return reported.map { problem in
      var problem = problem
      if problem.severity == .warning, let code = problem.code.flatMap({ codes[$0] }) { problem.code = code }
      return problem
    }.filter { !quiet.covers($0) }
  }

  /// The warning with this code, in any case.
  static func named(_ code: String) -> (any NotebookWarning)? {
    all.first { $0.code == code.uppercased() }
  }

  /// All warnings, one per line, for `quire describe warnings`.
  static var list: String {
    let lines = all.map { "\($0.code)  \($0.title)" }
    let title = "Warnings of quire check (warnings)"
    return
      ([title, String(repeating: "=", count: title.count)] + lines + [
        "", "'quire describe QR001' explains one of them.",
      ])
      .joined(separator: "\n")
  }
}

/// The warnings that a notebook silences.
private struct Quiet {
  private let everywhere: Set<String>
  private let cells: [(lines: ClosedRange<Int>, codes: Set<String>)]

  init(_ document: Document) {
    everywhere = Set(document.frontMatter.quiet.map(\.code))
    cells = document.blocks.compactMap { block in
      switch block {
      case .prose: return nil
      case .step(let fence), .listing(let fence):
        let first = fence.range.start.line
        let count = fence.code.utf8.count { $0 == UInt8(ascii: "\n") }
        return (first...first + count + 1, Set(fence.options.quiet.map(\.code)))
      }
    }
  }

  func covers(_ warning: Diagnostic) -> Bool {
    guard let code = warning.code else { return false }
    if everywhere.contains(code) { return true }
    guard let line = warning.range?.start.line else { return false }
    return cells.contains { $0.lines.contains(line) && $0.codes.contains(code) }
  }
}
