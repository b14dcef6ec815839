@testable import Neural

extension FuzzTarget {
  /// CSV files; the first byte selects the separator.
  static let csv = FuzzTarget(name: "csv", maximumLength: 10_000) { bytes in
    let separator = bytes.first.map { Array(",;\t|".utf8)[Int($0) % 4] } ?? UInt8(ascii: ",")
    let file = CSVFile(Array(bytes.dropFirst()), separator: separator)
    for fault in file.faults { _ = fault.fault.description }
    precondition(file.rows.allSatisfy { $0.fields.count == file.header.count })
  }
}
