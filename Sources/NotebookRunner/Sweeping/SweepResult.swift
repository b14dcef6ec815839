import Foundation
import Neural
import Reporting
import Support

/// The result of one run of a sweep, read from its run.json and history.csv.
struct SweepResult: Sendable {
  var record: RunRecord
  /// The epochs of the notebook's last training.
  var rows: [EpochRecord]
  var metrics: TrainingMetrics
  /// The number of parameters of the last model.
  var parameterCount: Int?

  /// Reads a run's results.
  ///
  /// - Parameter directory: `…/lr=0.1/NAME`, as written by `quire run`.
  /// - Returns: `nil` if there is no readable record.
  init?(directory: String) {
    guard let record = Self.record(directory) else { return nil }
    self.record = record
    let number = record.trainings.count
    rows = number == 0 ? [] : HistoryFile.rows("\(directory)/\(HistoryFile.name(number))")
    metrics = TrainingMetrics(rows: rows)
    // A run's time is that of all its trainings.
    if number > 0 { metrics.seconds = record.trainings.reduce(0) { $0 + $1.outcome.seconds } }
    if number == 0, let evaluation = record.evaluations.last, let metric = evaluation.score.metrics.first {
      metrics.metric = metric
      metrics.split = evaluation.split
      metrics.best = evaluation.score[metric]
      metrics.lastLoss = evaluation.score.loss
    }
    parameterCount = record.models.last?.parameters
  }

  static func record(_ directory: String) -> RunRecord? {
    guard let bytes = try? FileBytes.read("\(directory)/run.json", limit: 64 << 20) else { return nil }
    return try? JSON.decoder.decode(RunRecord.self, from: Data(bytes))
  }

  /// The errors of the steps, with their lines.
  var errors: [String] {
    record.steps.compactMap { step in step.error.map { "step at line \(step.line): \($0)" } }
  }
}

/// Reads `history.csv`, as written by ``History/csv``.
enum HistoryFile {
  /// The name of the file for the notebook's first, second, … training.
  static func name(_ number: Int) -> String { number == 1 ? "history.csv" : "history-\(number).csv" }

  /// The rows of a file, without damaged ones; empty if the file cannot be read.
  static func rows(_ path: String) -> [EpochRecord] {
    guard let bytes = try? FileBytes.read(path, limit: 64 << 20) else { return [] }
    return History.epochs(csv: String(decoding: bytes, as: UTF8.self))
  }
}
