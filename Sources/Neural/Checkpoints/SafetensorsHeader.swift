import Foundation
import Support

/// The tensors described in a safetensors file's header, checked against the size of the file.
struct SafetensorsHeader {
  struct Entry {
    var name: String
    var type: Safetensors.ElementType
    var shape: [Int]
    /// The offset in bytes after the header.
    var begin: Int
    var end: Int
  }

  /// The maximum header length in bytes, enough for some hundred thousand tensors.
  static let limit = 1 << 24

  /// The length including the eight bytes before the header.
  let length: Int
  private(set) var metadata: [String: String] = [:]
  /// The entries, in the order of their bytes.
  private(set) var entries: [Entry] = []

  /// Reads only the header of a file.
  ///
  /// - Throws: `FileError`, ``CheckpointError``.
  init(path: String) throws {
    let size = try FileBytes.size(path)
    let start = try FileBytes.prefix(of: path, count: 8)
    let length = start.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let wanted = length <= UInt64(Self.limit) ? 8 + Int(length) : 8
    let bytes = try FileBytes.prefix(of: path, count: wanted)
    do { try self.init(bytes: bytes, fileSize: size, file: path) } catch {
      throw Self.foreign(bytes, path) ?? error
    }
  }

  /// The error for a file that is not damaged but has another format; `nil` if that is not known.
  static func foreign(_ start: [UInt8], _ path: String) -> CheckpointError? {
    ForeignWeights(path: path, start: start).map {
      CheckpointError(fact: .foreign($0), file: path, offset: nil)
    }
  }

  /// Parses a header.
  ///
  /// - Parameters:
  ///   - bytes: the bytes of the file, or at least of its header.
  ///   - file: the name used in errors.
  /// - Throws: ``CheckpointError`` with the offset of the error.
  init(bytes: [UInt8], fileSize: Int, file: String) throws {
    func failure(_ fact: CheckpointError.Fact, at offset: Int) -> CheckpointError {
      CheckpointError(fact: fact, file: file, offset: offset)
    }
    guard fileSize >= 8, bytes.count >= 8 else {
      throw failure(.truncated(found: min(fileSize, bytes.count), expected: 8), at: 0)
    }
    let length = bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
    guard length <= UInt64(Self.limit) else {
      throw failure(.headerTooLong(found: length, limit: Self.limit), at: 0)
    }
    let start = 8 + Int(length)
    guard start <= fileSize, start <= bytes.count else {
      throw failure(.truncated(found: min(fileSize, bytes.count), expected: start), at: 0)
    }
    guard length > 0, bytes[8] == UInt8(ascii: "{") else {
      throw failure(.header(reason: "the header does not start with '{'"), at: 8)
    }
    let header: [String: HeaderEntry]
    do {
      header = try JSON.value([String: HeaderEntry].self, from: Array(bytes[8..<start]))
    } catch {
      throw failure(.header(reason: "the header is not the JSON that the format requires"), at: 8)
    }

    guard Self.entryCount(bytes[8..<start]) == header.count else {
      throw failure(.header(reason: "duplicate name in the header"), at: 8)
    }

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
          throw failure(.header(reason: "__metadata__ does not map strings to strings"), at: 8)
        }
        regions.append((name, region))
      }
    }
    regions.sort {
      ($0.region.begin, $0.region.end, $0.name) < ($1.region.begin, $1.region.end, $1.name)
    }

    self.length = start
    let available = fileSize - start
    var position = 0
    for (name, region) in regions {
      func wrong(_ reason: String) -> CheckpointError {
        failure(
          .offsets(tensor: name, begin: region.begin, end: region.end, reason: reason),
          at: start + min(max(0, region.begin), available))
      }
      guard let type = Safetensors.ElementType(rawValue: region.dtype) else {
        throw failure(.type(tensor: name, found: region.dtype), at: 8)
      }
      guard region.begin >= 0, region.end >= region.begin else { throw wrong("the end precedes the start") }
      guard region.end <= available else {
        throw failure(
          .truncated(found: fileSize, expected: start.addingClamped(region.end)), at: fileSize)
      }
      guard region.begin == position else {
        throw wrong(region.begin < position ? "it overlaps the previous tensor" : "there is a gap before it")
      }
      guard let count = region.count else { throw failure(.shape(tensor: name, found: region.shape), at: 8) }
      let (needed, overflow) = count.multipliedReportingOverflow(by: type.width)
      guard !overflow, needed == region.end - region.begin else {
        throw wrong("shape \(region.shape) of type \(type.rawValue) has a different size")
      }
      position = region.end
      entries.append(
        Entry(name: name, type: type, shape: region.shape, begin: region.begin, end: region.end))
    }
    guard position == available else {
      throw failure(.trailing(found: fileSize, expected: start + position), at: start + position)
    }
  }
}

extension SafetensorsHeader {
  /// The number of entries written in a JSON object; decoding would merge entries with equal names.
  private static func entryCount(_ json: ArraySlice<UInt8>) -> Int {
    var (count, depth) = (0, 0)
    var (isText, isEscaped) = (false, false)
    for byte in json {
      if isText {
        if !isEscaped, byte == UInt8(ascii: "\"") { isText = false }
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isText = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ":"): count += depth == 1 ? 1 : 0
      default: break
      }
    }
    return count
  }
}

/// A value in the header's object.
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

/// The place of a tensor's bytes after the header, with its type and shape.
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

  /// The product of the shape; `nil` if a dimension is negative or the product overflows.
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
  /// The sum, or the maximum integer if it overflows.
  func addingClamped(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? Int.max : sum
  }
}
