/// Named tensors and a few lines of text in the safetensors format, which PyTorch's users know.
///
/// Format: 8 bytes of header length, a JSON header, the tensors' bytes without gaps, all little endian
/// (https://github.com/huggingface/safetensors). The same contents always give the same bytes.
///
///     let file = try Safetensors(path: "best.safetensors")
///     file.tensors["classifier.weight"]?.shape   // [10, 16]
public struct Safetensors: Sendable, Hashable {
  /// 64-bit integers in row-major order, for example a count of steps.
  public struct IntegerTensor: Sendable, Hashable {
    public let shape: [Int]
    public var values: [Int64]

    /// - Precondition: `values.count` is the product of `shape`.
    public init(shape: [Int], values: [Int64]) {
      precondition(values.count == shape.reduce(1, *), "as many values as the shape has places")
      self.shape = shape
      self.values = values
    }

    /// A tensor without dimensions, as PyTorch keeps its counters.
    public init(scalar value: Int64) {
      shape = []
      values = [value]
    }
  }

  /// Float tensors: F32 as written; F16, BF16 and F64 are converted when read.
  public var tensors: [String: Tensor]
  /// I64 tensors.
  public var integers: [String: IntegerTensor]
  public var metadata: [String: String]

  public init(
    tensors: [String: Tensor] = [:], integers: [String: IntegerTensor] = [:], metadata: [String: String] = [:]
  ) {
    self.tensors = tensors
    self.integers = integers
    self.metadata = metadata
  }

  /// Reads a file of at most 4 GiB.
  ///
  /// - Throws: ``FileError``, ``CheckpointError``.
  public init(path: String) throws {
    try self.init(bytes: FileBytes.read(path, limit: 1 << 32), file: path)
  }

  /// Writes atomically: a reader sees the old file or the new one.
  ///
  /// - Throws: ``FileError``.
  public func write(to path: String) throws {
    try AtomicFile.write(bytes(), to: path)
  }
}
