/// Raises every value, as a fraction of 255, to a power.
public struct RandomGamma: ImageTransform {
  /// albumentations' class name.
  public static let name = "RandomGamma"
  /// The range of the exponent, in percent.
  public static let gammaLimit = AugmentationArgument("gammaLimit", 80.0...120, in: 1...1000)

  /// The range of the exponent, in percent.
  public let gammaLimit: ClosedRange<Double>
  /// The probability that the image is changed, 0…1.
  public let p: Double

  /// An exponent.
  public struct Parameters: Sendable, Hashable, CustomStringConvertible {
    /// The exponent; above 1 darkens.
    public let gamma: Double

    /// Creates parameters.
    public init(gamma: Double) { self.gamma = gamma }

    public var description: String { "γ \(shortNumber(gamma, 2))" }
  }

  public var invalidArgument: AugmentationError.Fact? { Self.gammaLimit.fault(gammaLimit) }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> Parameters {
    Parameters(gamma: random.uniform(gammaLimit.lowerBound, gammaLimit.upperBound) / 100)
  }

  public func apply(_ parameters: Parameters, to image: PixelBuffer) {
    // As NumPy's `arange` computes the fractions; dividing by 255 would differ in the last bit.
    let step = 1.0 / 255
    image.map { truncatedByte(Math.pow(Double($0) * step, parameters.gamma) * 255) }
  }
}

extension Augmentation {
  /// Raises every value, as a fraction of 255, to a random power (albumentations: `RandomGamma`).
  ///
  ///     .randomGamma(gammaLimit: 80...120)
  ///
  /// - Parameters:
  ///   - gammaLimit: the exponent in percent, uniform in this range; 1…1000.
  ///   - p: probability, 0…1.
  public static func randomGamma(
    gammaLimit: ClosedRange<Double> = RandomGamma.gammaLimit.default,
    p: Double = AugmentationArgument.p.default
  ) -> Augmentation {
    Augmentation(RandomGamma(gammaLimit: gammaLimit, p: p))
  }
}
