import Foundation
import Testing

@testable import Neural

/// The operations and magnitudes of RandAugment and TrivialAugmentWide are those of torchvision 0.29 with Pillow 13.
@Suite struct AutoAugmentTests {
  private struct Spaces: Decodable {
    let space: [String: [String: [Double]]]
  }

  @Test(arguments: AutoAugmentOperation.allCases)
  func `same bytes as torchvision`(operation: AutoAugmentOperation) throws {
    let fixture = try TransformFixture("torchvision")
    var checked = 0
    for (index, one) in fixture.cases.enumerated() where one.transform == operation.name {
      let buffer = PixelBuffer(try fixture.image("image.\(one.image)"))
      operation.apply(one.parameters[0], to: buffer)
      let expected = try fixture.image("case.\(index)")
      let wrong = zip(buffer.image.pixels, expected.pixels).filter { $0 != $1 }.count
      #expect(wrong == 0, "\(operation), image \(one.image): \(wrong) bytes differ with \(one.parameters)")
      checked += 1
    }
    #expect(checked >= 4)
  }

  @Test func `magnitudes of every bin`() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/augmentation/torchvision.json")
    let spaces = try JSONDecoder().decode(Spaces.self, from: Data(contentsOf: path)).space
    for (name, operations) in spaces {
      let space = AutoAugmentSpace(isWide: name == "TrivialAugmentWide", bins: 31, size: ImageSize(33, 27))
      #expect(operations.count == AutoAugmentOperation.allCases.count)
      for operation in AutoAugmentOperation.allCases {
        for (bin, expected) in try #require(operations[operation.name]).enumerated() {
          let found = space.strength(of: operation, bin)
          #expect(abs(found - expected) <= 1e-6 * max(1, abs(expected)), "\(name), \(operation), bin \(bin)")
        }
      }
    }
  }

  @Test func `every operation is drawn, with both signs`() throws {
    var random = RandomStream(seed: 1, .augmentation)
    let trivial = TrivialAugmentWide(numMagnitudeBins: 31)
    let steps = (0..<3000).flatMap { _ in trivial.drawParameters(for: ImageSize(32, 32), from: &random).steps
    }
    #expect(Set(steps.map(\.operation)) == Set(AutoAugmentOperation.allCases))
    let angles = steps.filter { $0.operation == .rotate }.map(\.strength)
    #expect(
      angles.contains { $0 > 130 } && angles.contains { $0 < -130 } && angles.allSatisfy { abs($0) <= 135 })
    let rand = RandAugment(numOps: 3, level: 9, numMagnitudeBins: 31)
    let drawn = rand.drawParameters(for: ImageSize(32, 32), from: &random)
    #expect(drawn.steps.count == 3)
    #expect(rand.invalidArgument == nil)
    let error = RandAugment(numOps: 2, level: 9, numMagnitudeBins: 9).invalidArgument
    #expect(
      error == .value(name: "magnitude", expected: "below numMagnitudeBins, which is 9", found: "9"))
  }

  @Test func `small images survive`() throws {
    for size in [ImageSize(1, 1), ImageSize(2, 5)] {
      for operation in AutoAugmentOperation.allCases {
        let buffer = PixelBuffer(try ramp(size.height, size.width))
        operation.apply(operation == .posterize ? 4 : 0.9, to: buffer)
        #expect(buffer.size == size)
      }
    }
  }
}
