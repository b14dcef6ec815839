/// Sharpens the image with a 3×3 filter.
public struct Sharpen: ImageTransform {
  /// albumentations' class name.
  public static let name = "Sharpen"
  /// The range of the sharpened image's share.
  public static let alpha = AugmentationArgument("alpha", 0.2...0.5, in: 0...1)
  /// The range of the sharpened image's lightness.
  public static let lightness = AugmentationArgument("lightness", 0.5...1.0, in: 0...100)

  /// The range of the sharpened image's share.
  public let alpha: ClosedRange<Double>
  /// The range of the sharpened image's lightness.
  public let lightness: ClosedRange<Double>
  /// The probability that the image is changed, 0…1.
  public let p: Double

  /// The numbers drawn for one image.
  public struct Parameters: Sendable, Hashable, CustomStringConvertible {
    /// The sharpened image's share, 0…1.
    public let alpha: Double
    /// The sharpened image's lightness; 1 keeps the image's brightness.
    public let lightness: Double

    /// Creates parameters.
    public init(alpha: Double, lightness: Double) { (self.alpha, self.lightness) = (alpha, lightness) }

    public var description: String {
      "α \(shortNumber(alpha, 2)), lightness \(shortNumber(lightness, 2))"
    }
  }

  public var invalidArgument: AugmentationError.Fact? {
    Self.alpha.fault(alpha) ?? Self.lightness.fault(lightness)
  }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> Parameters {
    let alpha = random.uniform(alpha.lowerBound, alpha.upperBound)
    return Parameters(alpha: alpha, lightness: random.uniform(lightness.lowerBound, lightness.upperBound))
  }

  public func apply(_ parameters: Parameters, to image: PixelBuffer) {
    let (share, rest) = (Float(parameters.alpha), Float(1 - parameters.alpha))
    var weights = [Float](repeating: share * -1, count: 9)
    weights[4] = rest + share * Float(8 + parameters.lightness)
    image.filter(with: Filter2D(side: 3, weights: weights))
  }
}

extension Augmentation {
  /// Sharpens the image (albumentations: `Sharpen`).
  ///
  ///     .sharpen(alpha: 0.2...0.5)
  ///
  /// - Parameters:
  ///   - alpha: the sharpened image's share, uniform in this range; 0…1.
  ///   - lightness: the sharpened image's lightness, uniform in this range, where 1 keeps the brightness; 0…100.
  ///   - p: probability, 0…1.
  public static func sharpen(
    alpha: ClosedRange<Double> = Sharpen.alpha.default,
    lightness: ClosedRange<Double> = Sharpen.lightness.default, p: Double = AugmentationArgument.p.default
  ) -> Augmentation {
    Augmentation(Sharpen(alpha: alpha, lightness: lightness, p: p))
  }
}
