import CPNG

// libpng through its simplified interface, which reports failures by return value: no longjmp crosses Swift.
// No pointer of libpng's leaves this file.

extension Image {
  /// Reads a PNG file of any kind as 8-bit RGB: grey and palette images are expanded, 16-bit ones rounded,
  /// transparent pixels laid over white.
  ///
  ///     let photo = try Image(pngFile: "frog.png")
  ///
  /// - Throws: `ImageError` where the file is absent, is no whole PNG, or holds more than 64 megapixels.
  public init(pngFile path: String) throws(ImageError) {
    self = try Self.read(named: path) { png_image_begin_read_from_file(&$0, path) }
  }

  /// Reads a PNG file's bytes; `name` is what errors call them.
  public init(png bytes: [UInt8], name: String? = nil) throws(ImageError) {
    // libpng reads the header in one call and the rest in another, so the bytes must stay where they are.
    let read: Result<Image, ImageError> = bytes.withUnsafeBytes { memory in
      Result { () throws(ImageError) in
        try Self.read(named: name) { png_image_begin_read_from_memory(&$0, memory.baseAddress, memory.count) }
      }
    }
    self = try read.get()
  }

  /// The image as the bytes of a PNG file.
  public func png() throws(ImageError) -> [UInt8] {
    var control = Self.control(for: size)
    var length = png_alloc_size_t(0)
    guard png_image_write_to_memory(&control, nil, &length, 0, pixels, 0, nil) != 0 else {
      throw ImageError(.unwritable(control.words))
    }
    var failure: String?
    let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
      if png_image_write_to_memory(&control, buffer.baseAddress, &length, 0, pixels, 0, nil) == 0 {
        failure = control.words
        length = 0
      }
      count = length
    }
    if let failure { throw ImageError(.unwritable(failure)) }
    return bytes
  }

  /// Writes the image as a PNG file, replacing one that exists.
  public func writePNG(to path: String) throws(ImageError) {
    var control = Self.control(for: size)
    guard png_image_write_to_file(&control, path, 0, pixels, 0, nil) != 0 else {
      throw ImageError(.unwritable(control.words), file: path)
    }
  }

  private static func read(
    named name: String?, begin: (inout png_image) -> Int32
  ) throws(ImageError) -> Image {
    var control = png_image()
    control.version = png_uint_32(PNG_IMAGE_VERSION)
    defer { png_image_free(&control) }
    guard begin(&control) != 0 else { throw ImageError(.unreadable(control.words), file: name) }
    let size = ImageSize(Int(control.height), Int(control.width))
    guard let area = size.checkedPixels else { throw ImageError(.size(size), file: name) }
    control.format = png_uint_32(PNG_FORMAT_FLAG_COLOR)
    control.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
    var white = png_color(red: 255, green: 255, blue: 255)
    var pixels = [UInt8](repeating: 0, count: area * 3)
    guard png_image_finish_read(&control, &white, &pixels, 0, nil) != 0 else {
      throw ImageError(.unreadable(control.words), file: name)
    }
    return Image(unchecked: size, pixels: pixels)
  }

  private static func control(for size: ImageSize) -> png_image {
    var control = png_image()
    control.version = png_uint_32(PNG_IMAGE_VERSION)
    control.height = png_uint_32(clamping: size.height)
    control.width = png_uint_32(clamping: size.width)
    control.format = png_uint_32(PNG_FORMAT_FLAG_COLOR)
    return control
  }
}

extension png_image {
  /// libpng's message of the failure.
  fileprivate var words: String {
    withUnsafeBytes(of: message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
