import Foundation
import Neural
import Support

/// A past run in words.
public struct PastRun: Sendable, Hashable, Codable {
  /// The run's number, from 1.
  public let number: Int
  /// The end of the run, or its start if it never ended, in ISO 8601.
  public let time: String
  /// `running`, `finished`, `failed` or `interrupted`.
  public let status: String
  /// The best metric of the last training, for example `87.02% at epoch 48`; `nil` if there is none.
  public let best: String?
  /// The duration of all trainings in seconds; `nil` without a training.
  public let seconds: Double?
  /// The Git commit of the notebook's folder.
  public let commit: String?
  /// The parameters, as text.
  public let parameters: [String: String]
  /// The changes since the run before: parameters, cells, prose, data, seed, version.
  public let changes: [String]
}

extension NotebookRunner {
  /// The names of the notebooks with past runs in an output folder, sorted.
  public static func notebooksWithHistory(output: String = "output") -> [String] {
    RunHistory.names(output: output)
  }

  /// The past runs of a notebook, in order; empty if there are none.
  ///
  ///     NotebookRunner.history(of: "notebooks/cifar10.md").last?.best   // "87.02% at epoch 48"
  ///
  /// - Parameter notebook: the notebook's path or name.
  public static func history(of notebook: String, output: String = "output") -> [PastRun] {
    KilledRuns.settle(output: output)
    let history = RunHistory(output: output, name: RunOptions(notebook: notebook).name)
    var before: (entry: RunHistory.Entry, version: NotebookVersion?)?
    return history.entries.map { entry in
      let isSame = before?.entry.record.provenance.notebookSHA256 == entry.record.provenance.notebookSHA256
      let version = isSame ? before?.version : history.source(of: entry).flatMap(NotebookVersion.init)
      defer { before = (entry, version) }
      return PastRun(entry, changes: before.map { entry.changes(since: $0.entry, version, $0.version) } ?? [])
    }
  }
}

extension PastRun {
  fileprivate init(_ entry: RunHistory.Entry, changes: [String]) {
    let record = entry.record
    let trainings = record.trainings
    self.init(
      number: entry.number, time: record.provenance.ended ?? record.provenance.started,
      status: record.status.rawValue, best: record.bestText,
      seconds: trainings.isEmpty ? nil : trainings.reduce(0) { $0 + $1.outcome.seconds },
      commit: record.provenance.commit, parameters: record.parameters, changes: changes)
  }
}

extension RunHistory.Entry {
  /// The changes since an earlier run, in words.
  func changes(
    since earlier: RunHistory.Entry, _ version: NotebookVersion?, _ earlierVersion: NotebookVersion?
  ) -> [String] {
    let (old, new) = (earlier.record, record)
    var changes: [String] = []
    for name in Set(old.parameters.keys).union(new.parameters.keys).sorted() {
      let (before, now) = (old.parameters[name], new.parameters[name])
      if before != now { changes.append("\(name) \(before ?? "none") → \(now ?? "none")") }
    }
    if let version, let earlierVersion {
      changes += version.changes(since: earlierVersion)
    } else if old.provenance.notebookSHA256 != new.provenance.notebookSHA256 {
      changes.append("notebook")
    }
    func note(_ what: String, _ before: String?, _ now: String?) {
      if before != now { changes.append("\(what) \(before ?? "none") → \(now ?? "none")") }
    }
    note("seed", "\(old.provenance.seed)", "\(new.provenance.seed)")
    note("precision", old.provenance.precision, new.provenance.precision)
    if old.provenance.datasetSHA256 != new.provenance.datasetSHA256 { changes.append("data") }
    note("Quire", old.provenance.quire, new.provenance.quire)
    note("instruction set", old.provenance.instructionSet, new.provenance.instructionSet)
    return changes
  }
}
