import Support

extension Image {
  /// Reads a PNG file of any kind as 8-bit RGB, as torchvision's `ImageFolder` does. Transparency and gamma are ignored;
  /// of 16-bit values, the high byte is taken. See `PNG.decode` for the rules.
  ///
  ///     let photo = try Image(pngFile: "frog.png")
  ///
  /// - Throws: `ImageError` if the file is missing, is not a complete PNG, or has more than 64 megapixels.
  public init(pngFile path: String) throws(ImageError) {
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path, limit: 1 << 30) } catch {
      throw ImageError(.unreadable((error as? FileError)?.reason ?? "\(error)"), file: path)
    }
    try self.init(png: bytes, name: path)
  }

  /// Checks that a file can be read and begins like a PNG file, without decoding pixels.
  ///
  /// - Throws: `ImageError`, like reading the image.
  public static func check(pngFile path: String) throws(ImageError) {
    let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let found: [UInt8]
    do { found = try FileBytes.prefix(of: path, count: signature.count) } catch {
      throw ImageError(.unreadable((error as? FileError)?.reason ?? "\(error)"), file: path)
    }
    guard found == signature else {
      throw ImageError(.unreadable("no PNG signature"), file: path)
    }
  }

  /// Decodes a PNG file's bytes; errors use `name`.
  ///
  /// - Throws: `ImageError` if they are not a complete PNG or have more than 64 megapixels.
  public init(png bytes: [UInt8], name: String? = nil) throws(ImageError) {
    do { self.init(try PNG.decode(bytes)) } catch { throw ImageError(reading: error, file: name) }
  }

  /// The image as a PNG file.
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
