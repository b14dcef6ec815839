import Neural
import Reporting

extension Run {
  /// Compares trainings: their curves in one chart (`comparison.png`), and a table with the best one marked.
  ///
  ///     try run.compare([("lr 0.1", first), ("lr 0.01", second)])
  ///
  /// - Parameter runs: names and histories, in display order.
  /// - Throws: ``TrainingError`` if there are none.
  public func compare(_ runs: [(name: String, history: History)]) throws {
    guard !runs.isEmpty else {
      throw TrainingError(.value(name: "runs", expected: "at least one training run", found: "none"))
    }
    let compared = runs.map { ComparisonChart.Run($0.name, rows: $0.history.reportRows) }
    try plot(Plot(name: "comparison") { ComparisonChart(runs: compared) })
    let metrics = compared.map { TrainingMetrics(rows: $0.rows) }
    let best = TrainingMetrics.best(of: metrics)
    var table = Table(
      headers: ["Run"] + TrainingMetrics.headers + [""],
      alignments: [.left] + TrainingMetrics.headers.map { _ in .right },
      rows: zip(compared, metrics).enumerated().map { index, run in
        [run.0.name] + run.1.cells + [index == best ? "best" : ""]
      })
    table.marked = best
    append(.table(table))
  }
}
