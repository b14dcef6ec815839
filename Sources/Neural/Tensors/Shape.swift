/// The shape of one sample between two layers: channels × height × width for images, or features.
///
///     Shape(3, 32, 32).elements   // 3072
public struct Shape: Sendable, Hashable, Codable, CustomStringConvertible {
  /// `[channels, height, width]` or `[features]`.
  public let dimensions: [Int]

  /// Creates a shape from its dimensions.
  public init(_ dimensions: [Int]) { self.dimensions = dimensions }
  /// Creates the shape of an image.
  public init(_ channels: Int, _ height: Int, _ width: Int) { dimensions = [channels, height, width] }
  /// Creates the shape of a feature vector.
  public init(features: Int) { dimensions = [features] }

  /// Whether this is an image rather than a feature vector.
  public var isImage: Bool { dimensions.count == 3 }
  /// The number of channels, or of features.
  public var channels: Int { dimensions.first ?? 0 }
  /// The height; 1 for features.
  public var height: Int { isImage ? dimensions[1] : 1 }
  /// The width; 1 for features.
  public var width: Int { isImage ? dimensions[2] : 1 }
  /// The number of elements in one sample.
  public var elements: Int { dimensions.reduce(1, *) }

  /// The same shape with another number of channels or features.
  func with(channels: Int) -> Shape { Shape([channels] + dimensions.dropFirst()) }

  public var description: String { dimensions.map(String.init).joined(separator: "×") }
}
