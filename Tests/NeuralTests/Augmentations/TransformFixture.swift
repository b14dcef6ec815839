import Foundation

@testable import Neural

/// The outputs of albumentations and torchvision with the parameters drawn: a JSON file of cases and a safetensors file
/// of images in `Fixtures/augmentation`, written by `scripts/make-fixtures augmentation`.
struct TransformFixture {
  struct Case: Decodable {
    let transform: String
    let image: Int
    let size: [Int]
    let parameters: [Double]
  }

  let cases: [Case]
  private let tensors: TransformTensors

  private struct Text: Decodable {
    let cases: [Case]
  }

  init(_ name: String) throws {
    let text = try Data(contentsOf: TransformTensors.folder.appendingPathComponent("\(name).json"))
    cases = try JSONDecoder().decode(Text.self, from: text).cases
    tensors = try TransformTensors(name)
  }

  func image(_ name: String) throws -> Image { try tensors.image(name) }
}

/// A safetensors file of `Fixtures/augmentation`.
struct TransformTensors {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures/augmentation")
  private let tensors: [String: Entry]
  private let data: Data

  private struct Entry: Decodable {
    let shape: [Int]
    let offsets: [Int]
    enum CodingKeys: String, CodingKey {
      case shape
      case offsets = "data_offsets"
    }
  }

  init(_ name: String) throws {
    let file = try Data(contentsOf: Self.folder.appendingPathComponent("\(name).safetensors"))
    let length = file.prefix(8).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
    tensors = try JSONDecoder().decode([String: Entry].self, from: file.dropFirst(8).prefix(length))
    data = Data(file.dropFirst(8 + length))
  }

  func bytes(_ name: String) -> [UInt8] {
    guard let offsets = tensors[name]?.offsets else { return [] }
    return [UInt8](data.subdata(in: offsets[0]..<offsets[1]))
  }

  func image(_ name: String) throws -> Image {
    let shape = tensors[name]?.shape ?? [0, 0]
    return try Image(
      ImageSize(shape[0], shape[1]), colorMode: shape.count == 2 ? .grayscale : .rgb, pixels: bytes(name))
  }

  func floats(_ name: String) -> [Float] {
    bytes(name).withUnsafeBytes { raw in
      (0..<raw.count / 4).map { raw.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
    }
  }
}
