import CellCatalogue
import Neural
import Reporting

/// `confusionMatrix`: shows which classes are confused.
public enum ConfusionMatrixStep {
  public static let evaluation = p("evaluation", label: nil, Evaluation.self, "the model's predictions")

  public static let normalize = p(
    "normalize", ConfusionNormalization?.self, default: nil, defaultText: "nil",
    "show fractions: of the true class, of the predicted class or of all images; nil shows counts")

  package static let step = Step(
    "confusionMatrix", "Shows which classes are confused.",
    example: "confusionMatrix(evaluation, normalize: .true)", effects: [.showsCaptioned], evaluation,
    normalize,
    rehearse: { _, call in
      try call[evaluation, as: ForeseenEvaluation.self]?.targets.require(.labels, for: purpose)
      return nil
    }, run: { run, evaluation, normalize in try run.confusionMatrix(evaluation, normalize: normalize) })

  fileprivate static let purpose = "a confusion matrix"
}

/// Shows which classes are confused; see ``Run/confusionMatrix``.
public func confusionMatrix(
  _ evaluation: Evaluation, normalize: ConfusionNormalization? = ConfusionMatrixStep.normalize.default,
  file: String = #filePath, line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { try $0.confusionMatrix(evaluation, normalize: normalize) }
}

extension Run {
  /// Shows, for each true class, how often each class was predicted.
  ///
  /// - Parameter normalize: the total that counts are divided by (scikit-learn: `normalize`); `nil` shows counts.
  /// - Throws: ``TrainingError`` if the targets are numbers.
  public func confusionMatrix(
    _ evaluation: Evaluation, normalize: ConfusionNormalization? = ConfusionMatrixStep.normalize.default
  ) throws {
    try evaluation.targets.require(.labels, for: ConfusionMatrixStep.purpose)
    append(
      .confusionMatrix(
        ConfusionMatrix(
          classes: evaluation.classNames, counts: evaluation.confusion,
          caption: [normalize?.caption, sentence(evaluation.source)].compactMap(\.self)
            .joined(separator: " "), normalization: normalize)))
  }
}

extension ConfusionNormalization {
  /// The meaning of the numbers, as a sentence.
  fileprivate var caption: String {
    switch self {
    case .true: "Fractions of the images of each true class."
    case .pred: "Fractions of the predictions of each class."
    case .all: "Fractions of all images."
    }
  }
}
