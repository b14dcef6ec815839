@testable import Neural

extension FuzzTarget {
  /// Files of MNIST's format: images or labels, selected by the first byte, compressed or not.
  static let idx = FuzzTarget(name: "idx", maximumLength: 10_000) { bytes in
    let file = IDXFile(
      kind: bytes.first.map { $0.isMultiple(of: 2) } ?? true ? .images : .labels, dataset: "MNIST",
      file: "idx")
    var content = Array(bytes.dropFirst())
    let gzip = GzipFile(path: "idx.gz", dataset: "MNIST")
    if let unpacked = try? gzip.read(limit: 1 << 20, from: content) { content = unpacked }
    _ = try? file.elements(content)
    _ = try? file.labels(content, classes: 10)
  }
}
