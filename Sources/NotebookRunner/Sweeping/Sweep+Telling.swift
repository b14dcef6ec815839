import Neural
import Reporting
import Support

/// The messages of a sweep: one line per run, a status line, the final table.
extension Sweep {
  func announce() {
    let (count, jobs, threads) = (agenda.waiting.count, agenda.jobs, agenda.threads)
    let total = plan.runs.count
    var text = "\(total) \(total == 1 ? "run" : "runs") of \(options.run.notebook)"
    if count < total { text = "\(total - count) of \(text) already finished" }
    if count > 0 {
      text +=
        "; running \(jobs == 1 ? "one" : "\(jobs)") at a time on \(Number.counted(threads, "thread"))"
        + (jobs > 1 ? " each" : "")
    }
    display.line(text)
  }

  func tell(_ index: Int, after seconds: Double?) {
    let run = manifest.runs[index]
    let time = seconds.map { " after \(Number.duration($0))" } ?? ""
    let result = SweepResult(directory: folder.results(plan.runs[index]))
    let outcome =
      switch run.status {
      case .finished: result?.sentence ?? "finished"
      case .failed: "failed\(time)"
      case .interrupted: "interrupted\(time)"
      case .pending, .running: "running"
      }
    let reason = agenda.decisions[index].text(of: result?.record)
    display.line("[\(index + 1)/\(plan.runs.count)] \(plan.runs[index].title): \(outcome) (\(reason))")
  }

  func showProgress() {
    let states = active.map { run in
      let planned = plan.runs[run.index]
      let rows = SweepResult.currentRows(folder.results(planned))
      let state =
        rows.last.map { "epoch \($0.epoch), \($0.split.rawValue) \($0.evaluation.decidingText)" } ?? "started"
      return "\(planned.title): \(state)"
    }
    let done = manifest.runs.count { $0.status != .pending && $0.status != .running }
    if !states.isEmpty {
      display.status("\(done)/\(plan.runs.count) finished; \(states.joined(separator: "; "))")
    }
  }

  func conclude() {
    let view = SweepView(self)
    display.line("")
    for line in view.terminalLines(columns: display.columns) { display.line(line) }
    let failed = zip(plan.runs, manifest.runs).filter {
      $0.1.status == .failed || $0.1.status == .interrupted
    }
    if manifest.status == .failed {
      display.problem(
        "\(failed.count) of \(plan.runs.count) \(plan.runs.count == 1 ? "run" : "runs") failed:\n"
          + failed.map { "  \($0.0.title): \($0.1.error ?? "interrupted")" }.joined(separator: "\n"))
    }
    display.line("")
    display.line(view.verdict.sentence)
    display.line("Page: \(folder.page)")
  }
}

extension SweepResult {
  /// A summary: `87.02% on the test images at epoch 48, 38 min`.
  var sentence: String {
    guard let value = metrics.best else { return record.verdict }
    var text = metrics.metric.namedText(value)
    if let split = metrics.split { text += " on the \(split.images)" }
    if let epoch = metrics.bestEpoch { text += " at epoch \(epoch)" }
    if let seconds = metrics.seconds { text += ", \(Number.duration(seconds))" }
    return text
  }

  /// The finished epochs of a run's current training.
  static func currentRows(_ directory: String) -> [EpochRecord] {
    var rows: [EpochRecord] = []
    var number = 1
    while FileBytes.isFile("\(directory)/\(HistoryFile.name(number))") {
      rows = HistoryFile.rows("\(directory)/\(HistoryFile.name(number))")
      number += 1
    }
    return rows
  }
}
