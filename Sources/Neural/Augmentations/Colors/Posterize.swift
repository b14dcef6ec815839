/// Clears the low bits of every value.
public struct Posterize: ImageTransform {
  /// albumentations' class name.
  public static let name = "Posterize"
  /// The number of bits that are kept.
  public static let numBits = AugmentationArgument("numBits", 4, in: 0...8)

  /// The number of high bits that are kept.
  public let numBits: Int
  /// The probability that the image is changed, 0…1.
  public let p: Double

  public var invalidArgument: AugmentationError.Fact? { Self.numBits.fault(numBits) }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> NoParameters { .init() }

  public func apply(_ parameters: NoParameters, to image: PixelBuffer) {
    let mask = numBits == 0 ? 0 : UInt8(truncatingIfNeeded: 0xFF << (8 - numBits))
    for i in 0..<image.count { image.pixels[i] &= mask }
  }
}

extension Augmentation {
  /// Keeps only the high bits of every value (albumentations: `Posterize`).
  ///
  ///     .posterize(numBits: 4)
  ///
  /// - Parameters:
  ///   - numBits: the number of bits kept, 0…8.
  ///   - p: probability, 0…1.
  public static func posterize(
    numBits: Int = Posterize.numBits.default, p: Double = AugmentationArgument.p.default
  ) -> Augmentation {
    Augmentation(Posterize(numBits: numBits, p: p))
  }
}
