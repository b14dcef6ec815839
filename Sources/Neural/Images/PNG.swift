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

  /// Checks that a file can be read and begins with a PNG file's signature and header, without decoding pixels. If it has another format, the
  /// error names it.
  ///
  /// - Throws: `ImageError`, like reading the image.
  public static func check(pngFile path: String) throws(ImageError) {
    let start: [UInt8]
    do { start = try FileBytes.prefix(of: path, count: headerLength) } catch {
      throw ImageError(.unreadable((error as? FileError)?.reason ?? "\(error)"), file: path)
    }
    if let reason = start.prefix(ImageFormat.signatureLength).reasonAgainstPNG {
      throw ImageError(.unreadable(reason), file: path)
    }
    guard start.count == headerLength, start[12..<16].elementsEqual("IHDR".utf8) else {
      throw ImageError(.unreadable("the file ends after its signature, or is damaged there"), file: path)
    }
  }

  /// The length of the signature and the chunk IHDR, in bytes. Source: PNG specification, sections 5.2 and 11.2.1.
  private static let headerLength = 33

  /// Decodes a PNG file's bytes; errors use `name`.
  ///
  /// - Throws: `ImageError` if they are not a complete PNG or have more than 64 megapixels.
  public init(png bytes: [UInt8], name: String? = nil) throws(ImageError) {
    if let reason = bytes.prefix(ImageFormat.signatureLength).reasonAgainstPNG {
      throw ImageError(.unreadable(reason), file: name)
    }
    do { self.init(try PNG.decode(bytes)) } catch { throw ImageError(reading: error, file: name) }
  }

  /// The image as an RGB PNG file.
  public func png() throws(ImageError) -> [UInt8] {
    do { return try PNG.encode(converted(to: .rgb).pixels, width: width, height: height) } catch {
      switch error {
      case .library(let words): throw ImageError(.unwritable(words))
      case .size(let width, let height): throw ImageError(.size(ImageSize(height, width)))
      }
    }
  }

  private init(_ decoded: PNG.Pixels) {
    self.init(unchecked: ImageSize(decoded.height, decoded.width), colorMode: .rgb, pixels: decoded.pixels)
  }
}

extension Collection<UInt8> {
  /// The reason why a file that begins with these bytes is not a PNG file; `nil` if it may be one.
  fileprivate var reasonAgainstPNG: String? {
    if isEmpty { return "the file is empty" }
    return switch ImageFormat(Array(self)) {
    case .png: nil
    case let format?: "it is a \(format.rawValue) image; convert it to PNG"
    case nil: "no PNG signature"
    }
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
