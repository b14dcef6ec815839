import CellCatalogue
import Neural
import Reporting

/// `confusionMatrix`: shows which classes are confused.
public enum ConfusionMatrixStep {
  public static let evaluation = p("evaluation", label: nil, Evaluation.self, "the model's predictions")

  package static let step = Step(
    "confusionMatrix", "Shows which classes are confused.", example: "confusionMatrix(evaluation)",
    effects: [.showsCaptioned], evaluation, rehearse: Step.nothing
  ) { run, evaluation in try run.confusionMatrix(evaluation) }
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
    try evaluation.targets.require(.labels, for: "a confusion matrix")
    append(.confusionMatrix(ConfusionMatrix(classes: evaluation.classNames, counts: evaluation.confusion)))
  }
}
