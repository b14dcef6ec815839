/// Mirrors the image left to right.
public struct HorizontalFlip: ImageTransform {
  /// albumentations' class name.
  public static let name = "HorizontalFlip"
  /// The probability that the image is changed, 0…1.
  public let p: Double

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> NoParameters { .init() }

  public func apply(_ parameters: NoParameters, to image: PixelBuffer) {
    let (width, channels) = (image.size.width, image.channels)
    for y in 0..<image.size.height {
      let row = image.pixels + y * width * channels
      var left = 0
      var right = (width - 1) * channels
      while left < right {
        for channel in 0..<channels { swap(&row[left + channel], &row[right + channel]) }
        left += channels
        right -= channels
      }
    }
  }
}

extension Augmentation {
  /// Mirrors the image left to right (albumentations: `HorizontalFlip`).
  ///
  ///     .horizontalFlip(p: 0.5)
  ///
  /// - Parameter p: probability, 0…1.
  public static func horizontalFlip(p: Double = 0.5) -> Augmentation {
    Augmentation(HorizontalFlip(p: p))
  }
}
