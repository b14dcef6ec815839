import CPNG

extension PixelImage {
  /// The image as a PNG file, 8-bit RGB, or `nil` where libpng fails, for example for want of memory.
  public func png() -> [UInt8]? {
    var header = png_image()
    header.version = UInt32(PNG_IMAGE_VERSION)
    header.width = UInt32(width)
    header.height = UInt32(height)
    header.format = UInt32(PNG_FORMAT_FLAG_COLOR)
    defer { png_image_free(&header) }
    // Never larger than the raw rows with zlib's and PNG's overhead, so one call does.
    var size = pixels.count + height + pixels.count / 1000 + 4096
    var bytes = [UInt8](repeating: 0, count: size)
    let written = png_image_write_to_memory(&header, &bytes, &size, 0, pixels, 0, nil)
    guard written != 0, size <= bytes.count else { return nil }
    return Array(bytes.prefix(size))
  }
}
