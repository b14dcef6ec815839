/// Rotates the image about its centre: bilinear, mirrored borders.
public struct Rotate: ImageTransform {
  /// albumentations' class name.
  public static let name = "Rotate"
  /// The maximum rotation in either direction, in degrees.
  public static let limit = AugmentationArgument("limit", 90.0, in: 0...360)

  /// The maximum rotation in either direction, in degrees.
  public let limit: Double
  /// The probability that the image is changed, 0…1.
  public let p: Double

  /// An angle.
  public struct Parameters: Sendable, Hashable, CustomStringConvertible {
    /// The rotation in degrees, counter-clockwise.
    public let angle: Double

    /// Creates parameters.
    public init(angle: Double) { self.angle = angle }

    public var description: String { "θ \(shortNumber(angle, 1))°" }
  }

  public var invalidArgument: AugmentationError.Fact? { Self.limit.fault(limit) }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> Parameters {
    Parameters(angle: random.uniform(-limit, limit))
  }

  public func apply(_ parameters: Parameters, to image: PixelBuffer) {
    image.warp(by: .rotation(angle: parameters.angle, size: image.size), border: .reflect101)
  }
}

extension Augmentation {
  /// Rotates the image by a random angle (albumentations: `Rotate`; bilinear, `BORDER_REFLECT_101`).
  ///
  ///     .rotate(limit: 15)
  ///
  /// - Parameters:
  ///   - limit: angles are uniform in ± this, in degrees, 0…360.
  ///   - p: probability, 0…1.
  public static func rotate(
    limit: Double = Rotate.limit.default, p: Double = AugmentationArgument.p.default
  ) -> Augmentation {
    Augmentation(Rotate(limit: limit, p: p))
  }
}
