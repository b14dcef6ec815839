/// Adds normally distributed noise.
public struct GaussNoise: ImageTransform {
  /// albumentations' class name.
  public static let name = "GaussNoise"
  /// The range of the variance, out of 255².
  public static let varLimit = AugmentationArgument("varLimit", 10.0...50, in: 0...65025)
  /// The mean of the noise, out of 255.
  public static let mean = AugmentationArgument("mean", 0.0, in: -255...255)

  /// The range of the variance, out of 255².
  public let varLimit: ClosedRange<Double>
  /// The mean of the noise, out of 255.
  public let mean: Double
  /// Whether each channel has its own noise.
  public let perChannel: Bool
  /// The probability that the image is changed, 0…1.
  public let p: Double

  /// The noise for one image.
  public struct Parameters: Sendable, Hashable, CustomStringConvertible {
    /// The standard deviation, out of 255.
    public let sigma: Double
    /// A number per byte, or per pixel if all channels have the same noise.
    public let noise: [Double]

    /// Creates parameters.
    public init(sigma: Double, noise: [Double]) { (self.sigma, self.noise) = (sigma, noise) }

    public var description: String { "σ \(shortNumber(sigma, 1))" }
  }

  public var invalidArgument: AugmentationError.Fact? {
    Self.varLimit.fault(varLimit) ?? Self.mean.fault(mean)
  }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> Parameters {
    let sigma = random.uniform(varLimit.lowerBound, varLimit.upperBound).squareRoot()
    let count = size.pixels * (perChannel ? 3 : 1)
    return Parameters(sigma: sigma, noise: (0..<count).map { _ in mean + sigma * random.normal() })
  }

  public func apply(_ parameters: Parameters, to image: PixelBuffer) {
    let isShared = parameters.noise.count < image.count
    precondition(parameters.noise.count >= image.size.pixels, "there is noise for every pixel")
    for i in 0..<image.count {
      image.pixels[i] = truncatedByte(
        Double(image.pixels[i]) + parameters.noise[isShared ? i / image.channels : i])
    }
  }
}

extension Augmentation {
  /// Adds normally distributed noise (albumentations: `GaussNoise`).
  ///
  ///     .gaussNoise(varLimit: 10...50)
  ///
  /// - Parameters:
  ///   - varLimit: the variance, uniform in this range, out of 255²; 0…65025.
  ///   - mean: the mean of the noise, out of 255; −255…255.
  ///   - perChannel: whether each channel has its own noise.
  ///   - p: probability, 0…1.
  public static func gaussNoise(
    varLimit: ClosedRange<Double> = GaussNoise.varLimit.default, mean: Double = GaussNoise.mean.default,
    perChannel: Bool = true, p: Double = AugmentationArgument.p.default
  ) -> Augmentation {
    Augmentation(GaussNoise(varLimit: varLimit, mean: mean, perChannel: perChannel, p: p))
  }
}
