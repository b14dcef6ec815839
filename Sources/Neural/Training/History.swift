import Support

/// What one epoch of training came to. Losses are means over images, accuracies shares in 0…1.
public struct EpochRecord: Sendable, Hashable, Codable {
  /// Counted from 1.
  public var epoch: Int
  /// Running values: batch by batch while the weights change, augmented, dropout on.
  public var trainLoss: Double
  public var trainAccuracy: Double
  /// After the epoch's last step, in evaluation mode.
  public var testLoss: Double
  public var testAccuracy: Double
  /// After the epoch's last step.
  public var learningRate: Double
  public var seconds: Double
  public var isBest: Bool
  /// Epochs since the best one.
  public var epochsWithoutImprovement: Int
}

/// The record of one training run.
public struct History: Sendable, Hashable, Codable {
  public var modelName: String
  public var epochs: [EpochRecord]
  public var plannedEpochs: Int
  /// Early stopping's patience in epochs, if it was on.
  public var patience: Int?
  /// The test accuracy aimed at, as a share.
  public var target: Double?
  public var stoppedEarly: Bool
  public var batchesPerEpoch: Int
  public var batchSize: Int
  /// Training images seen in one epoch.
  public var imagesPerEpoch: Int
  /// The training set in evaluation mode (no augmentation, no dropout) after the last epoch.
  public var trainEvaluation: Score?
  /// Learning rate and cycled momentum of the first batches, for plots.
  public var scheduleCurve: [SchedulePoint]
  /// Paths of the saved weights, where they were saved.
  public var bestCheckpoint: String?
  public var lastCheckpoint: String?

  public init(
    modelName: String, plannedEpochs: Int, batchesPerEpoch: Int, batchSize: Int, imagesPerEpoch: Int
  ) {
    self.modelName = modelName
    self.plannedEpochs = plannedEpochs
    self.batchesPerEpoch = batchesPerEpoch
    self.batchSize = batchSize
    self.imagesPerEpoch = imagesPerEpoch
    epochs = []
    stoppedEarly = false
    scheduleCurve = []
  }

  /// The epoch of the highest test accuracy, the first of equals; `nil` before the first epoch ends.
  public var best: EpochRecord? {
    epochs.max { ($0.testAccuracy, -$0.epoch) < ($1.testAccuracy, -$1.epoch) }
  }
  public var last: EpochRecord? { epochs.last }
  public var bestTestAccuracy: Double { best?.testAccuracy ?? 0 }
  public var bestTrainAccuracy: Double { epochs.map(\.trainAccuracy).max() ?? 0 }
  public var totalSeconds: Double { epochs.reduce(0) { $0 + $1.seconds } }
  public var secondsPerEpoch: Double { epochs.isEmpty ? 0 : totalSeconds / Double(epochs.count) }
  /// 0 before the first epoch ends.
  public var bestEpoch: Int { best?.epoch ?? 0 }
  public var imagesPerSecond: Double {
    totalSeconds > 0 ? Double(imagesPerEpoch * epochs.count) / totalSeconds : 0
  }
  public var reachedTarget: Bool? { target.map { bestTestAccuracy >= $0 } }

  /// Mean and standard deviation (n − 1) of the test accuracy over the last ten epochs (fewer if there are fewer).
  public var lastTen: (mean: Double, standardDeviation: Double)? {
    let tail = epochs.suffix(10).map(\.testAccuracy)
    guard !tail.isEmpty else { return nil }
    let mean = tail.reduce(0, +) / Double(tail.count)
    let squares = tail.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, tail.count > 1 ? (squares / Double(tail.count - 1)).squareRoot() : 0)
  }

  /// `epoch,train_loss,…` and a line an epoch; numbers round-trip.
  public var csv: String {
    let head = "epoch,train_loss,train_accuracy,test_loss,test_accuracy,learning_rate,seconds,best"
    let rows = epochs.map {
      "\($0.epoch),\($0.trainLoss),\($0.trainAccuracy),\($0.testLoss),\($0.testAccuracy),\($0.learningRate),"
        + "\(Number.fixed($0.seconds, 3)),\($0.isBest)"
    }
    return ([head] + rows).joined(separator: "\n") + "\n"
  }
}

/// Loss and accuracy over a set of images.
public struct Score: Sendable, Hashable, Codable {
  public var loss: Double
  public var accuracy: Double

  public init(loss: Double, accuracy: Double) {
    self.loss = loss
    self.accuracy = accuracy
  }
}
