/// A metric of a classification beyond accuracy: one number for the whole evaluation.
///
/// Cells, `run.json` and the classification report have all metrics of ``all``.
///
///     ClassificationMetric.macroF1.value(evaluation)
public struct ClassificationMetric: Sendable {
  /// The name of the property of evaluations in cells, and the key in `run.json`. Never changed.
  public let name: String
  /// One sentence for `quire describe`.
  public let summary: String
  /// The name in the classification report; `nil` for the mean of a ``ClassMetric``, which the report shows below the
  /// classes.
  public let title: String?
  /// The metric; NaN if it does not exist.
  public let value: @Sendable (Evaluation) -> Double

  init(
    _ name: String, _ summary: String, title: String? = nil, value: @escaping @Sendable (Evaluation) -> Double
  ) {
    (self.name, self.summary, self.title, self.value) = (name, summary, title, value)
  }

  /// All metrics, in listing order.
  public static let all = [top5Accuracy, macroF1, rocAUC, averagePrecision, expectedCalibrationError]

  static let top5Accuracy = ClassificationMetric(
    "top5Accuracy",
    "Fraction of images whose class is among the five most probable; NaN with five classes or fewer.",
    title: "Top-5 accuracy"
  ) { $0.ranking?.top5Accuracy ?? .nan }
  static let macroF1 = ClassificationMetric("macroF1", "Mean F1 of the classes.") { $0.perClassF1.macroMean }
  static let rocAUC = ClassificationMetric(
    "rocAUC", "Mean area under the ROC curve of each class against the others."
  ) { $0.perClassROCAUC.macroMean }
  static let averagePrecision = ClassificationMetric(
    "averagePrecision", "Mean average precision of the classes."
  ) { $0.perClassAveragePrecision.macroMean }
  static let expectedCalibrationError = ClassificationMetric(
    "expectedCalibrationError", "Mean difference between confidence and accuracy, in 15 bins of confidence.",
    title: "Expected calibration error"
  ) { $0.calibration.expectedError }
}

/// A metric of each class of a classification.
public struct ClassMetric: Sendable {
  /// The name of the property of evaluations in cells.
  public let name: String
  /// One sentence for `quire describe`.
  public let summary: String
  /// The header of its column in the classification report.
  public let title: String
  /// Whether the values are fractions, which are shown as percentages.
  public let isShare: Bool
  /// The values, in the order of the classes; `nil` for a class that has none.
  public let values: @Sendable (Evaluation) -> [Double?]

  init(
    _ name: String, _ summary: String, title: String, isShare: Bool,
    values: @escaping @Sendable (Evaluation) -> [Double?]
  ) {
    (self.name, self.summary, self.title, self.isShare, self.values) = (name, summary, title, isShare, values)
  }

  /// All metrics, in the order of the report's columns.
  public static let all = [
    ClassMetric(
      "perClassPrecision", "Precision of each class; nil for a class that was never predicted.",
      title: "Precision", isShare: true
    ) { $0.perClassPrecision },
    ClassMetric(
      "perClassRecall", "Recall of each class; nil for a class without images.", title: "Recall",
      isShare: true
    ) { $0.perClassRecall },
    ClassMetric(
      "perClassF1", "F1 of each class; nil for a class without images and predictions.", title: "F1",
      isShare: true
    ) { $0.perClassF1 },
    ClassMetric(
      "perClassROCAUC",
      "Area under the ROC curve of each class against the others; nil for a class without images.",
      title: "ROC AUC", isShare: false
    ) { $0.perClassROCAUC },
    ClassMetric(
      "perClassAveragePrecision", "Average precision of each class; nil for a class without images.",
      title: "Average precision", isShare: false
    ) { $0.perClassAveragePrecision },
  ]
}

/// The metrics as properties, for Swift programs. A class without images has none; means weight each class equally, and
/// are NaN if no class has a value or the targets are numbers.
extension Evaluation {
  /// Precision, recall and F1 of each class.
  public var classScores: [ClassScore] { [ClassScore](confusion: confusion) }

  /// The precision of each class, 0…1; `nil` for a class that was never predicted.
  public var perClassPrecision: [Double?] { classScores.map(\.precision) }
  /// The recall of each class, 0…1, which equals ``perClassAccuracy``; `nil` for a class without images.
  public var perClassRecall: [Double?] { classScores.map(\.recall) }
  /// The F1 of each class, 0…1; `nil` for a class without images and predictions.
  public var perClassF1: [Double?] { classScores.map(\.f1) }
  /// The area under the ROC curve of each class against the others, 0…1; `nil` for a class without images.
  public var perClassROCAUC: [Double?] { ranking?.rocAUC ?? classNames.map { _ in nil } }
  /// The average precision of each class, 0…1; `nil` for a class without images.
  public var perClassAveragePrecision: [Double?] { ranking?.averagePrecision ?? classNames.map { _ in nil } }

  /// The fraction of images whose true class is among the five most probable, 0…1; NaN with five classes or fewer.
  public var top5Accuracy: Double { ClassificationMetric.top5Accuracy.value(self) }
  /// The mean F1 of the classes, 0…1 (scikit-learn: `f1_score(average="macro")`).
  public var macroF1: Double { ClassificationMetric.macroF1.value(self) }
  /// The mean ROC AUC of the classes (scikit-learn: `roc_auc_score(multi_class="ovr")`).
  public var rocAUC: Double { ClassificationMetric.rocAUC.value(self) }
  /// The mean average precision of the classes (scikit-learn: `average_precision_score(average="macro")`).
  public var averagePrecision: Double { ClassificationMetric.averagePrecision.value(self) }
  /// The expected calibration error, 0…1: the mean difference between confidence and accuracy in 15 bins.
  public var expectedCalibrationError: Double { ClassificationMetric.expectedCalibrationError.value(self) }

  /// The accuracy by confidence.
  public var calibration: Calibration {
    Calibration(samples.lazy.map { (confidence: $0.confidence, isCorrect: $0.label == $0.prediction) })
  }
}
