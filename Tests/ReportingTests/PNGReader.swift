import CPNG

/// A PNG decoded by libpng: 8-bit RGB, or `nil` if it is not a PNG.
func decodePNG(_ bytes: [UInt8]) -> (width: Int, height: Int, pixels: [UInt8])? {
  var header = png_image()
  header.version = UInt32(PNG_IMAGE_VERSION)
  defer { png_image_free(&header) }
  return bytes.withUnsafeBytes { buffer in
    guard png_image_begin_read_from_memory(&header, buffer.baseAddress, buffer.count) != 0 else { return nil }
    header.format = UInt32(PNG_FORMAT_FLAG_COLOR)
    var pixels = [UInt8](repeating: 0, count: Int(header.width) * Int(header.height) * 3)
    guard png_image_finish_read(&header, nil, &pixels, 0, nil) != 0 else { return nil }
    return (Int(header.width), Int(header.height), pixels)
  }
}
