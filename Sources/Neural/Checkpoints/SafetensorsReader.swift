import Foundation

extension Safetensors {
  /// The longest header that is read; some hundred thousand tensors fit.
  static let headerLimit = 1 << 24

  /// Reads the format from bytes. Every size is checked against the bytes before a tensor is made.
  ///
  /// - Parameter file: what errors call these bytes.
  /// - Throws: ``CheckpointError`` with the byte at fault.
  public init(bytes: [UInt8], file: String) throws {
    func failure(_ fact: CheckpointError.Fact, at offset: Int) -> CheckpointError {
      CheckpointError(fact: fact, file: file, offset: offset)
    }
    guard bytes.count >= 8 else { throw failure(.truncated(found: bytes.count, expected: 8), at: 0) }
    let length = bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
    guard length <= UInt64(Self.headerLimit) else {
      throw failure(.headerTooLong(found: length, limit: Self.headerLimit), at: 0)
    }
    let start = 8 + Int(length)
    guard start <= bytes.count else {
      throw failure(.truncated(found: bytes.count, expected: start), at: 0)
    }
    guard length > 0, bytes[8] == UInt8(ascii: "{") else {
      throw failure(.header(reason: "its header does not begin with {"), at: 8)
    }
    let header: [String: HeaderEntry]
    do {
      header = try JSONDecoder().decode([String: HeaderEntry].self, from: Data(bytes[8..<start]))
    } catch {
      throw failure(.header(reason: "its header is not the JSON that the format prescribes"), at: 8)
    }

    self.init()
    var regions: [(name: String, region: TensorRegion)] = []
    for (name, entry) in header {
      switch entry {
      case .metadata(let metadata):
        guard name == "__metadata__" else {
          throw failure(.header(reason: "'\(name)' has no type, shape and offsets"), at: 8)
        }
        self.metadata = metadata
      case .tensor(let region):
        guard name != "__metadata__" else {
          throw failure(.header(reason: "__metadata__ is not a table of texts"), at: 8)
        }
        regions.append((name, region))
      }
    }
    regions.sort {
      ($0.region.begin, $0.region.end, $0.name) < ($1.region.begin, $1.region.end, $1.name)
    }

    let available = bytes.count - start
    var position = 0
    for (name, region) in regions {
      func wrong(_ reason: String) -> CheckpointError {
        failure(
          .offsets(tensor: name, begin: region.begin, end: region.end, reason: reason),
          at: start + min(max(0, region.begin), available))
      }
      guard let type = ElementType(rawValue: region.dtype) else {
        throw failure(.type(tensor: name, found: region.dtype), at: 8)
      }
      guard region.begin >= 0, region.end >= region.begin else { throw wrong("the end precedes the start") }
      guard region.end <= available else {
        throw failure(
          .truncated(found: bytes.count, expected: start.addingClamped(region.end)), at: bytes.count)
      }
      guard region.begin == position else {
        throw wrong(region.begin < position ? "it overlaps the one before it" : "a gap precedes it")
      }
      guard let count = region.count else { throw failure(.shape(tensor: name, found: region.shape), at: 8) }
      let (needed, overflow) = count.multipliedReportingOverflow(by: type.width)
      guard !overflow, needed == region.end - region.begin else {
        throw wrong("its shape \(region.shape) of \(type.rawValue) does not fill exactly that")
      }
      position = region.end
    }
    guard position == available else {
      throw failure(.trailing(found: bytes.count, expected: start + position), at: start + position)
    }

    bytes.withUnsafeBytes { all in
      for (name, region) in regions {
        guard let type = ElementType(rawValue: region.dtype) else { continue }
        let slice = UnsafeRawBufferPointer(rebasing: all[(start + region.begin)..<(start + region.end)])
        if type == .int64 {
          integers[name] = IntegerTensor(shape: region.shape, values: type.integers(slice))
        } else {
          tensors[name] = Tensor(shape: region.shape, values: type.floats(slice))
        }
      }
    }
  }

  /// The element types that are read.
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

    /// IEEE 754 binary16, exactly.
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

/// One value of the header's object.
private enum HeaderEntry: Decodable {
  case tensor(TensorRegion)
  case metadata([String: String])

  init(from decoder: any Decoder) throws {
    if let region = try? TensorRegion(from: decoder) {
      self = .tensor(region)
    } else {
      self = .metadata(try [String: String](from: decoder))
    }
  }
}

/// Where a tensor's bytes lie behind the header, and what they are.
private struct TensorRegion: Decodable {
  var dtype: String
  var shape: [Int]
  var begin: Int
  var end: Int

  private enum Key: String, CodingKey {
    case dtype, shape
    case offsets = "data_offsets"
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    dtype = try values.decode(String.self, forKey: .dtype)
    shape = try values.decode([Int].self, forKey: .shape)
    let offsets = try values.decode([Int].self, forKey: .offsets)
    guard offsets.count == 2 else {
      throw DecodingError.dataCorruptedError(forKey: .offsets, in: values, debugDescription: "two offsets")
    }
    begin = offsets[0]
    end = offsets[1]
  }

  /// The product of the shape; `nil` where a dimension is negative or the product overflows.
  var count: Int? {
    var product = 1
    for dimension in shape {
      let (next, overflow) = product.multipliedReportingOverflow(by: dimension)
      guard dimension >= 0, !overflow else { return nil }
      product = next
    }
    return product
  }
}

extension Int {
  /// The sum, or the largest number where it overflows.
  func addingClamped(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? Int.max : sum
  }
}
