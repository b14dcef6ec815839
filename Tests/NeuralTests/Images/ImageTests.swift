import Testing

@testable import Neural

@Suite struct ImageTests {
  @Test func `an image of another number of bytes is refused`() throws {
    let error = #expect(throws: ImageError.self) { try Image(ImageSize(2, 2), pixels: [1, 2, 3]) }
    #expect(error?.description == "an RGB image of 2×2 pixels has 12 bytes, found 3")
  }

  @Test(arguments: [(0, 5), (-1, 5), (1 << 40, 1 << 40), (Int.max, 2), (1 << 14, 1 << 13)])
  func `a size that no image has is refused before memory is taken`(height: Int, width: Int) {
    #expect(throws: ImageError(.size(ImageSize(height, width)))) { try Image(ImageSize(height, width)) }
  }

  /// Pillow 13.0.0's `resize(..., Resampling.BILINEAR)` of `ramp(7, 5)`.
  @Test func `resizing gives Pillow's bytes`() throws {
    let image = try ramp(7, 5)
    #expect(try fnv(image.resized(to: ImageSize(3, 2)).pixels) == 0x6256_2047_54f3_ee29)
    #expect(try fnv(image.resized(to: ImageSize(11, 9)).pixels) == 0xf729_abea_29e0_eb68)
    #expect(try image.resized(to: ImageSize(7, 5)) == image)
  }

  @Test func `a size too large to resize to is refused`() throws {
    let image = try ramp(7, 5)
    #expect(throws: ImageError.self) { try image.resized(to: ImageSize(0, 4)) }
    #expect(throws: ImageError.self) { try image.resized(to: ImageSize(1 << 20, 1 << 20)) }
  }
}

/// An image with bytes of all values: (31·i² + 7·i) mod 251.
func ramp(_ height: Int, _ width: Int) throws -> Image {
  let pixels = (0..<height * width * 3).map { (i: Int) -> UInt8 in UInt8((31 * i * i + 7 * i) % 251) }
  return try Image(ImageSize(height, width), pixels: pixels)
}

/// FNV-1a, 64 bits; sufficient to detect a changed byte.
func fnv(_ bytes: some Sequence<UInt8>) -> UInt64 {
  bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
}
