/// Cuts out a window of random size and position, and resizes it.
public struct RandomResizedCrop: ImageTransform {
  /// albumentations' class name.
  public static let name = "RandomResizedCrop"
  /// The range of the window's area, as a fraction of the image's.
  public static let scale = AugmentationArgument("scale", 0.08...1, in: 0...1)
  /// The range of width / height of the window.
  public static let ratio = AugmentationArgument("ratio", 0.75...1.3333333333333333, in: 0.01...100)

  /// The height after resizing, in pixels.
  public let height: Int
  /// The width after resizing, in pixels.
  public let width: Int
  /// The range of the window's area, as a fraction of the image's.
  public let scale: ClosedRange<Double>
  /// The range of width / height of the window.
  public let ratio: ClosedRange<Double>
  /// The probability that the image is changed, 0…1.
  public let p: Double

  /// A window: its upper left corner and its size, in pixels.
  public struct Parameters: Sendable, Hashable, CustomStringConvertible {
    /// The upper left corner and the size, in pixels.
    public let y, x, height, width: Int

    /// Creates parameters.
    public init(y: Int, x: Int, height: Int, width: Int) {
      (self.y, self.x, self.height, self.width) = (y, x, height, width)
    }

    public var description: String { "\(height)×\(width) at y \(y), x \(x)" }
  }

  public func outputSize(for input: ImageSize) -> ImageSize { ImageSize(height, width) }

  public var invalidArgument: AugmentationError.Fact? {
    .side("height", height) ?? .side("width", width) ?? Self.scale.fault(scale) ?? Self.ratio.fault(ratio)
  }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> Parameters {
    let area = Double(size.pixels)
    for _ in 0..<10 {
      let target = random.uniform(scale.lowerBound, scale.upperBound) * area
      let aspect = Math.exp(random.uniform(Math.log(ratio.lowerBound), Math.log(ratio.upperBound)))
      let width = Int((target * aspect).squareRoot().rounded(.toNearestOrEven))
      let height = Int((target / aspect).squareRoot().rounded(.toNearestOrEven))
      if (1...size.width).contains(width), (1...size.height).contains(height) {
        let y = random.below(size.height - height + 1)
        return Parameters(y: y, x: random.below(size.width - width + 1), height: height, width: width)
      }
    }
    return largestWindow(of: size)
  }

  /// The largest window in the middle whose ratio is in the range.
  func largestWindow(of size: ImageSize) -> Parameters {
    let whole = Double(size.width) / Double(size.height)
    var (height, width) = (size.height, size.width)
    if whole < ratio.lowerBound {
      height = Int((Double(width) / ratio.lowerBound).rounded(.toNearestOrEven))
    } else if whole > ratio.upperBound {
      width = Int((Double(height) * ratio.upperBound).rounded(.toNearestOrEven))
    }
    (height, width) = (min(max(height, 1), size.height), min(max(width, 1), size.width))
    return Parameters(
      y: (size.height - height) / 2, x: (size.width - width) / 2, height: height, width: width)
  }

  public func apply(_ parameters: Parameters, to image: PixelBuffer) {
    image.crop(y: parameters.y, x: parameters.x, to: ImageSize(parameters.height, parameters.width))
    image.resize(to: outputSize(for: image.size))
  }
}

extension Augmentation {
  /// Cuts out a window of random area and aspect ratio, and resizes it (albumentations: `RandomResizedCrop`;
  /// bilinear).
  ///
  ///     .randomResizedCrop(32, 32, scale: 0.5...1)
  ///
  /// - Parameters:
  ///   - height: pixels after resizing, 1…1024.
  ///   - width: pixels after resizing, 1…1024.
  ///   - scale: the window's area as a fraction of the image's, uniform in this range; 0…1.
  ///   - ratio: the window's width / height; its logarithm is uniform in this range; 0.01…100.
  ///   - p: probability, 0…1; below 1 only if the image has this size.
  public static func randomResizedCrop(
    _ height: Int, _ width: Int, scale: ClosedRange<Double> = RandomResizedCrop.scale.default,
    ratio: ClosedRange<Double> = RandomResizedCrop.ratio.default,
    p: Double = AugmentationArgument.certainP.default
  ) -> Augmentation {
    Augmentation(RandomResizedCrop(height: height, width: width, scale: scale, ratio: ratio, p: p))
  }
}
