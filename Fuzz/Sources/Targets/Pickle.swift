@testable import Neural

extension FuzzTarget {
  /// CIFAR's pickles.
  static let pickle = FuzzTarget(name: "pickle", maximumLength: 10_000) { bytes in
    _ = try? CIFARRecords(pickle: bytes, of: .ten, file: "data_batch_1", records: nil)
  }
}
