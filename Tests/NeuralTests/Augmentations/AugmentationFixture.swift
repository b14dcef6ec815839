import Foundation

@testable import Neural

/// The outputs of albumentations on generated images: `Fixtures/augmentation`, written by
/// `scripts/make-fixtures augmentation`.
struct AugmentationFixture {
  struct Row: Decodable {
    let y, x: Int
    let flip: Bool
    let ssr, bc, hsv: [Double]?
    let cut: [Int]?
  }

  /// The rows of one transform, or of `pipeline`.
  let parameters: [String: [Row]]
  private let header: [String: Entry]
  private let data: Data
  static let size = ImageSize(32, 32)
  static let bytes = 32 * 32 * 3

  private struct Entry: Decodable {
    let offsets: [Int]
    enum CodingKeys: String, CodingKey { case offsets = "data_offsets" }
  }
  private struct Text: Decodable {
    let parameters: [String: [Row]]
  }

  init() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/augmentation")
    let text = try Data(contentsOf: folder.appendingPathComponent("augmentation.json"))
    parameters = try JSONDecoder().decode(Text.self, from: text).parameters
    let file = try Data(contentsOf: folder.appendingPathComponent("augmentation.safetensors"))
    let length = file.prefix(8).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
    header = try JSONDecoder().decode([String: Entry].self, from: file.dropFirst(8).prefix(length))
    data = Data(file.dropFirst(8 + length))
  }

  var count: Int { parameters["pipeline"]?.count ?? 0 }

  func bytes(_ name: String) -> Data {
    guard let offsets = header[name]?.offsets else { return Data() }
    return data.subdata(in: offsets[0]..<offsets[1])
  }

  func image(_ name: String, _ index: Int) throws -> Image {
    try Image(Self.size, pixels: Array(bytes(name).dropFirst(index * Self.bytes).prefix(Self.bytes)))
  }

  func floats(_ name: String, _ index: Int) -> [Float] {
    let part = [UInt8](bytes(name).dropFirst(index * Self.bytes * 4).prefix(Self.bytes * 4))
    return part.withUnsafeBytes { raw in
      (0..<Self.bytes).map { raw.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
    }
  }
}
