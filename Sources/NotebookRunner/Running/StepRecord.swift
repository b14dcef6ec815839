import Cells
import Diagnostics
import Documents
import Reporting

/// One step of a run: what it is, how it went, what it gave.
struct StepRecord: Sendable {
  enum Status: String, Sendable { case pending, running, ran, failed, interrupted, skipped }

  let fence: Fence
  /// In `document.blocks`.
  let position: Int
  /// Among the notebook's steps, counted from 1.
  let number: Int
  var status: Status = .pending
  var seconds: Double?
  var blocks: [ReportBlock] = []
  var failure: Diagnostic?
  /// What it gave is an earlier run's.
  var isRestored = false

  /// Whether earlier results of it may be used and new ones saved: not with `cache: false`.
  var isCached: Bool { fence.options.cache != false }

  /// The label, `parameters`, or how the code begins.
  var title: String {
    if let label = fence.label { return label }
    if fence.isParameters { return "parameters" }
    let lines = fence.codeWithoutOptions.split(separator: "\n").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    let first = lines.first { !$0.isEmpty && !$0.hasPrefix("//") } ?? "step \(number)"
    return first.count > 60 ? String(first.prefix(59)) + "…" : first
  }

  /// The id of its place on the page.
  var anchor: String { fence.label.map { "cell-\($0)" } ?? "step-\(number)" }
}
