/// Metrics of a classification beyond accuracy; a class without images has none. Macro averages weight each class
/// equally, and are NaN if no class has a value or the targets are numbers.
extension Evaluation {
  /// Precision, recall and F1 of each class.
  public var classScores: [ClassScore] { [ClassScore](confusion: confusion) }

  /// The precision of each class, 0…1; `nil` for a class that was never predicted.
  public var perClassPrecision: [Double?] { classScores.map(\.precision) }
  /// The recall of each class, 0…1, which equals ``perClassAccuracy``; `nil` for a class without images.
  public var perClassRecall: [Double?] { classScores.map(\.recall) }
  /// The F1 of each class, 0…1; `nil` for a class without images and predictions.
  public var perClassF1: [Double?] { classScores.map(\.f1) }
  /// The mean F1 of the classes, 0…1 (scikit-learn: `f1_score(average="macro")`).
  public var macroF1: Double { perClassF1.macroMean }

  /// The fraction of images whose true class is among the five most probable, 0…1; NaN with five classes or fewer.
  public var top5Accuracy: Double { ranking?.top5Accuracy ?? .nan }
  /// The area under the ROC curve of each class against the others, 0…1; `nil` for a class without images.
  public var perClassROCAUC: [Double?] { ranking?.rocAUC ?? classNames.map { _ in nil } }
  /// The mean ROC AUC of the classes (scikit-learn: `roc_auc_score(multi_class="ovr")`).
  public var rocAUC: Double { perClassROCAUC.macroMean }
  /// The average precision of each class, 0…1; `nil` for a class without images.
  public var perClassAveragePrecision: [Double?] { ranking?.averagePrecision ?? classNames.map { _ in nil } }
  /// The mean average precision of the classes (scikit-learn: `average_precision_score(average="macro")`).
  public var averagePrecision: Double { perClassAveragePrecision.macroMean }

  /// The accuracy by confidence.
  public var calibration: Calibration {
    Calibration(samples.lazy.map { (confidence: $0.confidence, isCorrect: $0.label == $0.prediction) })
  }
  /// The expected calibration error, 0…1: the mean difference between confidence and accuracy in 15 bins.
  public var expectedCalibrationError: Double { calibration.expectedError }
}
