/// Swaps rows and columns: mirrors the image at its main diagonal.
public struct Transpose: ImageTransform {
  /// albumentations' class name.
  public static let name = "Transpose"
  /// The probability that the image is changed, 0…1.
  public let p: Double

  public func outputSize(for input: ImageSize) -> ImageSize { ImageSize(input.width, input.height) }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> NoParameters { .init() }

  public func apply(_ parameters: NoParameters, to image: PixelBuffer) {
    image.rearrange(to: outputSize(for: image.size)) { y, x in (x, y) }
  }
}

extension PixelBuffer {
  /// Moves pixels: `source` returns the row and column that the pixel at a row and column comes from.
  func rearrange(to newSize: ImageSize, _ source: (_ y: Int, _ x: Int) -> (y: Int, x: Int)) {
    let (width, channels) = (size.width, channels)
    replace(size: newSize) { old, new in
      var target = new
      for y in 0..<newSize.height {
        for x in 0..<newSize.width {
          let from = source(y, x)
          let pixel = old + (from.y &* width &+ from.x) &* channels
          for channel in 0..<channels { target[channel] = pixel[channel] }
          target += channels
        }
      }
    }
  }
}

extension Augmentation {
  /// Swaps rows and columns (albumentations: `Transpose`).
  ///
  ///     .transpose(p: 0.5)
  ///
  /// - Parameter p: probability, 0…1; below 1 only for square images.
  public static func transpose(p: Double = AugmentationArgument.p.default) -> Augmentation {
    Augmentation(Transpose(p: p))
  }
}
