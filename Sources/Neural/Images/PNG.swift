import Formats

extension Image {
  /// Reads a PNG file of any kind as 8-bit RGB: grey and palette images are expanded, 16-bit ones rounded,
  /// transparent pixels laid over white.
  ///
  ///     let photo = try Image(pngFile: "frog.png")
  ///
  /// - Throws: `ImageError` where the file is absent, is no whole PNG, or holds more than 64 megapixels.
  public init(pngFile path: String) throws(ImageError) {
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path, limit: 1 << 30) } catch {
      throw ImageError(.unreadable((error as? FileError)?.reason ?? "\(error)"), file: path)
    }
    try self.init(png: bytes, name: path)
  }

  /// Whether a file can be read and begins as PNG files do; no pixel is read.
  ///
  /// - Throws: `ImageError` as reading it would.
  public static func check(pngFile path: String) throws(ImageError) {
    let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let found: [UInt8]
    do { found = try FileBytes.prefix(of: path, count: signature.count) } catch {
      throw ImageError(.unreadable((error as? FileError)?.reason ?? "\(error)"), file: path)
    }
    guard found == signature else {
      throw ImageError(.unreadable("it does not begin as PNG files do"), file: path)
    }
  }

  /// Reads a PNG file's bytes; `name` is what errors call them.
  public init(png bytes: [UInt8], name: String? = nil) throws(ImageError) {
    do { self.init(try PNG.decode(bytes)) } catch { throw ImageError(reading: error, file: name) }
  }

  /// The image as the bytes of a PNG file.
  public func png() throws(ImageError) -> [UInt8] {
    do { return try PNG.encode(pixels, width: width, height: height) } catch {
      switch error {
      case .library(let words): throw ImageError(.unwritable(words))
      case .size(let width, let height): throw ImageError(.size(ImageSize(height, width)))
      }
    }
  }

  private init(_ decoded: PNG.Pixels) {
    self.init(unchecked: ImageSize(decoded.height, decoded.width), pixels: decoded.pixels)
  }
}

extension ImageError {
  fileprivate init(reading failure: PNG.Failure, file: String?) {
    switch failure {
    case .library(let words): self.init(.unreadable(words), file: file)
    case .size(let width, let height): self.init(.size(ImageSize(height, width)), file: file)
    }
  }
}
