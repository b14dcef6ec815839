import Foundation
import Testing

@testable import Neural

/// Files of every colour type and bit depth, interlaced, transparent and with gamma, have Pillow's pixels. Otherwise a
/// model sees other images than the same folder gives in torchvision.
@Suite struct PNGFixtureTests {
  /// `Fixtures/png.json`, written by `scripts/make-fixtures png`.
  private struct Fixture: Decodable {
    struct Kind: Decodable {
      let name: String
      let pixels: Data
      let files: [String: Data]
    }

    let width, height: Int
    let kinds: [Kind]

    init() throws {
      let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures/png.json")
      self = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file))
    }
  }

  @Test func `every kind of file has the pixels that Pillow reads`() throws {
    let fixture = try Fixture()
    #expect(fixture.kinds.count == 15)
    #expect(fixture.kinds.reduce(0) { $0 + $1.files.count } == 164)
    for kind in fixture.kinds {
      for (name, file) in kind.files {
        let image = try Image(decoding: Array(file))
        #expect(image.size == ImageSize(fixture.height, fixture.width))
        #expect(image.pixels == Array(kind.pixels), "\(kind.name), \(name)")
      }
    }
  }

  @Test func `no cut file of any kind passes for an image`() throws {
    for kind in try Fixture().kinds {
      for file in kind.files.values {
        for length in [20, 33, 60, file.count - 13] {
          #expect(throws: ImageError.self) { try Image(decoding: Array(file.prefix(length))) }
        }
      }
    }
  }
}
