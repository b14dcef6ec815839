import Testing

@testable import Neural

/// Drawn parameters stay within the arguments' ranges, and every transform survives images of any shape.
@Suite struct DrawnParameterTests {
  static let all: [Augmentation] = [
    .verticalFlip(p: 1), .transpose(p: 1), .rotate(p: 1), .affine(p: 1), .perspective(scale: 0...1, p: 1),
    .posterize(p: 1), .solarize(p: 1), .equalize(p: 1), .randomGamma(p: 1), .rgbShift(p: 1), .toGray(p: 1),
    .colorJitter(p: 1), .gaussNoise(p: 1), .gaussNoise(perChannel: false, p: 1), .gaussianBlur(p: 1),
    .gaussianBlur(blurLimit: 0...3, sigmaLimit: 0.1...3, p: 1), .motionBlur(blurLimit: 3...11, p: 1),
    .motionBlur(allowShifted: false, p: 1), .sharpen(p: 1), .resize(9, 5), .randomResizedCrop(7, 3),
    .gridDistortion(numSteps: 1, p: 1), .randAugment(), .trivialAugmentWide(),
    .someOf([.oneOf([.rotate(), .toGray()]), .sequential([.verticalFlip(), .posterize()])], n: 3, p: 1),
  ]

  @Test func `images of one pixel and long images survive every transform`() throws {
    for size in [ImageSize(1, 1), ImageSize(1, 9), ImageSize(7, 2), ImageSize(40, 3)] {
      let image = try ramp(size.height, size.width)
      for (index, augmentation) in Self.all.enumerated() {
        for item in 0..<20 {
          var random = RandomStream(seed: 1, .augmentation, index: index, item: item)
          let (changed, _) = try augmentation.demonstrated(on: image, random: &random)
          #expect(changed.size == augmentation.outputSize(for: size), "\(augmentation.name)")
        }
      }
    }
  }

  @Test func `equal seeds give equal images, and every argument is part of the content`() throws {
    let image = try ramp(20, 24)
    for augmentation in Self.all {
      var one = RandomStream(seed: 3, .augmentation)
      var other = RandomStream(seed: 3, .augmentation)
      let first = try augmentation.demonstrated(on: image, random: &one)
      let second = try augmentation.demonstrated(on: image, random: &other)
      #expect(first.image == second.image && first.parameters == second.parameters, "\(augmentation.name)")
    }
    #expect(Set(Self.all.map(\.contentDescription)).count == Self.all.count)
    #expect(
      Augmentation.affine(scale: 1...1.1).contentDescription
        != Augmentation.affine(scale: 1...1.2).contentDescription)
    #expect(
      Augmentation.oneOf([.rotate(limit: 10)]).contentDescription
        != Augmentation.oneOf([.rotate(limit: 11)]).contentDescription)
  }

  @Test func `angles, windows and lines stay in their ranges and reach both ends`() {
    var random = RandomStream(seed: 4, .augmentation)
    let size = ImageSize(32, 24)
    let angles = (0..<1000).map { _ in Rotate(limit: 15, p: 1).drawParameters(for: size, from: &random).angle
    }
    #expect(
      angles.allSatisfy { abs($0) <= 15 } && angles.contains { $0 < -14 } && angles.contains { $0 > 14 })
    let crop = RandomResizedCrop(height: 8, width: 8, scale: 0.25...0.5, ratio: 0.75...1.25, p: 1)
    for _ in 0..<500 {
      let window = crop.drawParameters(for: size, from: &random)
      #expect(window.y >= 0 && window.y + window.height <= 32 && window.x + window.width <= 24)
      let area = Double(window.height * window.width) / Double(32 * 24)
      #expect(area > 0.22 && area < 0.55)
    }
    // No window of this ratio fits: the largest one in the middle.
    let wide = RandomResizedCrop(height: 8, width: 8, scale: 1...1, ratio: 4...5, p: 1)
    #expect(wide.drawParameters(for: size, from: &random) == .init(y: 13, x: 0, height: 6, width: 24))
    let turns = (0..<200).map { _ in RandomRotate90(p: 1).drawParameters(for: size, from: &random).factor }
    #expect(Set(turns) == [0, 1, 2, 3])
    for allowShifted in [true, false] {
      let blur = MotionBlur(blurLimit: 3...7, allowShifted: allowShifted, p: 1)
      let lines = (0..<1000).map { _ in blur.drawParameters(for: size, from: &random) }
      #expect(Set(lines.map(\.side)) == [3, 5, 7])
      #expect(lines.allSatisfy { 0..<$0.side ~= $0.x1 && 0..<$0.side ~= $0.y2 })
    }
    let blur = GaussianBlur(blurLimit: 3...7, sigmaLimit: 0...0, p: 1)
    #expect(Set((0..<300).map { _ in blur.drawParameters(for: size, from: &random).side }) == [3, 5, 7])
    let noise = GaussNoise(varLimit: 100...100, mean: 5, perChannel: true, p: 1)
      .drawParameters(for: ImageSize(64, 64), from: &random).noise
    let mean = noise.reduce(0, +) / Double(noise.count)
    let variance = noise.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(noise.count)
    #expect(abs(mean - 5) < 0.4 && abs(variance - 100) < 5)
  }
}
