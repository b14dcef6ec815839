import Foundation

@testable import Neural

/// The outputs of albumentations on generated images: `Fixtures/augmentation` or `Fixtures/grayscale`, written by
/// `scripts/make-fixtures augmentation grayscale`.
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

  init(_ group: String = "augmentation") throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/\(group)")
    let text = try Data(contentsOf: folder.appendingPathComponent("\(group).json"))
    parameters = try JSONDecoder().decode(Text.self, from: text).parameters
    let file = try Data(contentsOf: folder.appendingPathComponent("\(group).safetensors"))
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
    floats(bytes(name).dropFirst(index * Self.bytes * 4).prefix(Self.bytes * 4))
  }

  func floats(_ name: String) -> [Float] { floats(bytes(name)) }

  private func floats(_ data: Data) -> [Float] {
    [UInt8](data).withUnsafeBytes { raw in
      (0..<raw.count / 4).map { raw.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
    }
  }
}
