import Foundation
import Testing

@testable import Neural

/// Photographs of any size become equally large, with albumentations' sizes, crops and borders and Pillow's pixels.
@Suite struct PreparationTests {
  /// `Fixtures/preparation.json`, written by `scripts/make-fixtures preparation`.
  private struct Fixture: Decodable {
    struct Picture: Decodable {
      let height, width: Int
      let pixels: Data
    }
    struct List: Decodable {
      let name: String
      let height, width: Int
      let pixels: [Data]
    }

    let images: [Picture]
    let lists: [List]
  }

  private func preparation(_ text: Substring) throws -> ImagePreparation {
    let words = text.split(separator: " ")
    let numbers = words.dropFirst().compactMap { Int($0) }
    switch words[0] {
    case "resize": return .resize(numbers[0], numbers[1])
    case "centerCrop": return .centerCrop(numbers[0], numbers[1])
    case "smallestMaxSize": return .smallestMaxSize(numbers[0])
    case "longestMaxSize": return .longestMaxSize(numbers[0])
    default: return .padIfNeeded(minHeight: numbers[0], minWidth: numbers[1])
    }
  }

  @Test func `every list of transforms gives albumentations' pictures`() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/preparation.json")
    let fixture = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file))
    #expect(fixture.lists.count == 6 && fixture.images.count == 5)
    for list in fixture.lists {
      let transforms = try list.name.split(separator: ";").map(preparation)
      let size = ImageSize(list.height, list.width)
      #expect(try transforms.finalSize() == size, "\(list.name)")
      for (picture, expected) in zip(fixture.images, list.pixels) {
        let image = try Image(ImageSize(picture.height, picture.width), pixels: Array(picture.pixels))
        let prepared = try image.prepared(by: transforms)
        #expect(prepared.size == size, "\(list.name) \(image.size)")
        #expect(prepared.pixels == Array(expected), "\(list.name) \(image.size)")
      }
    }
  }

  @Test(
    arguments: [
      (
        [],
        "the list is empty, so images may have different sizes; end with '.centerCrop(96, 96)' or '.resize(96, 96)'"
      ),
      (
        [.smallestMaxSize(96)],
        "after smallestMaxSize(96), images may have different sizes; end with '.centerCrop(96, 96)' or '.resize(96, 96)'"
      ),
      (
        [.longestMaxSize(96), .padIfNeeded(minHeight: 96, minWidth: 64)],
        "after padIfNeeded(minHeight: 96, minWidth: 64), images may have different sizes; end with "
          + "'.centerCrop(96, 96)' or '.resize(96, 96)'"
      ),
      (
        [.smallestMaxSize(96), .centerCrop(96, 128)],
        "centerCrop(96, 128): images may be smaller than the crop: here they have at least 96×96 pixels (height×width); "
          + "put '.smallestMaxSize', '.resize' or '.padIfNeeded' in front of it"
      ),
      ([.resize(8, 0)], "resize(8, 0): width must be in 1…1024, found 0"),
    ] as [([ImagePreparation], String)])
  func `a list that does not make images equally large is refused before any image is read`(
    list: [ImagePreparation], words: String
  ) throws {
    #expect(#expect(throws: ImagePreparationError.self) { try list.finalSize() }?.description == words)
    #expect(throws: ImagePreparationError.self) {
      try DatasetOutline.find(.imageFolder("/tmp", prepare: list), from: DatasetLocator())
    }
  }

  @Test func `a side of a very long image has at least one pixel`() throws {
    let image = try Image(ImageSize(1, 500), color: RGB(9, 8, 7))
    let prepared = try image.prepared(by: [.longestMaxSize(20), .padIfNeeded(minHeight: 20, minWidth: 20)])
    #expect(prepared.pixels.starts(with: [9, 8, 7]) && prepared.size == ImageSize(20, 20))
  }
}
