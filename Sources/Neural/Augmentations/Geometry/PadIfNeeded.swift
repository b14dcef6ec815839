/// Enlarges small images with mirrored borders, evenly on both sides; an odd pixel is added below or on the right.
public struct PadIfNeeded: ImageTransform {
  /// albumentations' class name.
  public static let name = "PadIfNeeded"
  /// The minimum height in pixels.
  public let minHeight: Int
  /// The minimum width in pixels.
  public let minWidth: Int
  public var p: Double { 1 }

  public func outputSize(for input: ImageSize) -> ImageSize {
    ImageSize(max(input.height, minHeight), max(input.width, minWidth))
  }

  public func problem(for input: ImageSize) -> AugmentationError.Fact? {
    for (name, value) in [("minHeight", minHeight), ("minWidth", minWidth)] where value < 1 {
      return .value(name: name, expected: "at least 1 pixel", found: "\(value)")
    }
    return outputSize(for: input).checkedPixels == nil ? .tooLarge(outputSize(for: input)) : nil
  }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> NoParameters { .init() }

  public func apply(_ parameters: NoParameters, to image: PixelBuffer) {
    let input = image.size
    let output = outputSize(for: input)
    guard output != input else { return }
    let top = (output.height - input.height) / 2
    let left = (output.width - input.width) / 2
    let channels = image.channels
    image.replace(size: output) { source, target in
      for y in 0..<output.height {
        let from = source + reflect101(y - top, input.height) * input.width * channels
        let to = target + y * output.width * channels
        (to + left * channels).update(from: from, count: input.width * channels)
        func copyPixel(_ x: Int) {
          (to + x * channels).update(
            from: from + reflect101(x - left, input.width) * channels, count: channels)
        }
        for x in 0..<left { copyPixel(x) }
        for x in (left + input.width)..<output.width { copyPixel(x) }
      }
    }
  }
}

extension Augmentation {
  /// Pads images that are smaller than this by mirroring (albumentations: `PadIfNeeded`, `BORDER_REFLECT_101`),
  /// with probability 1. Larger images are unchanged.
  ///
  ///     .padIfNeeded(minHeight: 36, minWidth: 36)   // 32×32 becomes 36×36: 2 pixels on each side
  ///
  /// - Parameters:
  ///   - minHeight: minimum height in pixels, at least 1.
  ///   - minWidth: minimum width in pixels, at least 1.
  public static func padIfNeeded(minHeight: Int = 1024, minWidth: Int = 1024) -> Augmentation {
    Augmentation(PadIfNeeded(minHeight: minHeight, minWidth: minWidth))
  }
}
