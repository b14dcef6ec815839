import Neural

extension RunMetrics {
  /// A training: its outcome, and in the same JSON object its scores.
  public struct Training: Codable, Sendable {
    /// The outcome, in the same form for every task.
    public var outcome: Outcome
    /// The scores of the best and the last epoch under names that say what was measured: `bestValidationAccuracy`,
    /// `finalTestMae`, `finalTrainLoss`. What was not measured has no name.
    public var figures: [String: Double]

    /// Converts a history.
    init(_ history: History) {
      outcome = Outcome(history)
      figures = history.figures
    }

    public init(from decoder: any Decoder) throws {
      outcome = try Outcome(from: decoder)
      let container = try decoder.container(keyedBy: NameKey.self)
      figures = [:]
      for key in container.allKeys where History.isFigure(key.stringValue) {
        figures[key.stringValue] = try container.decode(Double.self, forKey: key)
      }
    }

    public func encode(to encoder: any Encoder) throws {
      try outcome.encode(to: encoder)
      var container = encoder.container(keyedBy: NameKey.self)
      for (name, value) in figures { try container.encode(value, forKey: NameKey(name)) }
    }
  }

  /// The outcome of a training, apart from its scores.
  public struct Outcome: Codable, Sendable {
    /// The model's name.
    public var model: String
    /// The number of finished epochs.
    public var epochs: Int
    /// The number of planned epochs.
    public var plannedEpochs: Int
    /// The images that the epochs were evaluated on, and on which the best epoch was chosen: `test` or `validation`;
    /// `nil` before the first epoch ends.
    public var split: Split?
    /// The key of the metric that decides which epoch is best, for example `accuracy`.
    public var metric: String
    /// The best epoch, counted from 1; `nil` if there is none.
    public var bestEpoch: Int?
    /// The mean of the metric over the last ten epochs.
    public var lastTenMean: Double?
    /// The standard deviation of the metric over the last ten epochs.
    public var lastTenStandardDeviation: Double?
    /// The value of the metric to reach, if there is one.
    public var target: Double?
    /// Whether the target was reached; `nil` without a target.
    public var reachedTarget: Bool?
    /// Whether early stopping ended the training.
    public var stoppedEarly: Bool
    /// The duration in seconds.
    public var seconds: Double
    /// The training throughput.
    public var imagesPerSecond: Double
    /// The training images in evaluation mode, with the weights after the last epoch.
    public var trainEvaluation: Score?
    /// The path of the best epoch's weights.
    public var bestCheckpoint: String?
    /// The path of the last epoch's weights.
    public var lastCheckpoint: String?

    /// Converts a history.
    init(_ history: History) {
      model = history.modelName
      epochs = history.epochs.count
      plannedEpochs = history.plannedEpochs
      split = history.split
      metric = history.metric.key
      bestEpoch = history.best?.epoch
      lastTenMean = history.lastTen?.mean
      lastTenStandardDeviation = history.lastTen?.standardDeviation
      target = history.target
      reachedTarget = history.reachedTarget
      stoppedEarly = history.stoppedEarly
      seconds = history.totalSeconds
      imagesPerSecond = history.imagesPerSecond
      trainEvaluation = history.trainEvaluation
      bestCheckpoint = history.bestCheckpoint
      lastCheckpoint = history.lastCheckpoint
    }
  }
}

extension History {
  /// The scores of the best and the last epoch, by name.
  fileprivate var figures: [String: Double] {
    var figures: [String: Double] = [:]
    func add(_ prefix: String, _ split: Split, _ values: [(key: String, value: Double)]) {
      for (key, value) in values {
        figures[prefix + split.title + key.prefix(1).uppercased() + key.dropFirst()] = value
      }
    }
    func metrics(_ score: Score) -> [(key: String, value: Double)] {
      zip(score.metrics, score.values).map { ($0.key, $1) }
    }
    // The best epoch has the best metric, but perhaps not the lowest loss.
    if let best { add("best", best.split, metrics(best.evaluation)) }
    guard let last else { return figures }
    add("final", last.split, [("loss", last.evaluation.loss)] + metrics(last.evaluation))
    add("final", .train, [("loss", last.train.loss)] + metrics(last.train))
    return figures
  }

  /// Whether a name is one of a score: `best` or `final`, then a split.
  fileprivate static func isFigure(_ name: String) -> Bool {
    ["best", "final"].contains { prefix in Split.allCases.contains { name.hasPrefix(prefix + $0.title) } }
  }
}
