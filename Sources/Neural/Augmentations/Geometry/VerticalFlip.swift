/// Mirrors the image top to bottom.
public struct VerticalFlip: ImageTransform {
  /// albumentations' class name.
  public static let name = "VerticalFlip"
  /// The probability that the image is changed, 0…1.
  public let p: Double

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> NoParameters { .init() }

  public func apply(_ parameters: NoParameters, to image: PixelBuffer) {
    let stride = image.size.width * image.channels
    for y in 0..<image.size.height / 2 {
      let upper = image.pixels + y * stride
      let lower = image.pixels + (image.size.height - 1 - y) * stride
      for i in 0..<stride { swap(&upper[i], &lower[i]) }
    }
  }
}

extension Augmentation {
  /// Mirrors the image top to bottom (albumentations: `VerticalFlip`).
  ///
  ///     .verticalFlip(p: 0.5)
  ///
  /// - Parameter p: probability, 0…1.
  public static func verticalFlip(p: Double = AugmentationArgument.p.default) -> Augmentation {
    Augmentation(VerticalFlip(p: p))
  }
}
