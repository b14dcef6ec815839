import Foundation
import Support
import Testing

@testable import Neural

@Suite struct PNGTests {
  @Test func `what is written is read again`() throws {
    let image = try ramp(9, 13)
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("quire-\(UUID()).png").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try AtomicFile.write(image.png(), to: path)
    #expect(try Image(file: path) == image)
    #expect(try Image(decoding: image.png()) == image)
  }

  @Test func `grey, palette, transparent and 16-bit files become RGB`() throws {
    // Each 2×1: made with Pillow and zlib by hand.
    #expect(try Image(decoding: Samples.grey).pixels == [10, 10, 10, 200, 200, 200])
    #expect(try Image(decoding: Samples.palette).pixels == [1, 2, 3, 250, 128, 7])
    #expect(try Image(decoding: Samples.transparent).pixels == [77, 66, 55, 9, 8, 7])
    #expect(try Image(decoding: Samples.sixteenBit).pixels == [10, 10, 10, 200, 200, 200])
  }

  @Test func `a missing file is reported with its name`() throws {
    let error = #expect(throws: ImageError.self) { try Image(file: "/nowhere/frog.png") }
    #expect(error?.file == "/nowhere/frog.png")
    #expect(
      error?.description == "/nowhere/frog.png: cannot read the image: No such file or directory")
  }

  @Test func `no cut or damaged file crashes or passes for an image`() throws {
    let whole = try ramp(24, 24).png()
    for length in 0..<whole.count - 12 {
      #expect(throws: ImageError.self) { try Image(decoding: Array(whole.prefix(length))) }
    }
    var random = RandomStream(seed: 3, .gallery)
    for _ in 0..<300 {
      var damaged = whole
      for _ in 0..<1 + random.below(4) { damaged[random.below(damaged.count)] = UInt8(random.below(256)) }
      _ = try? Image(decoding: damaged)
    }
    #expect(throws: ImageError.self) { try Image(decoding: Array("not a PNG at all".utf8)) }
  }

  @Test func `a file that says it is huge is refused before memory is taken`() throws {
    #expect(throws: ImageError.self) { try Image(decoding: Samples.huge) }
  }
}

/// PNG files of two pixels, and one that claims 3.6 billion.
private enum Samples {
  static let grey = bytes(
    "89504e470d0a1a0a0000000d4948445200000002000000010800000000d14920560000000b4944415478da63e0"
      + "3a010000df00d3d885d2ae0000000049454e44ae426082")
  static let palette = bytes(
    "89504e470d0a1a0a0000000d4948445200000002000000010803000000c3fc8fb800000006504c5445010203fa"
      + "80071bfa6d0a0000000b4944415478da6360600400000400022cde48ad0000000049454e44ae426082")
  static let transparent = bytes(
    "89504e470d0a1a0a0000000d4948445200000002000000010806000000f4227f8a000000114944415478da63f0"
      + "753267e0e460ff0f0006d201debfdba2d00000000049454e44ae426082")
  static let sixteenBit = bytes(
    "89504e470d0a1a0a0000000d49484452000000020000000110020000002bd0349e0000000e4944415478da63e0"
      + "02831360000012af04ed0d148fbf0000000049454e44ae426082")
  static let huge = bytes(
    "89504e470d0a1a0a0000000d494844520000ea600000ea6008020000000fb0e2150000000c4944415478da6360"
      + "a03d000000640001b899ef990000000049454e44ae426082")

  private static func bytes(_ hex: String) -> [UInt8] {
    let digits = hex.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }
}
