import Foundation
import Neural
import Support

/// A fixture in safetensors format, read without the library's own reader.
struct SafetensorsFixture {
  var tensors: [String: Tensor] = [:]
  /// Integer tensors by name.
  var integers: [String: [Int]] = [:]
  /// The file's metadata; each value is JSON.
  var metadata: [String: Any] = [:]

  enum Fault: Error { case malformed(String) }

  /// - Parameter path: relative to `Tests/NeuralTests/Fixtures`.
  init(_ path: String) throws {
    let url = Self.folder.appendingPathComponent(path)
    let data = try Data(contentsOf: url)
    guard data.count > 8 else { throw Fault.malformed(path) }
    let length = (0..<8).reduce(0) { $0 | Int(data[$1]) << (8 * $1) }
    guard let header = try JSONSerialization.jsonObject(with: data[8..<8 + length]) as? [String: Any] else {
      throw Fault.malformed(path)
    }
    for (name, value) in header {
      guard let value = value as? [String: Any] else { throw Fault.malformed(path) }
      if name == "__metadata__" {
        for (key, text) in value {
          metadata[key] = try JSONSerialization.jsonObject(
            with: Data("\(text)".utf8), options: .fragmentsAllowed)
        }
        continue
      }
      guard let type = value["dtype"] as? String, let shape = value["shape"] as? [Int],
        let range = value["data_offsets"] as? [Int], range.count == 2
      else { throw Fault.malformed(path) }
      let bytes = data[8 + length + range[0]..<8 + length + range[1]]
      if type == "F32" {
        tensors[name] = Tensor(shape: shape, values: Self.copy(bytes, as: Float.self, zero: 0))
      } else {
        integers[name] = Self.copy(bytes, as: Int.self, zero: 0)
      }
    }
  }

  /// The bytes as in memory: both safetensors and the supported machines are little-endian.
  private static func copy<Number>(_ bytes: Data, as type: Number.Type, zero: Number) -> [Number] {
    var numbers = Array(repeating: zero, count: bytes.count / MemoryLayout<Number>.stride)
    numbers.withUnsafeMutableBytes { _ = bytes.copyBytes(to: $0) }
    return numbers
  }

  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures")

  static func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: Self.folder.appendingPathComponent(folder).path)
      .filter { $0.hasSuffix(".safetensors") }.sorted()
  }
}
