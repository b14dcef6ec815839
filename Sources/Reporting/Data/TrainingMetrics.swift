import Support

/// The final figures of a training, as shown in a comparison.
///
///     TrainingMetrics(rows: log.rows).cells   // ["50", "87.02%", "48", "0.3301", "0.4417", "38 min 12 s"]
public struct TrainingMetrics: Sendable, Hashable {
  /// The number of epochs.
  public var epochs: Int
  /// The best test accuracy, 0…1; `nil` if it was not measured.
  public var bestTestAccuracy: Double?
  /// The first epoch with that accuracy, counted from 1.
  public var bestEpoch: Int?
  /// The training loss of the last epoch, measured during it.
  public var lastTrainLoss: Double?
  /// The test loss after the last epoch.
  public var lastTestLoss: Double?
  /// The duration in seconds.
  public var seconds: Double?

  /// Computes the figures from a training's epochs.
  public init(rows: [TrainingLog.Row]) {
    let best = rows.best
    epochs = rows.count
    bestTestAccuracy = best?.testAccuracy
    bestEpoch = best?.epoch
    lastTrainLoss = rows.last?.trainLoss
    lastTestLoss = rows.last?.testLoss
    seconds = rows.isEmpty ? nil : rows.reduce(0) { $0 + $1.seconds }
  }

  /// The column titles for `cells`.
  public static let headers = [
    "Epochs", "Best test accuracy", "At epoch", "Last train loss", "Last test loss", "Time",
  ]

  /// The figures as text, rounded for reading; `–` for missing ones.
  public var cells: [String] {
    [
      epochs > 0 ? String(epochs) : "–", bestTestAccuracy.map { Number.percent($0) } ?? "–",
      bestEpoch.map(String.init) ?? "–", lastTrainLoss.map { Number.fixed($0, 4) } ?? "–",
      lastTestLoss.map { Number.fixed($0, 4) } ?? "–", seconds.map { Number.duration($0) } ?? "–",
    ]
  }

  /// The index of the highest accuracy (the first of equals); `nil` if there is none.
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
  /// The row with the highest test accuracy (the first of equals).
  var best: TrainingLog.Row? {
    filter { $0.testAccuracy.isFinite }.reduce(nil) { best, row in
      best.map { row.testAccuracy > $0.testAccuracy ? row : $0 } ?? row
    }
  }
}
