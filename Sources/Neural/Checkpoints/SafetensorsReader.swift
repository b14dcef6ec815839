import Foundation

extension Safetensors {
  /// Parses the format. Every size is checked against the number of bytes before a tensor is allocated.
  ///
  /// - Parameters:
  ///   - bytes: the file's content.
  ///   - file: the name used in errors.
  /// - Throws: ``CheckpointError`` with the offset of the error.
  public init(bytes: [UInt8], file: String) throws {
    let header = try SafetensorsHeader(bytes: bytes, fileSize: bytes.count, file: file)
    self.init()
    metadata = header.metadata
    bytes.withUnsafeBytes { all in
      for entry in header.entries {
        let slice = UnsafeRawBufferPointer(
          rebasing: all[(header.length + entry.begin)..<(header.length + entry.end)])
        if entry.type == .int64 {
          integers[entry.name] = IntegerTensor(shape: entry.shape, values: entry.type.integers(slice))
        } else {
          tensors[entry.name] = Tensor(shape: entry.shape, values: entry.type.floats(slice))
        }
      }
    }
  }

  /// The supported element types.
  enum ElementType: String {
    case float32 = "F32"
    case float16 = "F16"
    case bfloat16 = "BF16"
    case float64 = "F64"
    case int64 = "I64"

    var width: Int {
      switch self {
      case .float16, .bfloat16: 2
      case .float32: 4
      case .float64, .int64: 8
      }
    }

    func integers(_ bytes: UnsafeRawBufferPointer) -> [Int64] {
      values(bytes) { (bits: UInt64) in Int64(bitPattern: bits) }
    }

    func floats(_ bytes: UnsafeRawBufferPointer) -> [Float] {
      switch self {
      case .float32: values(bytes) { (bits: UInt32) in Float(bitPattern: bits) }
      case .float16: values(bytes) { (bits: UInt16) in Self.float(half: bits) }
      case .bfloat16: values(bytes) { (bits: UInt16) in Float(bitPattern: UInt32(bits) << 16) }
      case .float64: values(bytes) { (bits: UInt64) in Float(Double(bitPattern: bits)) }
      case .int64: values(bytes) { (bits: UInt64) in Float(Int64(bitPattern: bits)) }
      }
    }

    private func values<Bits: FixedWidthInteger, Value>(
      _ bytes: UnsafeRawBufferPointer, _ convert: (Bits) -> Value
    ) -> [Value] {
      let width = MemoryLayout<Bits>.size
      return (0..<(bytes.count / width)).map {
        convert(Bits(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * width, as: Bits.self)))
      }
    }

    /// Converts IEEE 754 binary16 exactly.
    private static func float(half bits: UInt16) -> Float {
      let (exponent, fraction) = (UInt32(bits >> 10 & 31), UInt32(bits & 1023))
      let sign = UInt32(bits & 0x8000) << 16
      switch exponent {
      case 0:
        let magnitude = Float(fraction) * 0x1p-24
        return sign == 0 ? magnitude : -magnitude
      case 31: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
      default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
      }
    }
  }
}
