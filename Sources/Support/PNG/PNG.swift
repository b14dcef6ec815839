import CPNG

// Uses libpng's simplified interface, which reports failures by return value: no longjmp crosses Swift. None of
// libpng's pointers leave this file.

/// Converts PNG files to and from 8-bit RGB pixels, height × width × 3, rows from the top.
///
///     let file = try PNG.encode([255, 0, 0], width: 1, height: 1)
///     try PNG.decode(file).pixels   // [255, 0, 0]
public enum PNG {
  /// An encoding or decoding error.
  public enum Failure: Error, Sendable, Hashable {
    /// libpng's own message.
    case library(String)
    /// A size that is empty, too large, or does not match the pixels.
    case size(width: Int, height: Int)
  }

  /// A decoded image.
  public struct Pixels: Sendable, Hashable {
    /// The width in pixels.
    public var width: Int
    /// The height in pixels.
    public var height: Int
    /// The bytes, height × width × 3 (RGB), rows from the top.
    public var pixels: [UInt8]
  }

  /// The maximum number of pixels that are read or written.
  public static let largestArea = 1 << 26

  /// Encodes pixels as a PNG file.
  ///
  /// - Parameter pixels: width × height × 3 bytes.
  public static func encode(_ pixels: [UInt8], width: Int, height: Int) throws(Failure) -> [UInt8] {
    guard let area = area(width, height), pixels.count == area * 3 else {
      throw .size(width: width, height: height)
    }
    var control = png_image()
    control.version = png_uint_32(PNG_IMAGE_VERSION)
    control.height = png_uint_32(clamping: height)
    control.width = png_uint_32(clamping: width)
    control.format = png_uint_32(PNG_FORMAT_FLAG_COLOR)
    defer { png_image_free(&control) }
    // One call suffices: the file is never larger than the rows with zlib's and PNG's overhead.
    var length = png_alloc_size_t(pixels.count + height + pixels.count / 1000 + 4096)
    var bytes = [UInt8](repeating: 0, count: Int(length))
    guard png_image_write_to_memory(&control, &bytes, &length, 0, pixels, 0, nil) != 0 else {
      throw .library(control.words)
    }
    return Array(bytes.prefix(Int(length)))
  }

  /// Decodes a PNG file of any kind to RGB: grey and palette images are expanded, 16-bit values rounded, and
  /// transparent pixels blended with white.
  public static func decode(_ bytes: [UInt8]) throws(Failure) -> Pixels {
    let chunks = PNGChunks(bytes)
    // libpng reads the header in one call and the rest in another, so the bytes must not move.
    let read: Result<Pixels, Failure> = chunks.essential.withUnsafeBytes { memory in
      Result { () throws(Failure) in
        try self.read(chunks) { png_image_begin_read_from_memory(&$0, memory.baseAddress, memory.count) }
      }
    }
    return try read.get()
  }

  /// The width and height in a file's header; `nil` if it is not a PNG file.
  public static func size(of bytes: [UInt8]) -> (width: Int, height: Int)? {
    guard bytes.count >= 24, Array(bytes[12..<16]) == Array("IHDR".utf8) else { return nil }
    func number(_ start: Int) -> Int { bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
    return (number(16), number(20))
  }

  private static func read(_ chunks: PNGChunks, _ begin: (inout png_image) -> Int32) throws(Failure) -> Pixels
  {
    var control = png_image()
    control.version = png_uint_32(PNG_IMAGE_VERSION)
    defer { png_image_free(&control) }
    guard begin(&control) != 0 else { throw .library(control.words) }
    let (width, height) = (Int(control.width), Int(control.height))
    guard let area = area(width, height) else { throw .size(width: width, height: height) }
    guard chunks.canHoldItsPixels else {
      throw .library("the file is too short for \(width)×\(height) pixels")
    }
    control.format = png_uint_32(PNG_FORMAT_FLAG_COLOR)
    control.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
    var white = png_color(red: 255, green: 255, blue: 255)
    var pixels = [UInt8](repeating: 0, count: area * 3)
    guard png_image_finish_read(&control, &white, &pixels, 0, nil) != 0 else { throw .library(control.words) }
    return Pixels(width: width, height: height, pixels: pixels)
  }

  private static func area(_ width: Int, _ height: Int) -> Int? {
    guard width >= 1, height >= 1 else { return nil }
    let (area, overflow) = width.multipliedReportingOverflow(by: height)
    return overflow || area > largestArea ? nil : area
  }
}

extension png_image {
  /// libpng's message of the failure.
  fileprivate var words: String {
    withUnsafeBytes(of: message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
