import Support

/// An image file format, recognised by the first bytes of a file.
public enum ImageFormat: String, Sendable, Hashable, CaseIterable {
  /// Portable Network Graphics.
  case png = "PNG"
  /// JPEG, baseline or progressive.
  case jpeg = "JPEG"
  /// Graphics Interchange Format.
  case gif = "GIF"
  /// Windows bitmap.
  case bmp = "BMP"
  /// Tagged Image File Format.
  case tiff = "TIFF"
  /// WebP.
  case webp = "WebP"

  /// The formats that Quire can decode.
  static let readable: Set<ImageFormat> = [.png, .jpeg]

  /// These formats in words.
  public static let readableNames = "PNG or JPEG"

  /// Their lower-case extensions, the usual ones first.
  static let readableExtensions = ["png", "jpg", "jpeg", "jfif"]

  /// The names of their files in messages.
  static let readablePattern = "*.{png,jpg}"

  /// The number of bytes that identify every format.
  static let signatureLength = 12

  /// Lower-case extensions of image files: torchvision's, and those of other common formats.
  static let extensions: Set<String> = [
    "png", "jpg", "jpeg", "ppm", "bmp", "pgm", "tif", "tiff", "webp", "gif", "jfif", "heic", "avif",
  ]

  /// Whether a file's extension, in any case, is that of an image.
  static func isImage(named name: String) -> Bool { extensions.contains(fileExtension(name)) }

  /// The lower-case extension without its dot; empty if there is none.
  static func fileExtension(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }

  /// The format of a file that begins with these bytes; `nil` if it is unknown.
  init?(_ start: [UInt8]) {
    let known: [(ImageFormat, [UInt8])] = [
      (.png, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), (.jpeg, [0xFF, 0xD8, 0xFF]),
      (.gif, Array("GIF8".utf8)), (.bmp, Array("BM".utf8)), (.tiff, [0x49, 0x49, 0x2A, 0]),
      (.tiff, [0x4D, 0x4D, 0, 0x2A]),
    ]
    if let format = known.first(where: { start.starts(with: $0.1) })?.0 {
      self = format
    } else if start.starts(with: "RIFF".utf8), start.dropFirst(8).starts(with: "WEBP".utf8) {
      self = .webp
    } else {
      return nil
    }
  }

  /// The format of a file; `nil` if it is unknown or the file cannot be read.
  init?(file path: String) {
    guard let start = try? FileBytes.prefix(of: path, count: Self.signatureLength) else { return nil }
    self.init(start)
  }
}
