import CellCatalogue
import Neural
import Reporting
import Support

/// `classificationReport`: shows precision, recall and F1 of each class.
public enum ClassificationReportStep {
  public static let evaluation = p("evaluation", label: nil, Evaluation.self, "the model's predictions")

  package static let step = Step(
    "classificationReport",
    "Shows precision, recall, F1, ROC AUC and average precision of each class, and their means.",
    example: "classificationReport(evaluation)", effects: [.showsCaptioned], evaluation,
    rehearse: { _, call in
      try call[evaluation, as: ForeseenEvaluation.self]?.targets.require(.labels, for: purpose)
      return nil
    }, run: { run, evaluation in try run.classificationReport(evaluation) })

  fileprivate static let purpose = "a classification report"
}

/// Shows precision, recall and F1 of each class; see ``Run/classificationReport``.
public func classificationReport(
  _ evaluation: Evaluation, file: String = #filePath, line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { try $0.classificationReport(evaluation) }
}

extension Run {
  /// Shows a table with precision, recall, F1, ROC AUC and average precision of each class and their macro averages,
  /// and the metrics of all images: accuracy, top-5 accuracy and calibration error.
  ///
  /// A value that does not exist, such as the recall of a class without images, is `–` and does not count in averages.
  ///
  /// - Throws: ``TrainingError`` if the targets are numbers.
  public func classificationReport(_ evaluation: Evaluation) throws {
    try evaluation.targets.require(.labels, for: ClassificationReportStep.purpose)
    let scores = evaluation.classScores
    let columns: [(title: String, values: [Double?], text: (Double) -> String)] = [
      ("Precision", scores.map(\.precision), { Number.percent($0) }),
      ("Recall", scores.map(\.recall), { Number.percent($0) }),
      ("F1", scores.map(\.f1), { Number.percent($0) }),
      ("ROC AUC", evaluation.perClassROCAUC, { Number.fixed($0, 4) }),
      ("Average precision", evaluation.perClassAveragePrecision, { Number.fixed($0, 4) }),
    ]
    func cell(_ value: Double?, _ text: (Double) -> String) -> String {
      value.flatMap { $0.isFinite ? text($0) : nil } ?? "–"
    }
    let rows = evaluation.classNames.indices.map { name in
      [evaluation.classNames[name]] + columns.map { cell($0.values[name], $0.text) }
        + [Number.grouped(scores[name].count)]
    }
    let means =
      ["Macro average"] + columns.map { cell($0.values.macroMean, $0.text) }
      + [Number.grouped(evaluation.count)]
    var facts = [Fact("Accuracy", cell(evaluation.accuracy, { Number.percent($0) }), note: evaluation.source)]
    if evaluation.top5Accuracy.isFinite {
      facts.append(Fact("Top-5 accuracy", Number.percent(evaluation.top5Accuracy)))
    }
    facts.append(
      Fact("Expected calibration error", cell(evaluation.expectedCalibrationError, { Number.percent($0) })))
    append(.facts(facts))
    append(
      .table(
        Table(
          headers: ["Class"] + columns.map(\.title) + ["Images"],
          alignments: [.left] + Array(repeating: .right, count: columns.count + 1), rows: rows + [means])))
  }
}
