/// Multiplies every value (contrast) and adds an offset (brightness).
public struct RandomBrightnessContrast: ImageTransform {
  /// albumentations' class name.
  public static let name = "RandomBrightnessContrast"
  /// The maximum brightness offset in either direction, as a fraction of 255.
  public let brightnessLimit: Double
  /// The maximum deviation of the contrast factor from 1.
  public let contrastLimit: Double
  /// The probability that the image is changed, 0…1.
  public let p: Double

  /// A contrast factor and a brightness offset.
  public struct Parameters: Sendable, Hashable, CustomStringConvertible {
    /// The contrast factor.
    public let alpha: Double
    /// The brightness offset, as a fraction of 255.
    public let beta: Double

    /// Creates parameters.
    public init(alpha: Double, beta: Double) {
      self.alpha = alpha
      self.beta = beta
    }

    public var description: String {
      "contrast ×\(shortNumber(alpha, 2)), brightness \(shortNumber(beta, 2, sign: true))"
    }
  }

  public func problem(for input: ImageSize) -> AugmentationError.Fact? {
    .limit("brightnessLimit", brightnessLimit, 0...1) ?? .limit("contrastLimit", contrastLimit, 0...1)
  }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> Parameters {
    let alpha = 1 + random.uniform(-contrastLimit, contrastLimit)
    return Parameters(alpha: alpha, beta: random.uniform(-brightnessLimit, brightnessLimit))
  }

  public func apply(_ parameters: Parameters, to image: PixelBuffer) {
    let alpha = Float(parameters.alpha)
    let beta = Float(parameters.beta * 255)
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { table in
      for i in 0..<256 { table[i] = UInt8(min(max(Float(i) * alpha + beta, 0), 255)) }
      let pixels = image.pixels
      for i in 0..<image.count { pixels[i] = table[Int(pixels[i])] }
    }
  }
}

extension Augmentation {
  /// Changes brightness and contrast at random (albumentations: `RandomBrightnessContrast`,
  /// `brightness_by_max`).
  ///
  ///     .randomBrightnessContrast(brightnessLimit: 0.2, contrastLimit: 0.2, p: 0.5)
  ///
  /// - Parameters:
  ///   - brightnessLimit: added values are uniform in ± this times 255; 0…1.
  ///   - contrastLimit: factors are uniform in 1 ± this; 0…1.
  ///   - p: probability, 0…1.
  public static func randomBrightnessContrast(
    brightnessLimit: Double = 0.2, contrastLimit: Double = 0.2, p: Double = 0.5
  ) -> Augmentation {
    Augmentation(
      RandomBrightnessContrast(brightnessLimit: brightnessLimit, contrastLimit: contrastLimit, p: p))
  }
}
