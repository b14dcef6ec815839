/// The height and width of an image, in pixels. Height first, as in arrays.
///
///     ImageSize(32, 32).pixels   // 1024
public struct ImageSize: Sendable, Hashable, CustomStringConvertible {
  /// The height in pixels.
  public let height: Int
  /// The width in pixels.
  public let width: Int

  /// Creates a size.
  public init(_ height: Int, _ width: Int) {
    self.height = height
    self.width = width
  }

  /// The heights and widths of images that models take, in pixels.
  public static let sides = 1...1024

  /// The maximum number of pixels: 2²⁶, 64 megapixels. Larger images are rejected before memory is allocated.
  public static let mostPixels = 1 << 26

  /// Height times width; `nil` if it is not positive or exceeds `mostPixels`.
  public var checkedPixels: Int? {
    guard height > 0, width > 0, height <= Self.mostPixels, width <= Self.mostPixels / height else {
      return nil
    }
    return height * width
  }

  /// Height times width; 0 for an invalid size.
  public var pixels: Int { checkedPixels ?? 0 }

  public var description: String { "\(height)×\(width)" }
}
