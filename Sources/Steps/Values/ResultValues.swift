import Neural

// What cells read off the values that steps return, beyond what Neural gives them.

extension Model {
  /// Pixels that an output sees along one side.
  public var receptiveField: Int { ReceptiveField(self).final }
}

extension ImageData {
  /// Training images.
  public var trainCount: Int { train.count }
  /// Test images.
  public var testCount: Int { test.count }
  public var datasetName: String { dataset.name }
  /// Whether it is the embedded data set.
  public var isEmbedded: Bool { dataset.isEmbedded }
}

/// Shares in 0…1 and losses; NaN where there is no such epoch.
extension History {
  public var epochCount: Int { epochs.count }
  public var finalTestAccuracy: Double { last?.testAccuracy ?? .nan }
  public var finalTrainAccuracy: Double { last?.trainAccuracy ?? .nan }
  public var finalTestLoss: Double { last?.testLoss ?? .nan }
  public var finalTrainLoss: Double { last?.trainLoss ?? .nan }
  /// The training images in evaluation mode.
  public var trainEvaluationAccuracy: Double { trainEvaluation?.accuracy ?? .nan }
  public var lastTenMean: Double { lastTen?.mean ?? .nan }
  public var lastTenDeviation: Double { lastTen?.standardDeviation ?? .nan }
}
