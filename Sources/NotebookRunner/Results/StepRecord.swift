import Cells
import Diagnostics
import Documents
import Reporting

/// A step of a run: its code, its outcome and its results.
struct StepRecord: Sendable {
  enum Status: String, Sendable {
    case pending, running, ran, failed, interrupted, skipped
    /// A preview shows new code with the results of the earlier one.
    case edited
  }

  let fence: Fence
  /// The index in `document.blocks`.
  let position: Int
  /// The number among the notebook's steps, counted from 1.
  let number: Int
  var status: Status = .pending
  var seconds: Double?
  var blocks: [ReportBlock] = []
  var failure: Diagnostic?
  /// Whether the result was restored from an earlier run.
  var isRestored = false

  /// Whether the step uses and updates the cache; not with `cache: false`.
  var isCached: Bool { fence.options.cache != false }

  /// The label, `parameters`, or the beginning of the code.
  var title: String {
    if let label = fence.label { return label }
    if fence.isParameters { return "parameters" }
    let lines = fence.codeWithoutOptions.split(separator: "\n").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    let first = lines.first { !$0.isEmpty && !$0.hasPrefix("//") } ?? "step \(number)"
    return first.count > 60 ? String(first.prefix(59)) + "…" : first
  }

  /// The id of its element on the page.
  var anchor: String { PageAnchors.cell(fence, number: number) }

  /// The beginning of the names of the files for its printed texts, relative to the run's folder.
  var printedStem: String { "\(RunFolder.printed)/\(number)\(fence.label.map { "-\($0)" } ?? "")" }

  /// The files with its printed texts, relative to the run's folder.
  var printedFiles: [String] {
    blocks.compactMap { if case .longText(let text) = $0 { text.file } else { nil } }
  }
}
