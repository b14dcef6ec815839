/// Checks that a file is a whole picture as far as its structure tells, without decoding pixels.
enum PictureFile {
  /// The reason why browsers would not show a picture; `nil` if none is found.
  ///
  /// - Parameter type: the media type of the signature.
  static func fault(in bytes: [UInt8], type: String) -> String? {
    switch type {
    case "image/png": png(bytes)
    case "image/jpeg": jpeg(bytes)
    case "image/gif": gif(bytes)
    case "image/webp": webp(bytes)
    case "image/svg+xml": svg(bytes)
    default: nil
    }
  }

  private static let truncated = "the file is incomplete"
  private static let noSize = "the picture has no pixels"

  /// A header with a size, chunks of pixels and an end. Source: PNG specification, sections 5 and 11.
  private static func png(_ bytes: [UInt8]) -> String? {
    var position = 8
    var hasPixels = false
    while position + 12 <= bytes.count {
      let length = number(bytes, position, 4)
      let name = bytes[position + 4..<position + 8]
      guard length <= bytes.count - position - 12 else { return truncated }
      if position == 8 {
        guard name.elementsEqual("IHDR".utf8), length == 13 else { return "the file has no header" }
        if number(bytes, 16, 4) == 0 || number(bytes, 20, 4) == 0 { return noSize }
      }
      if name.elementsEqual("IDAT".utf8), length > 0 { hasPixels = true }
      if name.elementsEqual("IEND".utf8) { return hasPixels ? nil : noSize }
      position += 12 + length
    }
    return truncated
  }

  /// Segments up to the pixels, one of them a frame with a size. Source: ITU-T T.81, appendix B.
  private static func jpeg(_ bytes: [UInt8]) -> String? {
    var position = 2
    var hasFrame = false
    while position + 4 <= bytes.count {
      guard bytes[position] == 0xFF else { return "the file is damaged at byte \(position)" }
      let marker = bytes[position + 1]
      // Bytes that fill, and markers without a segment.
      if marker == 0xFF {
        position += 1
        continue
      }
      if marker == 0x01 || (0xD0...0xD8).contains(marker) {
        position += 2
        continue
      }
      let length = number(bytes, position + 2, 2)
      guard length >= 2, position + 2 + length <= bytes.count else { return truncated }
      if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
        guard length >= 8, number(bytes, position + 7, 2) > 0 else { return noSize }
        hasFrame = true
      }
      // Pixels follow.
      if marker == 0xDA { return hasFrame ? nil : noSize }
      position += 2 + length
    }
    return truncated
  }

  /// A size, and a block of an image. Source: GIF89a, sections 18 and 20.
  private static func gif(_ bytes: [UInt8]) -> String? {
    guard bytes.count > 13 else { return truncated }
    // Old files have their size only in the image.
    var position = 13 + (bytes[10] & 0x80 == 0 ? 0 : 3 << (Int(bytes[10] & 7) + 1))
    while position < bytes.count {
      switch bytes[position] {
      case 0x2C:
        guard position + 10 < bytes.count else { return truncated }
        return little(bytes, position + 5) > 0 && little(bytes, position + 7) > 0 ? nil : noSize
      case 0x21:
        position += 2
        while position < bytes.count, bytes[position] > 0 { position += 1 + Int(bytes[position]) }
        position += 1
      case 0x3B: return noSize
      default: return "the file is damaged at byte \(position)"
      }
    }
    return truncated
  }

  /// A chunk of pixels within the length that the file states. Source: RFC 9649.
  private static func webp(_ bytes: [UInt8]) -> String? {
    guard bytes.count >= 20 else { return truncated }
    let length = little(bytes, 4) | little(bytes, 6) << 16
    guard length + 8 <= bytes.count, length >= 12 else { return truncated }
    let kinds = ["VP8 ", "VP8L", "VP8X"]
    return kinds.contains { bytes[12..<16].elementsEqual($0.utf8) } ? nil : "the file is damaged at byte 12"
  }

  /// An element that is closed.
  private static func svg(_ bytes: [UInt8]) -> String? {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let start = text.firstRange(of: "<svg") else { return truncated }
    let rest = text[start.upperBound...]
    guard let end = rest.firstIndex(of: ">") else { return truncated }
    return rest[..<end].hasSuffix("/") || rest.contains("</svg") ? nil : truncated
  }

  /// A number, its first byte the highest.
  private static func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int {
    bytes[start..<start + count].reduce(0) { $0 << 8 | Int($1) }
  }

  /// A number of two bytes, its first the lowest.
  private static func little(_ bytes: [UInt8], _ start: Int) -> Int {
    Int(bytes[start]) | Int(bytes[start + 1]) << 8
  }
}
