import CellCatalogue
import Neural
import Reporting
import Support

/// A model's prediction for a row of a table.
public struct RowPrediction: Sendable, Hashable, Codable, HostValue {
  /// The name of the predicted class; empty if the targets are numbers.
  public var className: String
  /// The probability of the predicted class, 0…1; NaN if the targets are numbers.
  public var confidence: Double
  /// The probability of each class, or the predicted numbers.
  public var values: [Double]
}

/// `predictRows`: classifies the rows of a table, or predicts their numbers.
public enum PredictRowsStep {
  public static let model = p("model", label: nil, Model.self, "the model")
  public static let rows = p(
    "rows", label: nil, [[Double]].self, "the features of each row, in the order of the data's columns")
  public static let data = p(
    "data", label: "on", ImageData.self, "the table, which provides class names and standardisation")

  package static let step = Step(
    "predictRows", "Predicts the class or the numbers of rows of a table.",
    example: "let answers = predictRows(model, [[0.5, 1.25]], on: data)",
    effects: [.readsWeights, .showsCaptioned],
    model, rows, data,
    rehearse: { run, call in
      guard let data = call[data, as: DataOutline.self] else { return nil }
      var faults: [any Error] = []
      func attempt(_ check: () throws -> Void, element: Int? = nil) {
        do { try check() } catch {
          faults.append(element.map { ArgumentFailure(error, parameter: rows.name, element: $0) } ?? error)
        }
      }
      attempt { if let model = call[model] { try run.evaluate(model, on: data) } }
      if data.dataset.table == nil {
        attempt { try data.requireTable(for: purpose) }
      } else {
        for (index, row) in (call[rows] ?? []).enumerated() {
          attempt({ try data.check(row: row, at: index) }, element: index)
        }
      }
      if !faults.isEmpty { throw RehearsalFailures(faults) }
      return nil
    },
    run: { run, model, rows, data in try run.predictRows(model, rows, on: data) })

  fileprivate static let purpose = "a prediction for rows"
}

/// Predicts the class or the numbers of rows of a table; see ``Run/predictRows``.
@discardableResult
public func predictRows(
  _ model: Model, _ rows: [[Double]], on data: ImageData, file: String = #filePath, line: Int = #line,
  column: Int = #column
) -> [RowPrediction] {
  Program.step(file, line, column) { try $0.predictRows(model, rows, on: data) }
}

extension Run {
  /// Predicts the class or the numbers of rows of a table, and shows the first rows with their predictions.
  ///
  /// - Parameters:
  ///   - rows: The features of each row, in the order of the data's columns, before standardisation.
  ///   - data: The table, which provides class names and standardisation.
  /// - Throws: ``TrainingError`` if the data has images, a row does not have the data's features, or the model does not
  ///   fit.
  @discardableResult
  public func predictRows(_ model: Model, _ rows: [[Double]], on data: ImageData) throws -> [RowPrediction] {
    try data.outline.requireTable(for: PredictRowsStep.purpose)
    guard !rows.isEmpty else { return [] }
    try memory.check(evaluationOf: model, batchSize: 1, threads: settings.threads)
    let answers = try model.predict(rows: rows, data: data, threads: settings.threads)
    let predictions = answers.map { RowPrediction($0, data.targets) }
    append(
      .table(
        PredictionTable(rows: rows, predictions: predictions, data: data, source: "\(model.weightsOrigin)")
          .table))
    return predictions
  }
}

extension RowPrediction {
  /// - Parameter answer: probabilities of classes, or numbers.
  fileprivate init(_ answer: [Float], _ targets: TargetNames) {
    values = answer.map(Double.init)
    switch targets {
    case .classes(let names):
      let best = answer.indices.max { (answer[$0], $1) < (answer[$1], $0) } ?? 0
      className = names[best]
      confidence = Double(answer[best])
    case .values:
      className = ""
      confidence = .nan
    }
  }
}

/// The first rows with their predictions.
private struct PredictionTable {
  var rows: [[Double]]
  var predictions: [RowPrediction]
  var data: ImageData
  var source: String

  private static let shownRows = 20
  private static let shownColumns = 8

  var table: Table {
    let columns = data.dataset.table?.features ?? []
    let names = columns.prefix(Self.shownColumns) + (columns.count > Self.shownColumns ? ["…"] : [])
    let answers = data.targets.kind == .labels ? ["Predicted class", "Confidence"] : data.targets.names
    let hidden = rows.count - min(rows.count, Self.shownRows)
    return Table(
      headers: names + answers,
      alignments: names.map { _ in .right }
        + (data.targets.kind == .labels ? [.left, .right] : answers.map { _ in .right }),
      rows: zip(rows, predictions).prefix(Self.shownRows).map { row, prediction in
        row.prefix(Self.shownColumns).map { Number.text($0, significant: 4) }
          + (names.count < columns.count ? ["…"] : [])
          + (data.targets.kind == .labels
            ? [prediction.className, Number.fixed(prediction.confidence, 2)]
            : prediction.values.map { Number.text($0, significant: 4) })
      },
      caption: sentence(source) + (hidden > 0 ? " \(Number.counted(hidden, "row")) omitted." : ""))
  }
}
