import Neural
import Support

/// Formats the rows of ``OperationBenchmark`` as an aligned table.
struct OperationTable {
  private static let head = [
    "unit", "input → output", "forward ms", "training ms", "GFLOP/s", "of peak", "GB/s", "of memory",
    "kernel",
  ]
  private let rows: [[String]]

  init(_ operations: [OperationBenchmark.Row]) {
    rows = operations.map { row in
      [
        row.unit, "\(row.input) → \(row.output)", Number.fixed(row.forwardMilliseconds, 2),
        Number.fixed(row.trainingMilliseconds, 2), Number.fixed(row.gigaflops, 0),
        Number.percent(row.shareOfArithmetic, decimals: 0), Number.fixed(row.gigabytesPerSecond, 1),
        Number.percent(row.shareOfMemory, decimals: 0), "\(row.kernel) (\(row.reason))",
      ]
    }
  }

  var text: String {
    let all = [Self.head] + rows
    let widths = Self.head.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { row in
      row.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - row[column].count)
        return column == row.count - 1 ? row[column] : column < 2 ? row[column] + space : space + row[column]
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
