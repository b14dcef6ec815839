@testable import Neural

extension FuzzTarget {
  /// CIFAR's binary records; the first byte selects the data set.
  static let cifarBinary = FuzzTarget(name: "cifar-binary", maximumLength: 10_000) { bytes in
    let cifar: CIFAR = bytes.first.map { $0.isMultiple(of: 2) } ?? true ? .ten : .hundred
    _ = try? CIFARRecords(binary: Array(bytes.dropFirst()), of: cifar, file: "data.bin", records: nil)
  }
}
