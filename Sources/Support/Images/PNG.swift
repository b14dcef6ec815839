import CPNG
import CPNGDecoder

// Writes with libpng's simplified interface, which reports failures by return value, and reads with a function in C: no
// longjmp crosses Swift. None of libpng's pointers leave this file.

/// Converts PNG files to and from 8-bit RGB pixels, height × width × 3, rows from the top.
///
///     let file = try PNG.encode([255, 0, 0], width: 1, height: 1)
///     try PNG.decode(file).pixels   // [255, 0, 0]
public enum PNG {
  /// Encodes pixels as a PNG file.
  ///
  /// - Parameter pixels: width × height × 3 bytes.
  public static func encode(_ pixels: [UInt8], width: Int, height: Int) throws(ImageCodecError) -> [UInt8] {
    guard let area = DecodedImage.area(width, height), pixels.count == area * 3 else {
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

  /// Decodes a PNG file of any kind to RGB, with the values as stored (Pillow: `Image.open(file).convert("RGB")`, hence
  /// torchvision's `ImageFolder`).
  ///
  /// - Greys are repeated in all channels; those of 1, 2 and 4 bits are stretched to 0…255.
  /// - Indices are looked up in the palette; an index that the palette does not have is black.
  /// - Alpha channels and transparent colours are ignored: pixels are not blended with a background.
  /// - Gamma, colour profiles and the background colour are ignored.
  /// - Of 16-bit values, the high byte is taken. Pillow differs for grey only: all values above 255 become white.
  ///
  /// - Throws: ``ImageCodecError`` if the file is not a complete PNG file. Pillow reads some damaged files; Quire does not.
  public static func decode(_ bytes: [UInt8]) throws(ImageCodecError) -> DecodedImage {
    guard let (width, height) = size(of: bytes) else { throw .library("not a PNG file") }
    guard let area = DecodedImage.area(width, height) else { throw .size(width: width, height: height) }
    let chunks = PNGChunks(bytes)
    guard chunks.canHoldItsPixels else {
      throw .library("the file is too short for \(width)×\(height) pixels")
    }
    var pixels = [UInt8](repeating: 0, count: area * 3)
    var message = [CChar](repeating: 0, count: 128)
    let isDecoded = chunks.essential.withUnsafeBufferPointer { file in
      quire_png_decode(
        file.baseAddress, file.count, UInt32(clamping: width), UInt32(clamping: height), &pixels, &message)
        == nil
    }
    guard isDecoded else { throw .library(message.withUnsafeBytes(terminated)) }
    return DecodedImage(width: width, height: height, pixels: pixels)
  }

  /// The width and height in a file's header; `nil` if it is not a PNG file.
  public static func size(of bytes: [UInt8]) -> (width: Int, height: Int)? {
    guard bytes.count >= 24, Array(bytes[12..<16]) == Array("IHDR".utf8) else { return nil }
    func number(_ start: Int) -> Int { bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
    return (number(16), number(20))
  }
}

extension png_image {
  /// libpng's message of the failure.
  fileprivate var words: String { withUnsafeBytes(of: message, terminated) }
}
