/// A PNG file looked at before libpng is given it: what its header promises, and what it carries besides.
struct PNGChunks {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether the file is long enough for its header's pixels: deflate makes a byte to 1032 at most.
  var canHoldItsPixels: Bool {
    guard let size = PNG.size(of: bytes), bytes.count >= 26 else { return false }
    let channels = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][bytes[25]] ?? 1
    let (area, overflow) = size.width.multipliedReportingOverflow(by: size.height)
    return !overflow && area <= PNG.largestArea && area * channels * Int(bytes[24]) / 8 <= bytes.count * 1032
  }

  /// The file's chunks that its pixels depend on, up to the first that is longer than the file: libpng takes memory
  /// for what a chunk's header says, and unpacks a thousand texts, 8 MB each, to no end.
  var essential: [UInt8] {
    guard bytes.count >= 8 else { return bytes }
    var kept = bytes[..<8]
    var position = 8
    while bytes.count - position >= 12 {
      let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
      guard length <= bytes.count - position - 12 else { break }
      let end = position + 12 + length
      if Self.isEssential(bytes[position + 4..<position + 8]) { kept += bytes[position..<end] }
      position = end
    }
    return Array(kept)
  }

  /// Chunks that begin with a capital are critical; of the others these change colours.
  private static func isEssential(_ type: ArraySlice<UInt8>) -> Bool {
    type.first.map { $0 & 0x20 == 0 } ?? false
      || ["tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD"].contains { type.elementsEqual($0.utf8) }
  }
}
