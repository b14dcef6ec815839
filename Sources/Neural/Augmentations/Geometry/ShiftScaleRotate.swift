/// Rotates and scales the image about its centre, then shifts it: one bilinear resampling, mirrored borders.
public struct ShiftScaleRotate: ImageTransform {
  /// albumentations' class name.
  public static let name = "ShiftScaleRotate"
  /// The maximum shift in either direction, as a fraction of the width or height.
  public let shiftLimit: Double
  /// The maximum deviation of the scale from 1.
  public let scaleLimit: Double
  /// The maximum rotation in either direction, in degrees.
  public let rotateLimit: Double
  /// The probability that the image is changed, 0…1.
  public let p: Double

  /// A rotation, a scale and a shift.
  public struct Parameters: Sendable, Hashable, CustomStringConvertible {
    /// The rotation in degrees, counter-clockwise.
    public let angle: Double
    /// The scale; above 1 enlarges.
    public let scale: Double
    /// The shift to the right, as a fraction of the width.
    public let dx: Double
    /// The shift down, as a fraction of the height.
    public let dy: Double

    /// Creates parameters.
    public init(angle: Double, scale: Double, dx: Double, dy: Double) {
      self.angle = angle
      self.scale = scale
      self.dx = dx
      self.dy = dy
    }

    public var description: String {
      "θ \(shortNumber(angle, 1))°, scale \(shortNumber(scale, 2)), "
        + "shift (\(shortNumber(dx, 2)), \(shortNumber(dy, 2)))"
    }
  }

  public func problem(for input: ImageSize) -> AugmentationError.Fact? {
    .limit("shiftLimit", shiftLimit, 0...1) ?? .limit("rotateLimit", rotateLimit, 0...360)
      ?? (scaleLimit >= 0 && scaleLimit < 1
        ? nil : .value(name: "scaleLimit", expected: "at least 0 and below 1", found: "\(scaleLimit)"))
  }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> Parameters {
    let angle = random.uniform(-rotateLimit, rotateLimit)
    let scale = random.uniform(1 - scaleLimit, 1 + scaleLimit)
    let dx = random.uniform(-shiftLimit, shiftLimit)
    return Parameters(angle: angle, scale: scale, dx: dx, dy: random.uniform(-shiftLimit, shiftLimit))
  }

  public func apply(_ parameters: Parameters, to image: PixelBuffer) {
    let matrix = AffineMatrix.rotation(
      angle: parameters.angle, scale: parameters.scale, dx: parameters.dx, dy: parameters.dy, size: image.size
    )
    image.warp(by: matrix, border: .reflect101)
  }
}

extension Augmentation {
  /// Rotates, scales and shifts the image at random (albumentations: `ShiftScaleRotate`; bilinear,
  /// `BORDER_REFLECT_101`).
  ///
  ///     .shiftScaleRotate(shiftLimit: 0.1, scaleLimit: 0.1, rotateLimit: 15, p: 0.5)
  ///
  /// - Parameters:
  ///   - shiftLimit: maximum shift in either direction, as a fraction of the width or height, 0…1.
  ///   - scaleLimit: scales are uniform in 1 ± this; at least 0, below 1.
  ///   - rotateLimit: angles are uniform in ± this, in degrees, 0…360.
  ///   - p: probability, 0…1.
  public static func shiftScaleRotate(
    shiftLimit: Double = 0.0625, scaleLimit: Double = 0.1, rotateLimit: Double = 45, p: Double = 0.5
  ) -> Augmentation {
    Augmentation(
      ShiftScaleRotate(shiftLimit: shiftLimit, scaleLimit: scaleLimit, rotateLimit: rotateLimit, p: p))
  }
}
