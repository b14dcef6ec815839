import Reporting

/// A sweep as a file of comma-separated values, and as the terminal shows it.
extension SweepView {
  /// A row a run with everything that is known of it; numbers round-trip.
  var csv: String {
    let names = rows.first?.run.values.map(\.name) ?? []
    let head =
      names
      + [
        "status", "epochs", "best_test_accuracy", "best_epoch", "last_train_loss", "last_test_loss",
        "seconds",
        "model_parameters", "folder", "error",
      ]
    let lines = rows.map { row -> [String] in
      let metrics = row.result?.metrics
      func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
      return row.run.values.map(\.value) + [
        row.status.rawValue, metrics.map { "\($0.epochs)" } ?? "", text(metrics?.bestTestAccuracy),
        metrics?.bestEpoch.map { "\($0)" } ?? "", text(metrics?.lastTrainLoss), text(metrics?.lastTestLoss),
        text(metrics?.seconds), row.result?.parameterCount.map { "\($0)" } ?? "", row.run.folder,
        row.error ?? "",
      ]
    }
    return ([head] + lines).map { $0.map(Self.field).joined(separator: ",") + "\n" }.joined()
  }

  /// Quoted where it has to be (RFC 4180).
  private static func field(_ text: String) -> String {
    guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// The tables in aligned columns, the best run pointed at.
  var terminalTable: [String] {
    (groupTable.map { Self.lines($0) + [""] } ?? []) + Self.lines(table)
  }

  private static func lines(_ table: Table) -> [String] {
    let columns = table.headers.indices
    let rows = [table.headers] + table.rows
    let widths = columns.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.enumerated().map { index, row in
      let cells = columns.map { column -> String in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        let isRight = table.alignments.indices.contains(column) && table.alignments[column] == .right
        return isRight ? padding + row[column] : row[column] + padding
      }
      let mark = index > 0 && index - 1 == table.marked ? "→ " : "  "
      let line = mark + cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
