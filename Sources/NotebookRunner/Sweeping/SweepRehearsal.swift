import Cells
import Diagnostics
import Foundation
import Synchronization

/// Checks and rehearses every combination to be run, as `quire run` does, before the first run.
///
/// A problem shared by several combinations is reported once.
struct SweepRehearsal: Sendable {
  let findings: [SweepFinding]

  /// Rehearses the runs.
  ///
  /// - Parameters:
  ///   - shouldStop: called before each combination; returning `true` skips the rest.
  ///   - progress: called with the number of rehearsed combinations, from any thread.
  init(
    _ plan: SweepPlan, _ agenda: SweepAgenda, options: RunOptions,
    shouldStop: @escaping @Sendable () -> Bool,
    progress: @escaping @Sendable (_ done: Int, _ count: Int) -> Void
  ) {
    // Seeds do not affect anything that a rehearsal can find.
    var seen: Set<[String]> = []
    let runs = agenda.waiting.map { plan.runs[$0] }.filter { seen.insert($0.given.texts).inserted }
    let catalogue = Catalogue.quire(.idle)
    // The sweep's own page and folder represent those of its runs.
    let folder = RunFolder(output: options.output, name: "\(options.name)-sweep")
    let state = Mutex((done: 0, found: [[SweepFinding]](repeating: [], count: runs.count)))
    DispatchQueue.concurrentPerform(iterations: runs.count) { index in
      if shouldStop() { return }
      let found = withLargeStack {
        let notebook = CheckedNotebook(
          plan.document, found: plan.found, catalogue: catalogue, given: runs[index].given,
          parsed: plan.parsed)
        return Examination(notebook, settings: agenda.settings(runs[index]), folder: folder).problems.map {
          SweepFinding(text: notebook.rendered($0), isError: $0.severity == .error)
        }
      }
      let done = state.withLock { state in
        state.found[index] = found
        state.done += 1
        return state.done
      }
      progress(done, runs.count)
    }
    findings = Self.gathered(state.withLock { $0.found }, of: runs, in: plan)
  }

  /// Each problem once, with the combinations that have it.
  private static func gathered(
    _ found: [[SweepFinding]], of runs: [PlannedRun], in plan: SweepPlan
  ) -> [SweepFinding] {
    // Problems already reported for the values are not repeated.
    let told = Set(plan.findings.map(\.text))
    var order: [SweepFinding] = []
    var having: [String: [PlannedRun]] = [:]
    for (run, findings) in zip(runs, found) {
      var own = told
      for finding in findings where own.insert(finding.text).inserted {
        if having[finding.text] == nil { order.append(finding) }
        having[finding.text, default: []].append(run)
      }
    }
    return order.map { finding in
      guard let note = note(having[finding.text] ?? [], in: plan) else { return finding }
      return SweepFinding(text: "\(finding.text)\n  note: \(note)", isError: finding.isError)
    }
  }

  /// Names the combinations with a problem: `with lr=0.1, epochs=0`, `in 5 of 10 combinations, all with epochs=0`.
  static func note(_ runs: [PlannedRun], in plan: SweepPlan) -> String? {
    guard let first = runs.first, !first.combination.isEmpty else { return nil }
    func text(_ values: some Sequence<(name: String, value: String)>) -> String {
      values.map { "\($0.name)=\($0.value)" }.joined(separator: ", ")
    }
    if runs.count == 1 { return "with \(text(first.combination))" }
    let count = Set(plan.runs.map(\.given.texts)).count
    if runs.count == count { return count == 2 ? "in both combinations" : "in all \(count) combinations" }
    // The values that distinguish them from the others.
    let common = first.combination.enumerated().filter { place, value in
      runs.allSatisfy { $0.combination[place] == value }
        && !plan.runs.allSatisfy { $0.combination[place] == value }
    }.map(\.element)
    return "in \(runs.count) of \(count) combinations, "
      + (common.isEmpty ? "the first with \(text(first.combination))" : "all with \(text(common))")
  }
}
