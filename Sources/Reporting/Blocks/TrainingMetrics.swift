/// What one training came to: the figures of its row in a comparison.
///
///     TrainingMetrics(rows: log.rows).cells   // ["50", "87.02 %", "48", "0.3301", "0.4417", "38 min 12 s"]
public struct TrainingMetrics: Sendable, Hashable {
  public var epochs: Int
  /// A share in 0…1; `nil` where nothing was measured.
  public var bestTestAccuracy: Double?
  /// The first epoch with it, from 1.
  public var bestEpoch: Int?
  /// Of the last epoch, running.
  public var lastTrainLoss: Double?
  /// After the last epoch.
  public var lastTestLoss: Double?
  public var seconds: Double?

  public init(rows: [TrainingLog.Row]) {
    let best = rows.best
    epochs = rows.count
    bestTestAccuracy = best?.testAccuracy
    bestEpoch = best?.epoch
    lastTrainLoss = rows.last?.trainLoss
    lastTestLoss = rows.last?.testLoss
    seconds = rows.isEmpty ? nil : rows.reduce(0) { $0 + $1.seconds }
  }

  /// What `cells` are called in a table's head.
  public static let headers = [
    "Epochs", "Best test accuracy", "At epoch", "Last train loss", "Last test loss", "Time",
  ]

  /// Rounded for reading; `–` where there is nothing.
  public var cells: [String] {
    [
      epochs > 0 ? String(epochs) : "–", bestTestAccuracy.map { Number.percent($0, 2) } ?? "–",
      bestEpoch.map(String.init) ?? "–", lastTrainLoss.map { Number.fixed($0, 4) } ?? "–",
      lastTestLoss.map { Number.fixed($0, 4) } ?? "–", seconds.map { Number.duration($0) } ?? "–",
    ]
  }

  /// The position of the highest accuracy, the first of equals; `nil` where there is none.
  public static func best(of runs: [TrainingMetrics?]) -> Int? {
    var best: (accuracy: Double, index: Int)?
    for (index, run) in runs.enumerated() {
      guard let accuracy = run?.bestTestAccuracy, accuracy.isFinite else { continue }
      if best.map({ accuracy > $0.accuracy }) ?? true { best = (accuracy, index) }
    }
    return best?.index
  }
}

extension [TrainingLog.Row] {
  /// The row with the highest test accuracy, the first of equals.
  var best: TrainingLog.Row? {
    filter { $0.testAccuracy.isFinite }.reduce(nil) { best, row in
      best.map { row.testAccuracy > $0.testAccuracy ? row : $0 } ?? row
    }
  }
}
