import Foundation
import Testing

@testable import Neural

/// JPEG files of every kind have Pillow's pixels, upright. Otherwise a model sees other images than the same folder
/// gives in PyTorch.
@Suite struct JPEGFixtureTests {
  /// `Fixtures/jpeg.json`, written by `scripts/make-fixtures jpeg`.
  private struct Fixture: Decodable {
    struct File: Decodable {
      let name: String
      let width, height: Int
      let file, pixels: Data
    }

    let files: [File]

    init() throws {
      let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures/jpeg.json")
      self = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file))
    }

    func bytes(_ name: String) throws -> [UInt8] {
      Array(try #require(files.first { $0.name == name }).file)
    }
  }

  @Test func `every kind of file has the pixels that Pillow reads`() throws {
    let fixture = try Fixture()
    #expect(fixture.files.count == 59)
    for file in fixture.files {
      let image = try Image(decoding: Array(file.file))
      #expect(image.size == ImageSize(file.height, file.width), "\(file.name)")
      #expect(image.pixels == Array(file.pixels), "\(file.name)")
    }
  }

  @Test(arguments: ["baseline 420 40x33", "progressive 444 23x17", "cmyk 23x17", "orientation 6 <"])
  func `no cut or damaged file crashes, and no cut file passes for an image`(name: String) throws {
    let whole = try Fixture().bytes(name)
    for length in 0..<whole.count {
      #expect(throws: ImageError.self) { try Image(decoding: Array(whole.prefix(length))) }
    }
    var random = RandomStream(seed: 5, .gallery)
    for _ in 0..<300 {
      var damaged = whole
      for _ in 0..<1 + random.below(4) { damaged[random.below(damaged.count)] = UInt8(random.below(256)) }
      _ = try? Image(decoding: damaged)
    }
  }

  @Test(arguments: [
    (0xC9, 8, "JPEG with arithmetic coding is not supported; save it as an ordinary JPEG or PNG image"),
    (0xC3, 8, "lossless JPEG is not supported; save it as an ordinary JPEG or PNG image"),
    (0xC5, 8, "hierarchical JPEG is not supported; save it as an ordinary JPEG or PNG image"),
    (
      0xC1, 12,
      "JPEG with 12 bits per channel is not supported; save it as an ordinary JPEG or PNG image, with 8 bits"
    ),
  ])
  func `a kind of file that is not read is refused with advice, by check too`(
    marker: UInt8, precision: UInt8, words: String
  ) throws {
    let place = try TemporaryDirectory()
    var file = try Fixture().bytes("baseline 444 23x17")
    let frame = try #require((0..<file.count - 1).first { file[$0] == 0xFF && file[$0 + 1] == 0xC0 })
    file[frame + 1] = marker
    file[frame + 4] = precision
    try place.write(file, to: "a.jpg")
    let path = place.file("a.jpg")
    for error in [
      #expect(throws: ImageError.self) { try Image(file: path) },
      #expect(throws: ImageError.self) { try Image.check(file: path) },
    ] {
      #expect(error?.description == "\(path): cannot read the JPEG image: \(words)")
    }
  }

  @Test func `a file that says it is huge is refused before memory is taken`() throws {
    var file = try Fixture().bytes("baseline 444 23x17")
    let frame = try #require((0..<file.count - 1).first { file[$0] == 0xFF && file[$0 + 1] == 0xC0 })
    func size(_ height: Int, _ width: Int) {
      file.replaceSubrange(
        frame + 5..<frame + 9, with: [height >> 8, height & 255, width >> 8, width & 255].map(UInt8.init))
    }
    size(8000, 8000)
    #expect(
      #expect(throws: ImageError.self) { try Image(decoding: file) }?.description
        == "cannot read the JPEG image: the file is too short for 8000×8000 pixels")
    size(65_000, 65_000)
    #expect(
      #expect(throws: ImageError.self) { try Image(decoding: file) }?.fact
        == .size(ImageSize(65_000, 65_000)))
    size(0, 17)
    #expect(
      #expect(throws: ImageError.self) { try Image(decoding: file) }?.fact == .size(ImageSize(0, 17)))
  }

  /// Every scan of a progressive file goes through the whole image.
  @Test func `thousands of scans are refused`() throws {
    let file = try Fixture().bytes("progressive 444 23x17")
    let start = try #require((0..<file.count - 1).first { file[$0] == 0xFF && file[$0 + 1] == 0xDA })
    let end = try #require((start + 2..<file.count - 1).first { file[$0] == 0xFF && file[$0 + 1] != 0 })
    func repeated(_ count: Int) -> [UInt8] {
      Array(file[..<start]) + (0..<count).flatMap { _ in file[start..<end] } + file[end...]
    }
    #expect(throws: Never.self) { try Image(decoding: repeated(10)) }
    #expect(
      #expect(throws: ImageError.self) { try Image(decoding: repeated(2000)) }?.description
        == "cannot read the JPEG image: the file has too many scans")
  }

  @Test func `damaged pixels are an error, although Pillow fills them with grey`() throws {
    var file = try Fixture().bytes("baseline 420 40x33")
    let scan = try #require((0..<file.count - 1).first { file[$0] == 0xFF && file[$0 + 1] == 0xDA })
    // An end in the middle of the pixels.
    file.replaceSubrange(scan + 60..<scan + 62, with: [0xFF, 0xD9])
    #expect(
      #expect(throws: ImageError.self) { try Image(decoding: file, name: "a.jpg") }?.description
        == "a.jpg: cannot read the JPEG image: Corrupt JPEG data: premature end of data segment")
  }
}
