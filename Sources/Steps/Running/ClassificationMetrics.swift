import Neural

/// Metrics of a classification beyond accuracy, for `run.json`; one that does not exist is `nil`.
public struct ClassificationMetrics: Codable, Sendable, Hashable {
  /// The fraction of images whose class is among the five most probable, 0…1.
  public var top5Accuracy: Double?
  /// The mean F1 of the classes, 0…1.
  public var macroF1: Double?
  /// The mean area under the ROC curves of the classes, 0…1.
  public var rocAUC: Double?
  /// The mean average precision of the classes, 0…1.
  public var averagePrecision: Double?
  /// The mean difference between confidence and accuracy, 0…1.
  public var expectedCalibrationError: Double?

  /// The metrics of an evaluation; `nil` if its targets are numbers.
  public init?(_ evaluation: Evaluation) {
    guard evaluation.targets.kind == .labels else { return nil }
    func measured(_ value: Double) -> Double? { value.isFinite ? value : nil }
    top5Accuracy = measured(evaluation.top5Accuracy)
    macroF1 = measured(evaluation.macroF1)
    rocAUC = measured(evaluation.rocAUC)
    averagePrecision = measured(evaluation.averagePrecision)
    expectedCalibrationError = measured(evaluation.expectedCalibrationError)
  }
}
