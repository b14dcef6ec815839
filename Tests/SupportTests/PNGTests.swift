import Testing

@testable import Support

/// PNG files whose header or chunks claim too much.
struct PNGTests {
  private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(type.utf8) + data
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in body {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return big(UInt32(data.count)) + body + big(~sum)
  }

  private static func big(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
  }

  @Test func `a file too short for its pixels is refused before memory is taken`() throws {
    let small = try PNG.encode([1, 2, 3], width: 1, height: 1)
    // 8192×8192 pixels of 16-bit RGBA in a 69-byte file.
    let header = Self.chunk("IHDR", Self.big(8192) + Self.big(8192) + [16, 6, 0, 0, 0])
    let file = small[..<8] + header + small[33...]
    #expect(throws: ImageCodecError.library("the file is too short for 8192×8192 pixels")) {
      try PNG.decode(Array(file))
    }
    #expect(PNGChunks(small).canHoldItsPixels)
  }

  @Test func `a picture of one colour is as small as deflate makes it, and is read`() throws {
    let pixels = [UInt8](repeating: 0, count: 2000 * 2000 * 3)
    let file = try PNG.encode(pixels, width: 2000, height: 2000)
    #expect(try PNG.decode(file).pixels == pixels)
  }

  @Test func `texts are not unpacked, and colours do not depend on gamma`() throws {
    let file = try PNG.encode([1, 2, 3], width: 1, height: 1)
    let texts = Self.chunk("zTXt", [65, 0, 0, 120, 218]) + Self.chunk("iTXt", Array("k\0\u{1}\0\0\0x".utf8))
    let gamma = Self.chunk("gAMA", Self.big(100_000))
    let stuffed = Array(file[..<33]) + texts + gamma + texts + file[33...]
    let critical = PNGChunks(file).essential
    #expect(PNGChunks(stuffed).essential == critical)
    for name in ["gAMA", "sRGB", "zTXt", "iTXt"] { #expect(!critical.contains(Array(name.utf8))) }
    #expect(try PNG.decode(stuffed) == PNG.decode(file))
    #expect(PNGChunks(critical).essential == critical)
  }

  @Test func `no memory is taken for a chunk that is longer than the file`() throws {
    let file = try PNG.encode([1, 2, 3], width: 1, height: 1)
    let liar = Self.big(0x7E00_1300) + Array("tRNS".utf8) + [1, 2, 3, 4]
    let lying = Array(file[..<33]) + liar + file[33...]
    #expect(PNGChunks(lying).essential == Array(file[..<33]))
    #expect(throws: ImageCodecError.self) { try PNG.decode(lying) }
    for length in 0..<lying.count { _ = PNGChunks(Array(lying.prefix(length))).essential }
  }
}
