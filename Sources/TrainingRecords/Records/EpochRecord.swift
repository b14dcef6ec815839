/// The measurements of one epoch of training.
public struct EpochRecord: Sendable, Hashable {
  /// The epoch's number, counted from 1.
  public var epoch: Int
  /// The running score on the training images: measured batch by batch while the weights change, with
  /// augmentation and dropout.
  public var train: Score
  /// The score on the images of ``split`` after the epoch's last batch, in evaluation mode.
  public var evaluation: Score
  /// The images that the epoch was evaluated on: validation, or test if the data has no validation split.
  ///
  /// The best epoch is chosen on these images. Everything that names them reads this property.
  public var split: Split
  /// The learning rate after the epoch's last batch.
  public var learningRate: Double
  /// The time of the epoch, with its evaluation.
  public var seconds: Double
  /// Whether the deciding metric of ``evaluation`` was finite and the best so far.
  public var isBest: Bool
  /// Epochs since the best one; all epochs so far where none is best.
  public var epochsWithoutImprovement: Int

  /// Creates a record.
  public init(
    epoch: Int, train: Score, evaluation: Score, on split: Split, learningRate: Double, seconds: Double,
    isBest: Bool, epochsWithoutImprovement: Int = 0
  ) {
    self.epoch = epoch
    self.train = train
    self.evaluation = evaluation
    self.split = split
    self.learningRate = learningRate
    self.seconds = seconds
    self.isBest = isBest
    self.epochsWithoutImprovement = epochsWithoutImprovement
  }

  /// Creates the record of an epoch of classification that was evaluated on the test images; accuracies are fractions in
  /// 0…1.
  public init(
    epoch: Int, trainLoss: Double, trainAccuracy: Double, testLoss: Double, testAccuracy: Double,
    learningRate: Double, seconds: Double, isBest: Bool, epochsWithoutImprovement: Int = 0
  ) {
    self.init(
      epoch: epoch, train: Score(loss: trainLoss, accuracy: trainAccuracy),
      evaluation: Score(loss: testLoss, accuracy: testAccuracy), on: .test, learningRate: learningRate,
      seconds: seconds, isBest: isBest, epochsWithoutImprovement: epochsWithoutImprovement)
  }

  /// The running mean of the loss on the training images.
  public var trainLoss: Double {
    get { train.loss }
    set { train.loss = newValue }
  }

  /// The metric that decides which epoch is best; `nil` if none was measured.
  public var metric: Metric? { evaluation.metrics.first }
}

extension Sequence<EpochRecord> {
  /// The epoch with the best value of the deciding metric on the evaluated images, the first one if several are equal;
  /// `nil` if no epoch has a finite value.
  public var best: EpochRecord? {
    reduce(nil) { best, record in
      guard let metric = record.metric, let value = record.evaluation[metric],
        metric.isImprovement(value, over: best?.evaluation[metric])
      else { return best }
      return record
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
    static func of(_ split: Split, _ name: String) -> NameKey {
      NameKey(split.rawValue + name.prefix(1).uppercased() + name.dropFirst())
    }
  }

  /// Flat: `trainLoss`, and a key for each metric, such as `validationAccuracy`. The keys name the split.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: NameKey.self)
    let keys = Set(container.allKeys.map(\.stringValue))
    func isThere(_ split: Split, _ name: String) -> Bool { keys.contains(Key.of(split, name).stringValue) }
    func score(_ split: Split) throws -> Score {
      let metrics =
        TrainingTask.all.map(\.metrics).first { $0.contains { isThere(split, $0.key) } } ?? []
      return Score(
        loss: try container.decode(Double.self, forKey: Key.of(split, "loss")), metrics,
        values: try metrics.map { try container.decode(Double.self, forKey: Key.of(split, $0.key)) })
    }
    let split: Split = isThere(.validation, "loss") ? .validation : .test
    self.init(
      epoch: try container.decode(Int.self, forKey: Key.epoch), train: try score(.train),
      evaluation: try score(split), on: split,
      learningRate: try container.decode(Double.self, forKey: Key.rate),
      seconds: try container.decode(Double.self, forKey: Key.seconds),
      isBest: try container.decode(Bool.self, forKey: Key.isBest),
      epochsWithoutImprovement: try container.decodeIfPresent(Int.self, forKey: Key.since) ?? 0)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: NameKey.self)
    try container.encode(epoch, forKey: Key.epoch)
    for (images, score) in [(Split.train, train), (split, evaluation)] {
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

extension EpochRecord: CustomStringConvertible {
  /// `epoch 3: training loss 0.4321, 84.10%; test loss 0.5432, 82.00%`.
  public var description: String {
    "epoch \(epoch): training \(train); \(split.rawValue) \(evaluation)"
  }
}
