import CJPEGDecoder

/// Decodes JPEG files to 8-bit RGB pixels, height × width × 3, rows from the top.
///
///     try JPEG.decode(file).width
public enum JPEG {
  /// Decodes a JPEG file to RGB, upright (Pillow: `ImageOps.exif_transpose(Image.open(file)).convert("RGB")`).
  ///
  /// - The file is baseline or progressive, with 8 bits per channel: grey, YCbCr, RGB, CMYK or YCCK. CMYK is taken to be
  ///   inverted, as Adobe writes it. Colour profiles are ignored.
  /// - The orientation in the EXIF data is applied. torchvision's `ImageFolder` ignores it.
  ///
  /// - Throws: ``ImageCodecError`` if the file is not complete, pixels are lost, or the file is of a kind that is not
  ///   read. Pillow reads some damaged files; Quire does not.
  public static func decode(_ bytes: [UInt8]) throws(ImageCodecError) -> DecodedImage {
    let header = try JPEGHeader(bytes)
    try header.check()
    let (width, height) = (header.width, header.height)
    guard let area = DecodedImage.area(width, height) else { throw .size(width: width, height: height) }
    guard header.canHoldItsPixels(bytes.count) else {
      throw .library("the file is too short for \(width)×\(height) pixels")
    }
    var message = [CChar](repeating: 0, count: 200)
    var isDecoded = false
    let pixels = [UInt8](unsafeUninitializedCapacity: area * 3) { buffer, count in
      guard let start = buffer.baseAddress else { return }
      isDecoded =
        quire_jpeg_decode(
          bytes, bytes.count, UInt32(clamping: width), UInt32(clamping: height), start, &message) == nil
      count = isDecoded ? area * 3 : 0
    }
    guard isDecoded else { throw .library(message.withUnsafeBytes(terminated)) }
    return DecodedImage(width: width, height: height, pixels: pixels).upright(from: header.orientation)
  }
}
