import CellCatalogue
import Neural
import Reporting
import Support

/// `table`: shows a table and writes it as a CSV file.
public enum TableStep {
  public static let columns = p("columns", [String].self, "the columns' names")
  public static let rows = p("rows", [[TableEntry]].self, "the rows, each with a value for every column")
  public static let values = p(
    "values", label: nil, NamedColumns.self, "the values of each column by its name, in display order")
  public static let decimals = p(
    "decimals", Int?.self, default: nil, defaultText: "nil",
    "number of decimals of numbers; nil shows up to six significant digits", range: .in(0...17))

  package static let byRow = Step(
    "table", "Shows a table, and writes it as a CSV file with all digits.",
    example: "table(columns: [\"model\", \"accuracy\"], rows: [[\"small\", 0.871], [\"large\", 0.902]])",
    effects: [.drawsFigures, .showsCaptioned], columns, rows, decimals,
    rehearse: { _, call in
      guard let columns = call[columns], let rows = call[rows] else { return nil }
      do { try check(rows.map(\.count), columns: columns) } catch {
        let row = rows.firstIndex { $0.count != columns.count }
        throw row.map { ArgumentFailure(error, parameter: "rows", element: $0) } ?? error
      }
      return nil
    },
    run: { run, columns, rows, decimals in
      try run.table(columns: columns, rows: rows.map { $0.map(\.value) }, decimals: decimals)
    })

  package static let byColumn = Step(
    "table", "Shows a table of columns, and writes it as a CSV file with all digits.",
    example: "table([\"epoch\": [1, 2, 3], \"loss\": [2.1, 1.4, 1.1]], decimals: 2)",
    effects: [.drawsFigures, .showsCaptioned], values, decimals,
    rehearse: { _, call in
      if let values = call[values] { _ = try lines(values.columns) }
      return nil
    },
    run: { run, values, decimals in try run.table(values.columns, decimals: decimals) })

  /// Checks that each row has a value for every column.
  fileprivate static func check(_ counts: [Int], columns: [String]) throws {
    if columns.isEmpty {
      throw TrainingError(.value(name: "columns", expected: "at least one name", found: "none"))
    }
    guard let row = counts.firstIndex(where: { $0 != columns.count }) else { return }
    throw TrainingError(
      .value(
        name: "row \(row + 1)",
        expected: "as long as columns, which has \(Number.counted(columns.count, "name"))",
        found: Number.counted(counts[row], "value")))
  }

  /// The rows of a table of columns.
  fileprivate static func lines(
    _ columns: [(name: String, values: [any TableValue])]
  ) throws -> [[any TableValue]] {
    let count = columns.first?.values.count ?? 0
    if let odd = columns.first(where: { $0.values.count != count }) {
      throw TrainingError(
        .value(
          name: "values",
          expected: "columns of equal length; '\(columns[0].name)' has \(Number.counted(count, "value"))",
          found: "\(Number.grouped(odd.values.count)) in '\(odd.name)'"))
    }
    return (0..<count).map { row in columns.map { $0.values[row] } }
  }
}

/// Shows a table; see ``Run/table(columns:rows:decimals:)``.
public func table(
  columns: [String], rows: [[any TableValue]], decimals: Int? = nil, file: String = #filePath,
  line: Int = #line,
  column: Int = #column
) {
  Program.step(file, line, column) { try $0.table(columns: columns, rows: rows, decimals: decimals) }
}

/// Shows a table of columns, sorted by name; see ``Run/table(_:decimals:)``. A literal is taken in its order instead.
@_disfavoredOverload
public func table(
  _ values: [String: [any TableValue]], decimals: Int? = nil, file: String = #filePath, line: Int = #line,
  column: Int = #column
) {
  let sorted = values.sorted { $0.key < $1.key }.map { (name: $0.key, values: $0.value) }
  Program.step(file, line, column) { try $0.table(sorted, decimals: decimals) }
}

/// Shows a table of columns, in the given order; see ``Run/table(_:decimals:)``.
public func table(
  _ values: KeyValuePairs<String, [any TableValue]>, decimals: Int? = nil, file: String = #filePath,
  line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) {
    try $0.table(values.map { (name: $0.key, values: $0.value) }, decimals: decimals)
  }
}

extension Run {
  /// Shows a table and writes it as `table.csv`, later ones as `table-2.csv` and so on.
  ///
  /// Columns of numbers are aligned right. The report shows the first 1,000 rows; the file has all.
  ///
  ///     try run.table(columns: ["model", "accuracy"], rows: [["small", 0.871], ["large", 0.902]])
  ///
  /// - Parameters:
  ///   - columns: the columns' names.
  ///   - rows: the rows, each with a value for every column.
  ///   - decimals: the number of decimals of numbers; `nil` shows up to six significant digits.
  /// - Throws: ``TrainingError`` if there are no columns, or a row is too long or too short.
  public func table(columns: [String], rows: [[any TableValue]], decimals: Int? = nil) throws {
    try TableStep.decimals.check(decimals)
    try TableStep.check(rows.map(\.count), columns: columns)
    let name = "\(numbered("table")).csv"
    let cells = rows.map { $0.map(\.tableCell) }
    let shown = cells.prefix(Self.shownRows)
    var table = Table(
      headers: columns,
      alignments: columns.indices.map { column in
        !cells.isEmpty && cells.allSatisfy { $0[column].isNumber } ? .right : .left
      },
      rows: shown.map { $0.map { $0.text(decimals: decimals) } })
    if shown.count < cells.count {
      table.caption =
        "The first \(Number.grouped(shown.count)) of \(Number.counted(cells.count, "row")); \(name) has all."
    }
    append(.table(table))
    let lines = [columns] + cells.map { $0.map(\.plainText) }
    try observer.write(Array(lines.map { CSVText.line($0) + "\r\n" }.joined().utf8), to: name)
  }

  /// Shows a table of columns and writes it as `table.csv`; see ``table(columns:rows:decimals:)``.
  ///
  /// - Parameters:
  ///   - values: the names of the columns and their values, in display order.
  ///   - decimals: the number of decimals of numbers; `nil` shows up to six significant digits.
  /// - Throws: ``TrainingError`` if the columns have different lengths.
  public func table(_ values: [(name: String, values: [any TableValue])], decimals: Int? = nil) throws {
    try table(columns: values.map(\.name), rows: TableStep.lines(values), decimals: decimals)
  }

  private static let shownRows = 1000
}
