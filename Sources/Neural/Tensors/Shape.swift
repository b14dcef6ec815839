/// The shape of one sample between two layers: channels × height × width for images, or features.
///
///     Shape(3, 32, 32).elements   // 3072
public struct Shape: Sendable, Hashable, Codable, CustomStringConvertible {
  /// `[channels, height, width]` or `[features]`.
  public let dimensions: [Int]

  public init(_ dimensions: [Int]) { self.dimensions = dimensions }
  public init(_ channels: Int, _ height: Int, _ width: Int) { dimensions = [channels, height, width] }
  public init(features: Int) { dimensions = [features] }

  public var isImage: Bool { dimensions.count == 3 }
  public var channels: Int { dimensions.first ?? 0 }
  public var height: Int { isImage ? dimensions[1] : 1 }
  public var width: Int { isImage ? dimensions[2] : 1 }
  /// Numbers in one sample.
  public var elements: Int { dimensions.reduce(1, *) }

  public var description: String { dimensions.map(String.init).joined(separator: "×") }
}
