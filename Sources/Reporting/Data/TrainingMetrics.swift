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
  /// The images that the epochs were evaluated on; `nil` before the first epoch ends.
  public var split: Split?
  /// The metric's best value on those images; `nil` if it was not measured.
  public var best: Double?
  /// The first epoch with that value, counted from 1.
  public var bestEpoch: Int?
  /// The training loss of the last epoch, measured during it.
  public var lastTrainLoss: Double?
  /// The loss on the evaluated images after the last epoch.
  public var lastLoss: Double?
  /// The duration in seconds.
  public var seconds: Double?

  /// Computes the figures from a training's epochs.
  public init(rows: [EpochRecord]) {
    let best = rows.best
    epochs = rows.count
    metric = rows.metric
    split = rows.split
    self.best = best?.evaluation[metric]
    bestEpoch = best?.epoch
    lastTrainLoss = rows.last?.trainLoss
    lastLoss = rows.last?.evaluation.loss
    seconds = rows.isEmpty ? nil : rows.reduce(0) { $0 + $1.seconds }
  }

  /// The column titles for `cells`.
  ///
  /// - Parameter split: the images that all runs were evaluated on; `nil` if they differ.
  public static func headers(_ metric: Metric, on split: Split?) -> [String] {
    let images = split.map { "\($0.rawValue) " } ?? ""
    return [
      "Epochs", "Best \(images)\(metric.name)", "At epoch", "Last train loss", "Last \(images)loss", "Time",
    ]
  }

  /// The split that all runs with figures were evaluated on; `nil` if they differ or there are none.
  public static func split(of runs: [TrainingMetrics?]) -> Split? {
    let splits = Set(runs.compactMap { $0?.split })
    return splits.count == 1 ? splits.first : nil
  }

  /// The figures as text, rounded for reading; `–` for missing ones.
  public var cells: [String] {
    [
      epochs > 0 ? String(epochs) : "–", best.map(metric.text) ?? "–",
      bestEpoch.map(String.init) ?? "–", lastTrainLoss.map { Number.fixed($0, 4) } ?? "–",
      lastLoss.map { Number.fixed($0, 4) } ?? "–", seconds.map { Number.duration($0) } ?? "–",
    ]
  }

  /// The index of the best value (the first of equals) of the first run's metric; `nil` if there is none, or if the runs
  /// were evaluated on different images.
  public static func best(of runs: [TrainingMetrics?]) -> Int? {
    var best: (value: Double, index: Int)?
    guard let metric = runs.lazy.compactMap({ $0 }).first(where: { $0.best != nil })?.metric,
      split(of: runs) != nil
    else { return nil }
    for (index, run) in runs.enumerated() {
      guard let run, run.metric == metric, let value = run.best, value.isFinite else { continue }
      if best.map({ metric.isBetter(value, than: $0.value) }) ?? true { best = (value, index) }
    }
    return best?.index
  }
}
