/// Replaces each pixel by its brightness; the image keeps three channels.
public struct ToGray: ImageTransform {
  /// albumentations' class name.
  public static let name = "ToGray"
  public static let needsColor = true
  /// The probability that the image is changed, 0…1.
  public let p: Double

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> NoParameters { .init() }

  public func apply(_ parameters: NoParameters, to image: PixelBuffer) {
    for i in stride(from: 0, to: image.count, by: 3) {
      let gray = grayLevel(image.pixels + i)
      (image.pixels[i], image.pixels[i + 1], image.pixels[i + 2]) = (gray, gray, gray)
    }
  }
}

extension Augmentation {
  /// Removes the colour; the image keeps three channels (albumentations: `ToGray`).
  ///
  ///     .toGray(p: 0.2)
  ///
  /// - Parameter p: probability, 0…1.
  public static func toGray(p: Double = AugmentationArgument.p.default) -> Augmentation {
    Augmentation(ToGray(p: p))
  }
}
