@testable import Neural

extension FuzzTarget {
  /// An archive of a data set, compressed or not.
  static let tar = FuzzTarget(name: "tar", maximumLength: 16_384) { bytes in
    let archive = TarArchive(path: "a.tar.gz", dataset: "CIFAR-10")
    try? archive.read(["data_batch_1.bin": 1 << 16, "test_batch.bin": 1 << 16], from: bytes) { _, _ in }
  }
}
