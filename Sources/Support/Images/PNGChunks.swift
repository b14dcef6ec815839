/// Checks a PNG file before libpng reads it: its header's size, and its chunks.
struct PNGChunks {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether the file is long enough for its header's pixels: deflate expands a byte to at most 1032.
  var canHoldItsPixels: Bool {
    guard let size = PNG.size(of: bytes), bytes.count >= 26 else { return false }
    let channels = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][bytes[25]] ?? 1
    let (area, overflow) = size.width.multipliedReportingOverflow(by: size.height)
    return !overflow && area <= DecodedImage.largestArea
      && area * channels * Int(bytes[24]) / 8 <= bytes.count * 1032
  }

  /// The critical chunks, up to the first that is longer than the file: the pixels depend on no others. libpng would
  /// allocate the size in a chunk's header, and decompress thousands of text chunks of 8 MB each.
  var essential: [UInt8] {
    guard bytes.count >= 8 else { return bytes }
    var kept = bytes[..<8]
    var position = 8
    while bytes.count - position >= 12 {
      let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
      guard length <= bytes.count - position - 12 else { break }
      let end = position + 12 + length
      if Self.isCritical(bytes[position + 4..<position + 8]) { kept += bytes[position..<end] }
      position = end
    }
    return Array(kept)
  }

  /// The names of critical chunks begin with a capital.
  private static func isCritical(_ type: ArraySlice<UInt8>) -> Bool {
    type.first.map { $0 & 0x20 == 0 } ?? false
  }
}
