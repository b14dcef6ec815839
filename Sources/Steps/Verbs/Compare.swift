import CellCatalogue
import Neural
import Reporting

/// `compare`: compares training runs.
public enum CompareStep {
  public static let runs = p(
    "runs", label: nil, NamedHistories.self, "training histories by name, in display order")

  package static let step = Step(
    "compare", "Compares training runs in one table and one chart, and marks the best.",
    example: "compare([\"sgd\": history])", effects: [.drawsFigures, .showsCaptioned], runs,
    rehearse: Step.nothing
  ) { run, runs in try run.compare(runs.runs) }
}

/// Compares training runs, sorted by name; see ``Run/compare``. A literal is taken in its order instead.
@_disfavoredOverload
public func compare(
  _ runs: [String: History], file: String = #filePath, line: Int = #line, column: Int = #column
) {
  let sorted = runs.sorted { $0.key < $1.key }.map { (name: $0.key, history: $0.value) }
  Program.step(file, line, column) { try $0.compare(sorted) }
}

/// Compares training runs, in the given order; see ``Run/compare``.
public func compare(
  _ runs: KeyValuePairs<String, History>, file: String = #filePath, line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { try $0.compare(runs.map { (name: $0.key, history: $0.value) }) }
}

extension Run {
  /// Compares training runs: shows their curves in one chart (`comparison.png`), and a table in which the
  /// best run is marked.
  ///
  ///     try run.compare([("lr 0.1", first), ("lr 0.01", second)])
  ///
  /// - Parameter runs: names and histories, in display order.
  /// - Throws: ``TrainingError`` if there are none.
  public func compare(_ runs: [(name: String, history: History)]) throws {
    guard !runs.isEmpty else {
      throw TrainingError(.value(name: "runs", expected: "at least one training run", found: "none"))
    }
    let compared = runs.map { ComparisonChart.Run($0.name, rows: $0.history.epochs) }
    try plot(Plot(name: "comparison") { ComparisonChart(runs: compared) })
    let metrics = compared.map { TrainingMetrics(rows: $0.rows) }
    let best = TrainingMetrics.best(of: metrics)
    let split = TrainingMetrics.split(of: metrics)
    let headers = TrainingMetrics.headers(metrics.first?.metric ?? .accuracy, on: split)
    if split == nil, metrics.contains(where: { $0.split != nil }) {
      append(
        .message(
          .warning,
          "The runs were evaluated on different images (\(compared.compactMap(\.evaluatedOn).joined(separator: "; "))), so "
            + "none is marked as the best."))
    }
    var table = Table(
      headers: ["Run"] + headers + [""], alignments: [.left] + headers.map { _ in .right },
      rows: zip(compared, metrics).enumerated().map { index, run in
        [run.0.name] + run.1.cells + [index == best ? "best" : ""]
      })
    table.marked = best
    append(.table(table))
  }
}

extension ComparisonChart.Run {
  /// `lr 0.1: validation images`; `nil` without epochs.
  fileprivate var evaluatedOn: String? { rows.split.map { "\(name): \($0.images)" } }
}

/// `["lr 0.1": history, …]`: training histories by name, in the order in which a cell lists them.
public struct NamedHistories: CellConvertible {
  public static let cellType = CellType.dictionary(.string, History.cellType)
  /// The training histories with their names, in order.
  public private(set) var runs: [(name: String, history: History)] = []

  public init?(cellValue: Value) {
    guard case .dictionary(let entries) = cellValue else { return nil }
    for (key, value) in zip(entries.keys, entries.values) {
      guard let name = String(cellValue: key), let history = History(cellValue: value) else { return nil }
      runs.append((name, history))
    }
  }

  public var cellValue: Value {
    var entries = OrderedDictionary()
    for run in runs { entries[run.name.cellValue] = run.history.cellValue }
    return .dictionary(entries)
  }
}
