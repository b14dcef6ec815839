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

extension ImageData {
  /// The number of validation images; 0 without a validation split.
  public var validationCount: Int { outline.validationCount ?? 0 }
}

/// Values are NaN if there is no such epoch.
extension History {
  /// The images that the epochs were evaluated on, `test` or `validation`; empty if there are none.
  public var evaluatedOn: String { split?.rawValue ?? "" }
  /// The number of finished epochs.
  public var epochCount: Int { epochs.count }
  /// The accuracy on the training images in evaluation mode, after the last epoch.
  public var trainEvaluationAccuracy: Double { trainEvaluation?.accuracy ?? .nan }
  /// The mean of the task's metric on the evaluated images over the last ten epochs.
  public var lastTenMean: Double { lastTen?.mean ?? .nan }
  /// The standard deviation of the task's metric on the evaluated images over the last ten epochs.
  public var lastTenDeviation: Double { lastTen?.standardDeviation ?? .nan }
}

extension EpochRecord {
  /// The images that the epoch was evaluated on: `test` or `validation`.
  public var evaluatedOn: String { split.rawValue }
}

extension Evaluation {
  /// The images of the evaluation: `test`, `train` or `validation`.
  public var evaluatedOn: String { split.rawValue }
}
