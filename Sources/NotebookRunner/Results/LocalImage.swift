import Foundation

/// Pictures that prose shows, put into the page.
enum LocalImage {
  /// At most so large, in bytes: the page is to be mailed.
  private static let limit = 2 << 20
  private static let types = [
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
    "svg": "image/svg+xml",
  ]

  /// A picture beside the notebook as a `data:` URI; `nil` where it cannot be read or is none.
  static func dataURI(_ path: String, in directory: String) -> String? {
    let decoded = path.removingPercentEncoding ?? path
    let ending = decoded.split(separator: ".").last.map { $0.lowercased() } ?? ""
    guard let type = types[ending] else { return nil }
    let full = decoded.hasPrefix("/") ? decoded : "\(directory)/\(decoded)"
    guard let size = try? FileManager.default.attributesOfItem(atPath: full)[.size] as? Int, size <= limit,
      let data = FileManager.default.contents(atPath: full)
    else { return nil }
    return "data:\(type);base64,\(data.base64EncodedString())"
  }
}
