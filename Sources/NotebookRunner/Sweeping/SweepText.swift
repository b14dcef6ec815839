import Neural
import Reporting
import Support

/// A sweep as comma-separated values and as terminal text.
extension SweepView {
  /// One row per run with all its data; numbers round-trip.
  var csv: String {
    let splits = splits
    let columns = resultColumns(splits)
    let head = Self.columns(of: rows.first?.run.values.map(\.name) ?? [], beside: columns) + columns
    let lines = rows.map { row -> [String] in
      let metrics = row.result?.metrics
      func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
      func on(_ split: Split, _ value: Double?) -> String { metrics?.split == split ? text(value) : "" }
      return row.run.values.map(\.value) + [row.status.rawValue, metrics.map { "\($0.epochs)" } ?? ""]
        + splits.map { on($0, metrics?.best) } + [
          metrics?.bestEpoch.map { "\($0)" } ?? "", text(metrics?.lastTrainLoss),
        ] + splits.map { on($0, metrics?.lastLoss) } + [
          text(metrics?.seconds), row.result?.parameterCount.map { "\($0)" } ?? "", row.run.folder,
          row.error ?? "",
        ]
    }
    return ([head] + lines).map { CSVText.line($0) + "\n" }.joined()
  }

  /// The splits that the runs were evaluated on. Each has its own columns: a column's name says what was measured.
  private var splits: [Split] {
    let found = Split.allCases.filter { split in rows.contains { $0.result?.metrics.split == split } }
    return found.isEmpty ? [.test] : found
  }

  private func resultColumns(_ splits: [Split]) -> [String] {
    ["status", "epochs"] + splits.map { "best_\($0.rawValue)_\(metric.key)" } + [
      "best_epoch", "last_train_loss",
    ] + splits.map { "last_\($0.rawValue)_loss" } + ["seconds", "model_parameters", "folder", "error"]
  }

  /// Names for the columns of parameter values: the parameter's name, prefixed with `parameter_` if another column
  /// has that name.
  ///
  ///     columns(of: ["lr", "epochs"], beside: ["status", "epochs"])   // ["lr", "parameter_epochs"]
  static func columns(of names: [String], beside resultColumns: [String]) -> [String] {
    var columns = names
    for place in names.indices {
      while (resultColumns + columns[(place + 1)...] + columns[..<place]).contains(columns[place]) {
        columns[place] = "parameter_" + columns[place]
      }
    }
    return columns
  }

  /// The tables with aligned columns and the best run marked.
  ///
  /// - Parameter columns: the terminal's width; `nil` for no limit.
  func terminalLines(columns: Int?) -> [String] {
    let tables = [groupTable, table].compactMap(\.self).map { table in
      TerminalTable(
        table, columns: columns,
        spare: [
          "Last train loss", "Parameters", TrainingMetrics.headers(metric, on: split)[4], "At epoch",
          "Epochs",
          "Seeds", "Time",
        ])
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
