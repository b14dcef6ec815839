/// An image with 8 bits per channel, rows from the top, height × width × channel (HWC). The channels are R, G and B, or
/// brightness alone (``ColorMode``).
///
///     let red = try Image(ImageSize(2, 2), color: RGB(255, 0, 0))
///     red.pixels.count   // 12
public struct Image: Sendable, Hashable {
  /// The height and width in pixels.
  public let size: ImageSize
  /// The kind of channels.
  public let colorMode: ColorMode
  /// `height * width * channels` bytes: all channels of the first row's first pixel, then of its next, row by row.
  public private(set) var pixels: [UInt8]

  /// The height in pixels.
  public var height: Int { size.height }
  /// The width in pixels.
  public var width: Int { size.width }
  /// The number of channels: 1 or 3.
  public var channels: Int { colorMode.channels }

  /// Creates an image.
  ///
  /// - Throws: `ImageError` if the size is empty, above 64 megapixels or does not match the pixels.
  public init(_ size: ImageSize, colorMode: ColorMode = .rgb, pixels: [UInt8]) throws(ImageError) {
    guard let area = size.checkedPixels else { throw ImageError(.size(size)) }
    guard pixels.count == area * colorMode.channels else {
      throw ImageError(.pixelCount(size: size, colorMode, found: pixels.count))
    }
    self.size = size
    self.colorMode = colorMode
    self.pixels = pixels
  }

  /// Creates an RGB image of one colour.
  ///
  /// - Throws: `ImageError` if the size is empty or above 64 megapixels.
  public init(_ size: ImageSize, color: RGB = .black) throws(ImageError) {
    guard let area = size.checkedPixels else { throw ImageError(.size(size)) }
    self.size = size
    colorMode = .rgb
    pixels = Array(unsafeUninitializedCapacity: area * 3) { buffer, count in
      for i in 0..<area {
        buffer[3 * i] = color.red
        buffer[3 * i + 1] = color.green
        buffer[3 * i + 2] = color.blue
      }
      count = area * 3
    }
  }

  /// Creates an image from pixels whose size has already been checked.
  init(unchecked size: ImageSize, colorMode: ColorMode, pixels: [UInt8]) {
    assert(pixels.count == size.pixels * colorMode.channels)
    self.size = size
    self.colorMode = colorMode
    self.pixels = pixels
  }
}

/// A colour, 8 bits per channel.
public struct RGB: Sendable, Hashable {
  /// The channels, 0…255.
  public var red, green, blue: UInt8

  /// Creates a colour.
  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    (self.red, self.green, self.blue) = (red, green, blue)
  }

  /// Black.
  public static let black = RGB(0, 0, 0)
}

/// An error in an image or its file.
public struct ImageError: Problem, Hashable {
  /// The kinds of errors.
  public enum Fact: Sendable, Hashable {
    /// The size is empty or above 64 megapixels.
    case size(ImageSize)
    /// The number of bytes is not height × width × channels.
    case pixelCount(size: ImageSize, ColorMode, found: Int)
    /// The file cannot be read, with the reason in words and the format, if the error is about the file's content.
    case unreadable(String, ImageFormat? = nil)
    /// The file cannot be written.
    case unwritable(String)
  }

  /// The kind of error, with its details.
  public var fact: Fact
  /// The file's path, if the image has a file.
  public var file: String?

  /// Creates an error.
  public init(_ fact: Fact, file: String? = nil) {
    self.fact = fact
    self.file = file
  }

  public var description: String {
    let who = file.map { "\($0): " } ?? ""
    switch fact {
    case .size(let size):
      return
        "\(who)an image of \(size) pixels (height×width): both must be at least 1, and the maximum number of pixels is "
        + "\(ImageSize.mostPixels)"
    case .pixelCount(let size, let mode, let found):
      let article = mode == .rgb ? "an" : "a"
      return
        "\(who)\(article) \(mode.adjective) image of \(size) pixels has \(size.pixels * mode.channels) bytes, "
        + "found \(found)"
    case .unreadable(let reason, let format):
      return "\(who)cannot read the \(format.map { "\($0.rawValue) " } ?? "")image: \(reason)"
    case .unwritable(let reason):
      return "\(who)cannot write the PNG image: \(reason)"
    }
  }
}
