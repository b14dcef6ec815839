import Foundation
import Store
import Support

/// Settles the run.json of killed runs, which still says that the run is in progress although nothing has its lock.
///
/// Every command that reads an output folder calls this first.
enum KilledRuns {
  /// Settles the runs of an output folder. A record that cannot be written stays as it is: it has the time of its last
  /// update.
  static func settle(output: String) {
    let folder = output.isEmpty ? "." : output
    for name in (try? FileBytes.list(folder)) ?? [] { settle(name, in: folder) }
  }

  private static func settle(_ name: String, in folder: String) {
    let path = "\(folder)/\(name)/run.json"
    guard record(path)?.status == .running, let lock = Store(output: folder).lockIfIdle(notebook: name) else {
      return
    }
    defer { lock.release() }
    // The run may have ended before the lock was taken.
    guard let record = record(path), record.status == .running else { return }
    try? AtomicFile.write(record.settled.json, to: path, isSynced: false)
  }

  private static func record(_ path: String) -> RunRecord? {
    guard let bytes = try? FileBytes.read(path, limit: 1 << 26), !JSON.isTooDeep(bytes) else { return nil }
    return try? JSON.decoder.decode(RunRecord.self, from: Data(bytes))
  }
}

extension RunRecord {
  /// The record of a run that was killed.
  fileprivate var settled: RunRecord {
    var record = self
    record.status = .interrupted
    record.verdict = Verdicts.settled(verdict)
    for index in steps.indices where steps[index].status == StepRecord.Status.running.rawValue {
      record.steps[index].status = StepRecord.Status.interrupted.rawValue
    }
    return record
  }
}
