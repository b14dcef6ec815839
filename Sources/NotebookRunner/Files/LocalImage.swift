import Foundation
import Support

/// Embeds images from prose in the page.
enum LocalImage {
  /// The maximum size in bytes, since the page should be small enough for e-mail.
  static let limit = 2 << 20

  /// An image next to the notebook as a `data:` URI; `nil` if it cannot be read or is not an image.
  static func dataURI(_ destination: String, in directory: String) -> String? {
    guard let file = LocalFile(destination, in: directory), case .success(let (type, bytes)) = file.picture
    else {
      return nil
    }
    return "data:\(type);base64,\(Data(bytes).base64EncodedString())"
  }

  /// The media type of an image that browsers show, from its content.
  static func type(of bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
    if bytes.starts(with: "GIF87a".utf8) || bytes.starts(with: "GIF89a".utf8) { return "image/gif" }
    if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) { return "image/webp" }
    // An image element runs no script and loads nothing, so an SVG is safe there.
    let head = String(decoding: bytes.prefix(4096), as: UTF8.self).drop {
      $0.isWhitespace || $0 == "\u{FEFF}"
    }
    let isMarkup = ["<svg", "<?xml", "<!--", "<!DOCTYPE svg"].contains { head.hasPrefix($0) }
    return isMarkup && head.contains("<svg") ? "image/svg+xml" : nil
  }
}
