/// The measurements of one epoch of training.
public struct EpochRecord: Sendable, Hashable {
  /// The epoch's number, counted from 1.
  public var epoch: Int
  /// The running score on the training images: measured batch by batch while the weights change, with
  /// augmentation and dropout.
  public var train: Score
  /// The score on the test images after the epoch's last batch, in evaluation mode.
  public var test: Score
  /// The learning rate after the epoch's last batch.
  public var learningRate: Double
  /// The time of the epoch, with its evaluation.
  public var seconds: Double
  /// Whether the test set's deciding metric was the best so far.
  public var isBest: Bool
  /// Epochs since the best one.
  public var epochsWithoutImprovement: Int

  /// Creates a record.
  public init(
    epoch: Int, train: Score, test: Score, learningRate: Double, seconds: Double, isBest: Bool,
    epochsWithoutImprovement: Int = 0
  ) {
    self.epoch = epoch
    self.train = train
    self.test = test
    self.learningRate = learningRate
    self.seconds = seconds
    self.isBest = isBest
    self.epochsWithoutImprovement = epochsWithoutImprovement
  }

  /// Creates the record of an epoch of classification; accuracies are fractions in 0…1.
  public init(
    epoch: Int, trainLoss: Double, trainAccuracy: Double, testLoss: Double, testAccuracy: Double,
    learningRate: Double, seconds: Double, isBest: Bool, epochsWithoutImprovement: Int = 0
  ) {
    self.init(
      epoch: epoch, train: Score(loss: trainLoss, accuracy: trainAccuracy),
      test: Score(loss: testLoss, accuracy: testAccuracy), learningRate: learningRate, seconds: seconds,
      isBest: isBest, epochsWithoutImprovement: epochsWithoutImprovement)
  }

  /// The running mean of the loss on the training images.
  public var trainLoss: Double {
    get { train.loss }
    set { train.loss = newValue }
  }
  /// The mean loss on the test images.
  public var testLoss: Double {
    get { test.loss }
    set { test.loss = newValue }
  }
  /// The accuracy, 0…1; NaN if the task has no accuracy.
  public var trainAccuracy: Double {
    get { train.accuracy }
    set { train.accuracy = newValue }
  }
  /// The accuracy, 0…1; NaN if the task has no accuracy.
  public var testAccuracy: Double {
    get { test.accuracy }
    set { test.accuracy = newValue }
  }

  /// The metric that decides which epoch is best; `nil` if none was measured.
  public var metric: Metric? { test.metrics.first }
}

extension Sequence<EpochRecord> {
  /// The epoch with the best value of the deciding metric on the test set, the first one if several are
  /// equal; `nil` if no epoch has a finite value.
  public var best: EpochRecord? {
    reduce(nil) { best, record in
      guard let metric = record.metric, let value = record.test[metric], value.isFinite else { return best }
      return best?.test[metric].map { metric.isBetter(value, than: $0) ? record : best } ?? record
    }
  }
}

extension EpochRecord: Codable {
  private enum Key {
    static let epoch = NameKey("epoch")
    static let rate = NameKey("learningRate")
    static let seconds = NameKey("seconds")
    static let isBest = NameKey("isBest")
    static let since = NameKey("epochsWithoutImprovement")
    /// `trainLoss`, `testAccuracy`.
    static func of(_ images: Images, _ name: String) -> NameKey {
      NameKey(images.rawValue + name.prefix(1).uppercased() + name.dropFirst())
    }
  }

  private enum Images: String {
    case train, test
  }

  /// Flat: `trainLoss`, and a key for each metric, such as `testAccuracy`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: NameKey.self)
    let keys = Set(container.allKeys.map(\.stringValue))
    func score(_ images: Images) throws -> Score {
      func isThere(_ metric: Metric) -> Bool { keys.contains(Key.of(images, metric.key).stringValue) }
      let metrics = TrainingTask.all.map(\.metrics).first { $0.contains(where: isThere) } ?? []
      return Score(
        loss: try container.decode(Double.self, forKey: Key.of(images, "loss")), metrics,
        values: try metrics.map { try container.decode(Double.self, forKey: Key.of(images, $0.key)) })
    }
    self.init(
      epoch: try container.decode(Int.self, forKey: Key.epoch), train: try score(.train),
      test: try score(.test), learningRate: try container.decode(Double.self, forKey: Key.rate),
      seconds: try container.decode(Double.self, forKey: Key.seconds),
      isBest: try container.decode(Bool.self, forKey: Key.isBest),
      epochsWithoutImprovement: try container.decodeIfPresent(Int.self, forKey: Key.since) ?? 0)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: NameKey.self)
    try container.encode(epoch, forKey: Key.epoch)
    for (images, score) in [(Images.train, train), (.test, test)] {
      try container.encode(score.loss, forKey: Key.of(images, "loss"))
      for (metric, value) in zip(score.metrics, score.values) {
        try container.encode(value, forKey: Key.of(images, metric.key))
      }
    }
    try container.encode(learningRate, forKey: Key.rate)
    try container.encode(seconds, forKey: Key.seconds)
    try container.encode(isBest, forKey: Key.isBest)
    try container.encode(epochsWithoutImprovement, forKey: Key.since)
  }
}
