/// Rotates square images by 0, 90, 180 or 270 degrees counter-clockwise.
public struct RandomRotate90: ImageTransform {
  /// albumentations' class name.
  public static let name = "RandomRotate90"
  /// The probability that the image is changed, 0…1.
  public let p: Double

  /// A number of quarter turns.
  public struct Parameters: Sendable, Hashable, CustomStringConvertible {
    /// Quarter turns counter-clockwise, 0…3.
    public let factor: Int

    /// Creates parameters.
    public init(factor: Int) { self.factor = factor }

    public var description: String { "\(90 * factor)°" }
  }

  public func problem(for input: ImageSize) -> AugmentationError.Fact? {
    input.height == input.width ? nil : .notSquare(input)
  }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> Parameters {
    Parameters(factor: random.below(4))
  }

  public func apply(_ parameters: Parameters, to image: PixelBuffer) {
    let (bottom, right) = (image.size.height - 1, image.size.width - 1)
    let turned = ImageSize(image.size.width, image.size.height)
    switch parameters.factor & 3 {
    case 1: image.rearrange(to: turned) { y, x in (x, right - y) }
    case 2: image.rearrange(to: image.size) { y, x in (bottom - y, right - x) }
    case 3: image.rearrange(to: turned) { y, x in (bottom - x, y) }
    default: break
    }
  }
}

extension Augmentation {
  /// Rotates by 0, 90, 180 or 270 degrees, each with the same probability (albumentations: `RandomRotate90`). The
  /// images must be square.
  ///
  ///     .randomRotate90(p: 0.5)
  ///
  /// - Parameter p: probability, 0…1.
  public static func randomRotate90(p: Double = AugmentationArgument.p.default) -> Augmentation {
    Augmentation(RandomRotate90(p: p))
  }
}
