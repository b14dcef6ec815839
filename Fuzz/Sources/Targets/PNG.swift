import Neural
import Support

extension FuzzTarget {
  /// A PNG file, unchanged and with corrected checksums. An image that can be read must be equal after writing and
  /// reading it.
  static let png = FuzzTarget(name: "png") { bytes in
    for file in [bytes, mended(bytes)] {
      // Spend the time on coverage, not on megapixels.
      guard let size = PNG.size(of: file), max(size.width, size.height) <= 512,
        let image = try? Image(decoding: file),
        let written = try? image.png()
      else { continue }
      expect((try? Image(decoding: written)) == image, "reading a written image gives another image")
    }
  }

  /// The file with correct checksums.
  private static func mended(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    var position = 8
    while bytes.count - position >= 12 {
      let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
      let end = position + 8 + length
      guard end <= bytes.count - 4 else { break }
      let sum = bytes[position + 4..<end].reduce(~UInt32(0)) { sum, byte in
        (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
      }
      for shift in 0..<4 { bytes[end + shift] = UInt8(truncatingIfNeeded: ~sum >> UInt32(24 - 8 * shift)) }
      position = end + 4
    }
    return bytes
  }
}
