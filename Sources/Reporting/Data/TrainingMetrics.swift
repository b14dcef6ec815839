import Support
import TrainingRecords

/// The final figures of a training run, as shown in a comparison.
///
///     TrainingMetrics(rows: log.rows).cells   // ["50", "87.02%", "48", "0.3301", "0.4417", "38 min 12 s"]
public struct TrainingMetrics: Sendable, Hashable {
  /// The number of epochs.
  public var epochs: Int
  /// The metric that decides which epoch is best.
  public var metric: Metric
  /// Its best value on the test set; `nil` if it was not measured.
  public var bestTestMetric: Double?
  /// The first epoch with that value, counted from 1.
  public var bestEpoch: Int?
  /// The training loss of the last epoch, measured during it.
  public var lastTrainLoss: Double?
  /// The test loss after the last epoch.
  public var lastTestLoss: Double?
  /// The duration in seconds.
  public var seconds: Double?

  /// Computes the figures from a training's epochs.
  public init(rows: [EpochRecord]) {
    let best = rows.best
    epochs = rows.count
    metric = rows.metric
    bestTestMetric = best?.test[metric]
    bestEpoch = best?.epoch
    lastTrainLoss = rows.last?.trainLoss
    lastTestLoss = rows.last?.testLoss
    seconds = rows.isEmpty ? nil : rows.reduce(0) { $0 + $1.seconds }
  }

  /// The column titles for `cells`.
  public static func headers(_ metric: Metric) -> [String] {
    ["Epochs", "Best test \(metric.name)", "At epoch", "Last train loss", "Last test loss", "Time"]
  }

  /// The figures as text, rounded for reading; `–` for missing ones.
  public var cells: [String] {
    [
      epochs > 0 ? String(epochs) : "–", bestTestMetric.map(metric.text) ?? "–",
      bestEpoch.map(String.init) ?? "–", lastTrainLoss.map { Number.fixed($0, 4) } ?? "–",
      lastTestLoss.map { Number.fixed($0, 4) } ?? "–", seconds.map { Number.duration($0) } ?? "–",
    ]
  }

  /// The index of the best value (the first of equals) of the first run's metric; `nil` if there is none.
  public static func best(of runs: [TrainingMetrics?]) -> Int? {
    var best: (value: Double, index: Int)?
    guard let metric = runs.lazy.compactMap({ $0 }).first(where: { $0.bestTestMetric != nil })?.metric
    else { return nil }
    for (index, run) in runs.enumerated() {
      guard let run, run.metric == metric, let value = run.bestTestMetric, value.isFinite else { continue }
      if best.map({ metric.isBetter(value, than: $0.value) }) ?? true { best = (value, index) }
    }
    return best?.index
  }
}
