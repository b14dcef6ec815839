/// A small RGB image, 8 bits per channel: `pixels` is height × width × 3, row by row from the top.
///
///     let grey = PixelImage(width: 32, height: 32, pixels: .init(repeating: 128, count: 32 * 32 * 3))
public struct PixelImage: Sendable, Hashable {
  /// The maximum width and height, in pixels.
  public static let largestSide = 16_384

  /// The width in pixels.
  public let width: Int
  /// The height in pixels.
  public let height: Int
  /// The bytes, height × width × 3.
  public let pixels: [UInt8]

  /// Creates an image; `nil` if a side is outside 1…16,384 or the buffer's length is not width × height × 3.
  public init?(width: Int, height: Int, pixels: [UInt8]) {
    guard (1...Self.largestSide).contains(width), (1...Self.largestSide).contains(height),
      pixels.count == width * height * 3
    else { return nil }
    self.width = width
    self.height = height
    self.pixels = pixels
  }
}
