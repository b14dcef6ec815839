/// Cuts out a window in the middle.
public struct CenterCrop: ImageTransform {
  /// albumentations' class name.
  public static let name = "CenterCrop"
  /// The height of the window in pixels.
  public let height: Int
  /// The width of the window in pixels.
  public let width: Int
  /// The probability that the image is changed, 0…1.
  public let p: Double

  public func outputSize(for input: ImageSize) -> ImageSize { ImageSize(height, width) }

  public func problem(for input: ImageSize) -> AugmentationError.Fact? {
    guard height >= 1, width >= 1, height <= input.height, width <= input.width else {
      return .crop(ImageSize(height, width), image: input)
    }
    return nil
  }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> NoParameters { .init() }

  public func apply(_ parameters: NoParameters, to image: PixelBuffer) {
    let (y, x) = ((image.size.height - height) / 2, (image.size.width - width) / 2)
    image.crop(y: y, x: x, to: outputSize(for: image.size))
  }
}

extension PixelBuffer {
  /// Cuts out a window.
  ///
  /// - Precondition: the window lies inside the image.
  func crop(y top: Int, x left: Int, to window: ImageSize) {
    let (input, channels) = (size, channels)
    precondition(
      top >= 0 && left >= 0 && top + window.height <= input.height && left + window.width <= input.width,
      "the window lies inside the image")
    replace(size: window) { source, target in
      for y in 0..<window.height {
        (target + y * window.width * channels).update(
          from: source + ((top + y) * input.width + left) * channels, count: window.width * channels)
      }
    }
  }
}

extension Augmentation {
  /// Cuts out a window of this size in the middle (albumentations: `CenterCrop`).
  ///
  ///     .centerCrop(28, 28)
  ///
  /// - Parameters:
  ///   - height: pixels, 1…the image's height.
  ///   - width: pixels, 1…the image's width.
  ///   - p: probability, 0…1; below 1 only if the crop keeps the image's size.
  public static func centerCrop(
    _ height: Int, _ width: Int, p: Double = AugmentationArgument.certainP.default
  ) -> Augmentation {
    Augmentation(CenterCrop(height: height, width: width, p: p))
  }
}
