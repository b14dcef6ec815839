import Foundation
import Neural
import Reporting

/// What one run of a sweep came to, read from its run.json and history.csv.
struct SweepResult: Sendable {
  var record: RunRecord
  /// The notebook's last training, epoch by epoch.
  var rows: [Reporting.TrainingLog.Row]
  var metrics: TrainingMetrics
  /// Of the last model.
  var parameterCount: Int?

  /// - Parameter directory: `…/lr=0.1/NAME`, as `quire run` fills it.
  /// - Returns: `nil` where there is no record that can be read.
  init?(directory: String) {
    guard let record = Self.record(directory) else { return nil }
    self.record = record
    let number = record.trainings.count
    rows = number == 0 ? [] : HistoryFile.rows("\(directory)/\(HistoryFile.name(number))")
    metrics = TrainingMetrics(rows: rows)
    // The run's time is that of all its trainings.
    if number > 0 { metrics.seconds = record.trainings.reduce(0) { $0 + $1.seconds } }
    if number == 0, let evaluation = record.evaluations.last {
      metrics.bestTestAccuracy = evaluation.accuracy
      metrics.lastTestLoss = evaluation.loss
    }
    parameterCount = record.models.last?.parameters
  }

  static func record(_ directory: String) -> RunRecord? {
    guard let bytes = try? FileBytes.read("\(directory)/run.json", limit: 64 << 20) else { return nil }
    return try? JSON.decoder.decode(RunRecord.self, from: Data(bytes))
  }

  /// The steps' errors, with their lines.
  var errors: [String] {
    record.steps.compactMap { step in step.error.map { "step at line \(step.line): \($0)" } }
  }
}

/// `history.csv`, as ``History/csv`` writes it.
enum HistoryFile {
  /// Of the notebook's first, second, … training.
  static func name(_ number: Int) -> String { number == 1 ? "history.csv" : "history-\(number).csv" }

  /// The rows of a file; none where it cannot be read, and not those that are damaged.
  static func rows(_ path: String) -> [Reporting.TrainingLog.Row] {
    guard let bytes = try? FileBytes.read(path, limit: 64 << 20) else { return [] }
    return rows(text: String(decoding: bytes, as: UTF8.self))
  }

  static func rows(text: String) -> [Reporting.TrainingLog.Row] {
    text.split(separator: "\n").dropFirst().compactMap { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      let numbers = fields.prefix(7).compactMap { Double($0) }
      guard fields.count == 8, numbers.count == 7, let epoch = Int(fields[0]) else { return nil }
      return Reporting.TrainingLog.Row(
        epoch: epoch, trainLoss: numbers[1], trainAccuracy: numbers[2], testLoss: numbers[3],
        testAccuracy: numbers[4], learningRate: numbers[5], seconds: numbers[6], isBest: fields[7] == "true")
    }
  }
}
