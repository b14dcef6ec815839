/// Spreads the values of each channel evenly over 0…255: OpenCV's `equalizeHist`.
public struct Equalize: ImageTransform {
  /// albumentations' class name.
  public static let name = "Equalize"
  /// The probability that the image is changed, 0…1.
  public let p: Double

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> NoParameters { .init() }

  public func apply(_ parameters: NoParameters, to image: PixelBuffer) {
    let tables = (0..<image.channels).map {
      Self.table(image.histogram(ofChannel: $0), total: image.size.pixels)
    }
    image.mapChannels { tables[$0][$1] }
  }

  private static func table(_ histogram: [Int], total: Int) -> [UInt8] {
    var table = [UInt8](repeating: 0, count: 256)
    guard let least = histogram.firstIndex(where: { $0 > 0 }) else { return table }
    if histogram[least] == total { return [UInt8](repeating: UInt8(least), count: 256) }
    let scale = 255 / Float(total - histogram[least])
    var sum = 0
    for value in least + 1..<256 {
      sum += histogram[value]
      table[value] = roundedByte(Float(sum) * scale)
    }
    return table
  }
}

extension Augmentation {
  /// Equalises the histogram of each channel (albumentations: `Equalize`, `mode="cv"`, `by_channels=True`).
  ///
  ///     .equalize(p: 0.2)
  ///
  /// - Parameter p: probability, 0…1.
  public static func equalize(p: Double = AugmentationArgument.p.default) -> Augmentation {
    Augmentation(Equalize(p: p))
  }
}
