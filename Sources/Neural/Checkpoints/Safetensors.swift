import Support

/// Named tensors and text metadata in the safetensors format, which PyTorch users know.
///
/// The format: 8 bytes of header length, a JSON header, the tensors' bytes without gaps, all little-endian
/// (https://github.com/huggingface/safetensors). Equal contents always give equal bytes.
///
///     let file = try Safetensors(path: "best.safetensors")
///     file.tensors["classifier.weight"]?.shape   // [10, 16]
public struct Safetensors: Sendable, Hashable {
  /// 64-bit integers in row-major order, for example a number of steps.
  public struct IntegerTensor: Sendable, Hashable {
    /// The dimensions.
    public let shape: [Int]
    /// The elements, in row-major order.
    public var values: [Int64]

    /// Creates a tensor.
    ///
    /// - Precondition: `values.count` is the product of `shape`.
    public init(shape: [Int], values: [Int64]) {
      precondition(values.count == shape.reduce(1, *), "as many values as the shape has places")
      self.shape = shape
      self.values = values
    }

    /// Creates a tensor without dimensions, as PyTorch stores its counters.
    public init(scalar value: Int64) {
      shape = []
      values = [value]
    }
  }

  /// Float tensors by name: F32 as stored; F16, BF16 and F64 are converted when read.
  public var tensors: [String: Tensor]
  /// I64 tensors by name.
  public var integers: [String: IntegerTensor]
  /// The metadata.
  public var metadata: [String: String]

  /// Creates contents to be written.
  public init(
    tensors: [String: Tensor] = [:], integers: [String: IntegerTensor] = [:], metadata: [String: String] = [:]
  ) {
    self.tensors = tensors
    self.integers = integers
    self.metadata = metadata
  }

  /// Reads a file of at most 4 GiB.
  ///
  /// - Throws: `FileError`, ``CheckpointError``.
  public init(path: String) throws {
    let bytes = try FileBytes.read(path, limit: 1 << 32)
    do { try self.init(bytes: bytes, file: path) } catch {
      throw SafetensorsHeader.foreign(Array(bytes.prefix(8)), path) ?? error
    }
  }

  /// Writes the file atomically: readers see the old file or the new one.
  ///
  /// - Parameters:
  ///   - isSynced: whether the file is on the disk when this returns.
  ///   - path: the file.
  /// - Throws: `FileError`.
  public func write(to path: String, isSynced: Bool = true) throws {
    try AtomicFile.write(bytes(), to: path, isSynced: isSynced)
  }
}
