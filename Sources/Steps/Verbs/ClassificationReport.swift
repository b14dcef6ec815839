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
    func cell(_ value: Double?, isShare: Bool = true) -> String {
      guard let value, value.isFinite else { return "–" }
      return isShare ? Number.percent(value) : Number.fixed(value, 4)
    }
    let columns = ClassMetric.all.map { (metric: $0, values: $0.values(evaluation)) }
    let counts = evaluation.classScores.map(\.count)
    let rows = evaluation.classNames.indices.map { name in
      [evaluation.classNames[name]] + columns.map { cell($0.values[name], isShare: $0.metric.isShare) }
        + [Number.grouped(counts[name])]
    }
    let means =
      ["Macro average"] + columns.map { cell($0.values.macroMean, isShare: $0.metric.isShare) }
      + [Number.grouped(evaluation.count)]
    let facts =
      [Fact("Accuracy", cell(evaluation.accuracy), note: evaluation.source)]
      + ClassificationMetric.all.compactMap { metric in
        let value = metric.value(evaluation)
        return value.isFinite ? metric.title.map { Fact($0, cell(value)) } : nil
      }
    append(.facts(facts))
    append(
      .table(
        Table(
          headers: ["Class"] + columns.map(\.metric.title) + ["Images"],
          alignments: [.left] + Array(repeating: .right, count: columns.count + 1), rows: rows + [means])))
  }
}
