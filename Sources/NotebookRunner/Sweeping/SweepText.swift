import Reporting

/// A sweep as comma-separated values and as terminal text.
extension SweepView {
  /// One row per run with all its data; numbers round-trip.
  var csv: String {
    let head = Self.columns(of: rows.first?.run.values.map(\.name) ?? []) + Self.resultColumns
    let lines = rows.map { row -> [String] in
      let metrics = row.result?.metrics
      func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
      return row.run.values.map(\.value) + [
        row.status.rawValue, metrics.map { "\($0.epochs)" } ?? "", text(metrics?.bestTestMetric),
        metrics?.bestEpoch.map { "\($0)" } ?? "", text(metrics?.lastTrainLoss), text(metrics?.lastTestLoss),
        text(metrics?.seconds), row.result?.parameterCount.map { "\($0)" } ?? "", row.run.folder,
        row.error ?? "",
      ]
    }
    return ([head] + lines).map { $0.map(Self.field).joined(separator: ",") + "\n" }.joined()
  }

  private static let resultColumns = [
    "status", "epochs", "best_test_accuracy", "best_epoch", "last_train_loss", "last_test_loss", "seconds",
    "model_parameters", "folder", "error",
  ]

  /// Names for the columns of parameter values: the parameter's name, prefixed with `parameter_` if another column
  /// has that name.
  ///
  ///     columns(of: ["lr", "epochs"])   // ["lr", "parameter_epochs"]
  static func columns(of names: [String]) -> [String] {
    var columns = names
    for place in names.indices {
      while (resultColumns + columns[(place + 1)...] + columns[..<place]).contains(columns[place]) {
        columns[place] = "parameter_" + columns[place]
      }
    }
    return columns
  }

  /// The field, quoted if necessary (RFC 4180).
  private static func field(_ text: String) -> String {
    guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// The tables with aligned columns and the best run marked.
  ///
  /// - Parameter columns: the terminal's width; `nil` for no limit.
  func terminalLines(columns: Int?) -> [String] {
    let tables = [groupTable, table].compactMap(\.self).map { table in
      TerminalTable(
        table, columns: columns,
        spare: ["Last train loss", "Parameters", "Last test loss", "At epoch", "Epochs", "Seeds", "Time"])
    }
    var lines = Array(tables.map(\.lines).joined(separator: [""]))
    var left: [String] = []
    for name in tables.flatMap(\.leftOut) where !left.contains(name) { left.append(name) }
    if !left.isEmpty {
      let note = "Hidden columns: \(left.joined(separator: ", ")). See the page or sweep.csv."
      lines += [""] + TerminalTable.wrapped(note, columns ?? .max)
    }
    return lines
  }
}
