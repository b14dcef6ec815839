import Neural

// Properties that cells can read from the results of steps, in addition to those of Neural.

extension Model {
  /// The receptive field of an output along one side, in pixels.
  public var receptiveField: Int { ReceptiveField(self).final }
}

extension ImageData {
  /// The number of training images.
  public var trainCount: Int { train.count }
  /// The number of test images.
  public var testCount: Int { test.count }
  /// The data set's name.
  public var datasetName: String { dataset.name }
  /// Whether it is the embedded data set.
  public var isEmbedded: Bool { dataset.isEmbedded }
}

/// Accuracies are fractions, 0…1; values are NaN if there is no such epoch.
extension History {
  /// The number of finished epochs.
  public var epochCount: Int { epochs.count }
  /// The test accuracy after the last epoch.
  public var finalTestAccuracy: Double { last?.testAccuracy ?? .nan }
  /// The training accuracy of the last epoch, measured during it.
  public var finalTrainAccuracy: Double { last?.trainAccuracy ?? .nan }
  /// The test loss after the last epoch.
  public var finalTestLoss: Double { last?.testLoss ?? .nan }
  /// The training loss of the last epoch, measured during it.
  public var finalTrainLoss: Double { last?.trainLoss ?? .nan }
  /// The accuracy on the training images in evaluation mode, after the training.
  public var trainEvaluationAccuracy: Double { trainEvaluation?.accuracy ?? .nan }
  /// The mean test accuracy of the last ten epochs.
  public var lastTenMean: Double { lastTen?.mean ?? .nan }
  /// The standard deviation of the test accuracy over the last ten epochs.
  public var lastTenDeviation: Double { lastTen?.standardDeviation ?? .nan }
}
