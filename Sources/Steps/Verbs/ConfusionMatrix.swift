import CellCatalogue
import Neural
import Reporting

/// `confusionMatrix`: shows which classes are confused.
public enum ConfusionMatrixStep {
  public static let evaluation = p("evaluation", label: nil, Evaluation.self, "the model's predictions")

  package static let step = Step(
    "confusionMatrix", "Shows which classes are confused.", example: "confusionMatrix(evaluation)",
    effects: [.showsCaptioned], evaluation,
    rehearse: { _, call in
      try call[evaluation, as: ForeseenEvaluation.self]?.targets.require(.labels, for: purpose)
      return nil
    }, run: { run, evaluation in try run.confusionMatrix(evaluation) })

  fileprivate static let purpose = "a confusion matrix"
}

/// Shows which classes are confused; see ``Run/confusionMatrix``.
public func confusionMatrix(
  _ evaluation: Evaluation, file: String = #filePath, line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { try $0.confusionMatrix(evaluation) }
}

extension Run {
  /// Shows, for each true class, how often each class was predicted.
  ///
  /// - Throws: ``TrainingError`` if the targets are numbers.
  public func confusionMatrix(_ evaluation: Evaluation) throws {
    try evaluation.targets.require(.labels, for: ConfusionMatrixStep.purpose)
    append(
      .confusionMatrix(
        ConfusionMatrix(
          classes: evaluation.classNames, counts: evaluation.confusion,
          caption: sentence(evaluation.source))))
  }
}
