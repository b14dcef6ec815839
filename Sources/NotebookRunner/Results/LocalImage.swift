import Foundation
import Neural
import Support

/// Embeds images from prose in the page.
enum LocalImage {
  /// The maximum size in bytes, since the page should be small enough for e-mail.
  private static let limit = 2 << 20
  private static let types = [
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
    "svg": "image/svg+xml",
  ]

  /// An image next to the notebook as a `data:` URI; `nil` if it cannot be read or is not an image.
  static func dataURI(_ path: String, in directory: String) -> String? {
    let decoded = path.removingPercentEncoding ?? path
    // A path ends at a NUL: `secret%00.png` would read another file.
    guard !decoded.utf8.contains(0) else { return nil }
    let ending = decoded.split(separator: ".").last.map { $0.lowercased() } ?? ""
    guard let type = types[ending] else { return nil }
    let full = decoded.hasPrefix("/") ? decoded : "\(directory)/\(decoded)"
    guard let bytes = try? FileBytes.read(full, limit: limit) else { return nil }
    return "data:\(type);base64,\(Data(bytes).base64EncodedString())"
  }
}
