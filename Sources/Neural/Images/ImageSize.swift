/// The height and width of an image, in pixels. Height first, as in arrays.
///
///     ImageSize(32, 32).pixels   // 1024
public struct ImageSize: Sendable, Hashable, CustomStringConvertible {
  public let height: Int
  public let width: Int

  public init(_ height: Int, _ width: Int) {
    self.height = height
    self.width = width
  }

  /// The most pixels an image may have: 2²⁶, 64 megapixels. Larger ones are refused before memory is taken.
  public static let mostPixels = 1 << 26

  /// Height times width; `nil` where there are none or more than `mostPixels`.
  public var checkedPixels: Int? {
    guard height > 0, width > 0, height <= Self.mostPixels, width <= Self.mostPixels / height else {
      return nil
    }
    return height * width
  }

  /// Height times width, 0 where the size is not one an image can have.
  public var pixels: Int { checkedPixels ?? 0 }

  public var description: String { "\(height)×\(width)" }
}
