/// Inverts all values from a threshold.
public struct Solarize: ImageTransform {
  /// albumentations' class name.
  public static let name = "Solarize"
  /// The smallest value that is inverted.
  public static let threshold = AugmentationArgument("threshold", 128.0, in: 0...256)

  /// The smallest value that is inverted; 256 inverts none.
  public let threshold: Double
  /// The probability that the image is changed, 0…1.
  public let p: Double

  public var invalidArgument: AugmentationError.Fact? { Self.threshold.fault(threshold) }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> NoParameters { .init() }

  public func apply(_ parameters: NoParameters, to image: PixelBuffer) {
    image.map { Double($0) < threshold ? UInt8($0) : UInt8(255 - $0) }
  }
}

extension Augmentation {
  /// Inverts all values from a threshold (albumentations: `Solarize`).
  ///
  ///     .solarize(threshold: 128)
  ///
  /// - Parameters:
  ///   - threshold: the smallest value that is inverted, 0…256.
  ///   - p: probability, 0…1.
  public static func solarize(
    threshold: Double = Solarize.threshold.default, p: Double = AugmentationArgument.p.default
  ) -> Augmentation {
    Augmentation(Solarize(threshold: threshold, p: p))
  }
}
