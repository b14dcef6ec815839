/// The channels of an image's pixels (Keras: `color_mode`; Pillow: the modes `L` and `RGB`).
///
///     ColorMode.grayscale.channels   // 1
public enum ColorMode: String, Sendable, Hashable, CaseIterable, Codable {
  /// One channel: brightness.
  case grayscale
  /// Three channels: red, green and blue.
  case rgb

  /// The number of channels: 1 or 3.
  public var channels: Int {
    switch self {
    case .grayscale: 1
    case .rgb: 3
    }
  }

  /// The words for errors: `grayscale` or `RGB`.
  var adjective: String {
    switch self {
    case .grayscale: "grayscale"
    case .rgb: "RGB"
    }
  }
}

extension Image {
  /// The image with other channels, in Pillow's arithmetic (`convert("L")` and `convert("RGB")`).
  ///
  /// Brightness is (19595 R + 38470 G + 7471 B) / 65536, rounded: the weights 0.299, 0.587 and 0.114 of ITU-R 601-2. A
  /// grayscale image becomes an RGB image with three equal channels.
  ///
  ///     let grey = photo.converted(to: .grayscale)
  public func converted(to mode: ColorMode) -> Image {
    switch (colorMode, mode) {
    case (.grayscale, .grayscale), (.rgb, .rgb): self
    case (.grayscale, .rgb):
      Image(unchecked: size, colorMode: .rgb, pixels: pixels.flatMap { [$0, $0, $0] })
    case (.rgb, .grayscale): Image(unchecked: size, colorMode: .grayscale, pixels: brightness)
    }
  }

  /// The brightness of each pixel of an RGB image.
  private var brightness: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: size.pixels) { gray, count in
      for i in 0..<size.pixels {
        let red = UInt32(pixels[3 * i]) * 19_595
        let green = UInt32(pixels[3 * i + 1]) * 38_470
        let blue = UInt32(pixels[3 * i + 2]) * 7471
        gray[i] = UInt8((red + green + blue + 0x8000) >> 16)
      }
      count = size.pixels
    }
  }
}
