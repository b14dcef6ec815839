import Support

extension Image {
  /// Reads a PNG or JPEG file of any kind as 8-bit RGB. The content decides the format, not the extension.
  ///
  ///     let photo = try Image(file: "frog.jpg")
  ///
  /// - PNG: transparency and gamma are ignored; of 16-bit values, the high byte is taken. See `PNG.decode`.
  /// - JPEG: the picture is upright: the orientation in the EXIF data is applied. See `JPEG.decode`.
  ///
  /// - Throws: `ImageError` if the file is missing, is not a complete image, or has more than 64 megapixels.
  public init(file path: String) throws(ImageError) {
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path, limit: 1 << 30) } catch {
      throw ImageError(.unreadable((error as? FileError)?.reason ?? "\(error)"), file: path)
    }
    try self.init(decoding: bytes, name: path)
  }

  /// Decodes a PNG or JPEG file's bytes; errors use `name`.
  ///
  /// - Throws: `ImageError` if they are not a complete image or have more than 64 megapixels.
  public init(decoding bytes: [UInt8], name: String? = nil) throws(ImageError) {
    let format = try ImageFormat.readable(bytes, name: name)
    do {
      let decoded = try format == .png ? PNG.decode(bytes) : JPEG.decode(bytes)
      self.init(
        unchecked: ImageSize(decoded.height, decoded.width), colorMode: .rgb, pixels: decoded.pixels)
    } catch { throw ImageError(error, format, file: name) }
  }

  /// Checks that a file can be read and begins with the header of a PNG or JPEG file that Quire reads, without decoding
  /// pixels. If it has another format, the error names it.
  ///
  /// - Throws: `ImageError`, like reading the image.
  public static func check(file path: String) throws(ImageError) {
    func start(_ count: Int) throws(ImageError) -> [UInt8] {
      do { return try FileBytes.prefix(of: path, count: count) } catch {
        throw ImageError(.unreadable((error as? FileError)?.reason ?? "\(error)"), file: path)
      }
    }
    let bytes = try start(pngHeader)
    switch try ImageFormat.readable(bytes, name: path) {
    case .jpeg:
      let bytes = try start(jpegHeader)
      do { try JPEGHeader(bytes).check() } catch {
        // The frame may follow the bytes that are read here.
        if bytes.count < jpegHeader || error != .library(JPEGHeader.truncated) {
          throw ImageError(error, .jpeg, file: path)
        }
      }
    default:
      guard bytes.count == pngHeader, bytes[12..<16].elementsEqual("IHDR".utf8) else {
        throw ImageError(
          .unreadable("the file ends after its signature, or is damaged there", .png), file: path)
      }
    }
  }

  /// The length of a PNG file's signature and its chunk IHDR, in bytes. Source: PNG specification, sections 5.2 and
  /// 11.2.1.
  private static let pngHeader = 33
  /// The number of bytes in which a JPEG file's frame is looked for: in front of it there may be a thumbnail.
  private static let jpegHeader = 1 << 15

  /// The image as an RGB PNG file.
  public func png() throws(ImageError) -> [UInt8] {
    do { return try PNG.encode(converted(to: .rgb).pixels, width: width, height: height) } catch {
      switch error {
      case .library(let words): throw ImageError(.unwritable(words))
      case .size(let width, let height): throw ImageError(.size(ImageSize(height, width)))
      }
    }
  }
}

extension ImageFormat {
  /// The format of a file that begins with these bytes.
  ///
  /// - Throws: `ImageError` if Quire does not read it.
  fileprivate static func readable(_ bytes: [UInt8], name: String?) throws(ImageError) -> ImageFormat {
    guard !bytes.isEmpty else { throw ImageError(.unreadable("the file is empty"), file: name) }
    switch ImageFormat(bytes) {
    case let format? where readable.contains(format): return format
    case let format?:
      throw ImageError(
        .unreadable("it is a \(format.rawValue) image; convert it to \(readableNames)"), file: name)
    case nil: throw ImageError(.unreadable("it is not a \(readableNames) image"), file: name)
    }
  }
}

extension ImageError {
  fileprivate init(_ error: ImageCodecError, _ format: ImageFormat, file: String?) {
    switch error {
    case .library(let words): self.init(.unreadable(words, format), file: file)
    case .size(let width, let height): self.init(.size(ImageSize(height, width)), file: file)
    }
  }
}
