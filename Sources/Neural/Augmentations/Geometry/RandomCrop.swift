/// Cuts out a window at a random position.
public struct RandomCrop: ImageTransform {
  /// albumentations' class name.
  public static let name = "RandomCrop"
  /// The height of the window in pixels.
  public let height: Int
  /// The width of the window in pixels.
  public let width: Int
  /// The probability that the image is changed, 0…1.
  public let p: Double

  /// The window's upper left corner, in pixels.
  public struct Parameters: Sendable, Hashable, CustomStringConvertible {
    /// The top row, from 0.
    public let y: Int
    /// The left column, from 0.
    public let x: Int

    /// Creates parameters.
    public init(y: Int, x: Int) {
      self.y = y
      self.x = x
    }

    public var description: String { "y \(y), x \(x)" }
  }

  public func outputSize(for input: ImageSize) -> ImageSize { ImageSize(height, width) }

  public func problem(for input: ImageSize) -> AugmentationError.Fact? {
    guard height >= 1, width >= 1, height <= input.height, width <= input.width else {
      return .crop(ImageSize(height, width), image: input)
    }
    return nil
  }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> Parameters {
    let y = random.below(size.height - height + 1)
    return Parameters(y: y, x: random.below(size.width - width + 1))
  }

  public func apply(_ parameters: Parameters, to image: PixelBuffer) {
    image.crop(y: parameters.y, x: parameters.x, to: ImageSize(height, width))
  }
}

extension Augmentation {
  /// Cuts out a window of this size at a uniformly random position (albumentations: `RandomCrop`).
  ///
  ///     .randomCrop(32, 32)
  ///
  /// - Parameters:
  ///   - height: pixels, 1…the image's height.
  ///   - width: pixels, 1…the image's width.
  ///   - p: probability, 0…1; below 1 only if the crop keeps the image's size.
  public static func randomCrop(_ height: Int, _ width: Int, p: Double = 1) -> Augmentation {
    Augmentation(RandomCrop(height: height, width: width, p: p))
  }
}
