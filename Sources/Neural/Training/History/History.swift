/// The record of one training run.
public struct History: Sendable, Hashable, Codable {
  /// The name of the model.
  public var modelName: String
  /// The task; its metric decides which epoch is best.
  public var task: TrainingTask
  /// The finished epochs, in order.
  public var epochs: [EpochRecord]
  public var plannedEpochs: Int
  /// The patience of early stopping, in epochs; `nil` if early stopping is off.
  public var patience: Int?
  /// The average of the weights that was evaluated and saved; `nil` for the weights themselves.
  public var averaging: WeightAveraging?
  /// The value of the task's metric to reach on the evaluated images (``split``), such as an accuracy in 0…1.
  public var target: Double?
  /// Whether early stopping ended the training.
  public var stoppedEarly: Bool
  /// Batches per epoch.
  public var batchesPerEpoch: Int
  /// Images per batch.
  public var batchSize: Int
  /// Training images seen in one epoch.
  public var imagesPerEpoch: Int
  /// The score on the training set in evaluation mode (no augmentation, no dropout), with the weights after the last
  /// epoch.
  public var trainEvaluation: Score?
  /// Learning rate and cycled momentum of the first batches, for plots.
  public var scheduleCurve: [SchedulePoint]
  /// Whether the data was a table, whose samples are rows, and not images.
  public var isOfTable = false
  /// The path of the best epoch's weights, if they were saved.
  public var bestCheckpoint: String?
  /// The path of the last epoch's weights, if they were saved.
  public var lastCheckpoint: String?

  /// Creates the history of a training before its first epoch.
  public init(
    modelName: String, task: TrainingTask = .classification, plannedEpochs: Int, batchesPerEpoch: Int,
    batchSize: Int, imagesPerEpoch: Int
  ) {
    self.modelName = modelName
    self.task = task
    self.plannedEpochs = plannedEpochs
    self.batchesPerEpoch = batchesPerEpoch
    self.batchSize = batchSize
    self.imagesPerEpoch = imagesPerEpoch
    epochs = []
    stoppedEarly = false
    scheduleCurve = []
  }

  /// The metric that decides which epoch is best.
  public var metric: Metric { task.metric }
  /// The images that the epochs were evaluated on; `nil` before the first epoch ends.
  public var split: Split? { epochs.split }
  /// The samples that the epochs were evaluated on, in words: `test images`, `validation rows`; `nil` before the first
  /// epoch ends.
  public var evaluatedSamples: String? { split?.samples(ofTable: isOfTable) }
  /// The epoch with the best metric on the evaluated images, the first one if several are equal; `nil` if no epoch has a
  /// finite value.
  public var best: EpochRecord? { epochs.best }
  /// The last epoch; `nil` before the first one ends.
  public var last: EpochRecord? { epochs.last }
  /// The metric of the best epoch on the evaluated images (``split``); NaN where no epoch has a finite value.
  public var bestMetric: Double { best?.evaluation[metric] ?? .nan }
  /// The best running metric of any epoch; NaN before the first epoch ends.
  public var bestTrainMetric: Double {
    epochs.compactMap { $0.train[metric] }.reduce(.nan) { metric.isBetter($1, than: $0) ? $1 : $0 }
  }
  /// The highest running training accuracy, 0…1; NaN before the first epoch ends, and if the task has no accuracy.
  public var bestTrainAccuracy: Double { epochs.compactMap(\.train.accuracy).max() ?? .nan }
  /// The total time of all epochs, in seconds.
  public var totalSeconds: Double { epochs.reduce(0) { $0 + $1.seconds } }
  /// The mean time of an epoch in seconds; 0 before the first one ends.
  public var secondsPerEpoch: Double { epochs.isEmpty ? 0 : totalSeconds / Double(epochs.count) }
  /// The number of the best epoch, counted from 1; 0 if there is none.
  public var bestEpoch: Int { best?.epoch ?? 0 }
  /// Training images per second over all epochs; 0 before the first one ends.
  public var imagesPerSecond: Double {
    totalSeconds > 0 ? Double(imagesPerEpoch * epochs.count) / totalSeconds : 0
  }
  /// Whether the best epoch reached the target; `nil` without a target.
  public var reachedTarget: Bool? { target.map { metric.reaches(bestMetric, target: $0) } }

  /// Mean and standard deviation (n − 1) of the metric on the evaluated images over the last ten epochs, or all if there are fewer;
  /// `nil` before the first epoch ends.
  public var lastTen: (mean: Double, standardDeviation: Double)? {
    let tail = epochs.suffix(10).compactMap { $0.evaluation[metric] }
    guard !tail.isEmpty else { return nil }
    let mean = tail.reduce(0, +) / Double(tail.count)
    let squares = tail.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, tail.count > 1 ? (squares / Double(tail.count - 1)).squareRoot() : 0)
  }
}
