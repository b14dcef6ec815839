import Testing

@testable import Neural

@Suite struct AugmentationPipelineTests {
  let size = ImageSize(32, 32)
  static let assignment: [Augmentation] = [
    .padIfNeeded(minHeight: 36, minWidth: 36), .randomCrop(32, 32), .horizontalFlip(p: 0.5),
    .shiftScaleRotate(shiftLimit: 0.1, scaleLimit: 0.1, rotateLimit: 15, p: 0.5),
    .randomBrightnessContrast(brightnessLimit: 0.2, contrastLimit: 0.2, p: 0.5),
    .hueSaturationValue(hueShiftLimit: 20, satShiftLimit: 30, valShiftLimit: 20, p: 0.5),
    .coarseDropout(maxHoles: 1, maxHeight: 16, maxWidth: 16, minHoles: 1, minHeight: 16, minWidth: 16),
  ]

  @Test func `normalisation is added where it is missing`() throws {
    let pipeline = try AugmentationPipeline(Self.assignment, imageSize: size)
    #expect(pipeline.augmentations == Self.assignment + [.normalize()])
    let own = Self.assignment + [.normalize(mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25])]
    #expect(try AugmentationPipeline(own, imageSize: size).augmentations == own)
    #expect(try AugmentationPipeline(own, imageSize: size).evaluation.augmentations == [own[7]])
  }

  @Test func `what is drawn depends on seed, epoch and image alone`() throws {
    let pipeline = try AugmentationPipeline(Self.assignment, imageSize: size)
    let image = try ramp(32, 32)
    let one = pipeline.augmented(image, seed: 1, epoch: 2, item: 3)
    let again = pipeline.augmented(image, seed: 1, epoch: 2, item: 3)
    #expect(one.image == again.image && one.applied == again.applied)
    for other in [(2, 2, 3), (1, 3, 3), (1, 2, 4)] {
      let found = pipeline.augmented(image, seed: UInt64(other.0), epoch: other.1, item: other.2)
      #expect(found.image != one.image)
    }
  }

  @Test func `transforms are applied as often as p says`() throws {
    let pipeline = try AugmentationPipeline(Self.assignment, imageSize: size)
    let image = try ramp(32, 32)
    var counts: [String: Int] = [:]
    for item in 0..<1000 {
      for applied in pipeline.augmented(image, seed: 1, epoch: 0, item: item).applied {
        counts[applied.name, default: 0] += 1
      }
    }
    #expect(counts["PadIfNeeded"] == 1000 && counts["RandomCrop"] == 1000)
    for name in ["HorizontalFlip", "ShiftScaleRotate", "RandomBrightnessContrast", "CoarseDropout"] {
      #expect((440...560).contains(counts[name] ?? 0), "\(name)")
    }
  }

  @Test func `drawn parameters stay within their limits and reach both sides`() {
    var random = RandomStream(seed: 4, .augmentation)
    let turn = ShiftScaleRotate(shiftLimit: 0.1, scaleLimit: 0.2, rotateLimit: 15, p: 1)
    let drawn = (0..<2000).map { _ in turn.drawParameters(for: size, from: &random) }
    #expect(drawn.allSatisfy { abs($0.angle) <= 15 && abs($0.scale - 1) <= 0.2 && abs($0.dx) <= 0.1 })
    #expect(drawn.contains { $0.angle < -14 } && drawn.contains { $0.angle > 14 })
    let crop = RandomCrop(height: 32, width: 32, p: 1)
    let corners = Set((0..<2000).map { _ in crop.drawParameters(for: ImageSize(36, 36), from: &random) })
    #expect(corners.count == 25)
    let dropout = CoarseDropout(
      maxHoles: 3, maxHeight: 8, maxWidth: 16, minHoles: 1, minHeight: 2, minWidth: nil, fillValue: .mean,
      p: 1)
    let holes = (0..<500).flatMap { _ in dropout.drawParameters(for: size, from: &random).holes }
    #expect(Set(holes.map(\.height)) == Set(2...8) && Set(holes.map(\.width)) == [16])
    #expect(holes.allSatisfy { $0.y >= 0 && $0.x >= 0 && $0.y + $0.height <= 32 && $0.x + $0.width <= 32 })
  }

  @Test func `holes can have the mean colour`() throws {
    let list: [Augmentation] = [
      .coarseDropout(maxHoles: 1, maxHeight: 32, maxWidth: 32, fillValue: .mean, p: 1)
    ]
    let pipeline = try AugmentationPipeline(list, imageSize: size)
    let covered = pipeline.augmented(try ramp(32, 32), seed: 1, epoch: 0, item: 0).image
    #expect(Array(covered.pixels.prefix(3)) == [125, 123, 114])
    #expect(pipeline.normalized(covered).allSatisfy { abs($0) < 0.01 })
  }

  @Test func `what was drawn can be read`() throws {
    let turn = ShiftScaleRotate.Parameters(angle: -7.31, scale: 1.04, dx: 0.034, dy: -0.08)
    #expect(turn.description == "θ −7.3°, scale 1.04, shift (0.03, −0.08)")
    #expect(
      HueSaturationValue.Parameters(hue: 12.34, saturation: -0.04, value: -20).description
        == "hue +12.3, saturation 0.0, value −20.0")
    var random = RandomStream(seed: 1, .gallery)
    let shown = try Augmentation.randomCrop(32, 32).demonstrated(on: ramp(36, 36), random: &random)
    #expect(shown.image.size == size && shown.parameters.hasPrefix("y "))
  }

  @Test func `mistakes name their place in the list`() {
    func message(_ list: [Augmentation]) -> String? {
      do throws(AugmentationError) {
        _ = try AugmentationPipeline(list, imageSize: size)
        return nil
      } catch { return error.description }
    }
    #expect(
      message([.horizontalFlip(), .horizontalFlip(p: 1.5)])
        == "augmentation 2, HorizontalFlip: p must be a probability in 0…1, found 1.5")
    #expect(message([.horizontalFlip(p: .nan)]) != nil)
    #expect(
      message([.randomCrop(40, 32)])
        == "augmentation 1, RandomCrop: cannot crop 40×32 (height×width) from images of 32×32; "
        + "use a smaller crop (at least 1×1) or more padding before it")
    #expect(
      message([.padIfNeeded(minHeight: 36, minWidth: 36), .horizontalFlip()])
        == "augmentation 2, HorizontalFlip: produces images of 36×36 (height×width), but the model expects "
        + "32×32; add .randomCrop(32, 32) or change an earlier augmentation")
    #expect(
      message([.normalize(), .horizontalFlip()])
        == "augmentation 1, Normalize must be last and used only once: the other augmentations work on bytes"
    )
    #expect(
      message([.shiftScaleRotate(scaleLimit: 1)])
        == "augmentation 1, ShiftScaleRotate: scaleLimit must be at least 0 and below 1, found 1.0")
    #expect(
      message([.coarseDropout(maxHeight: 8, minHeight: 9)])
        == "augmentation 1, CoarseDropout: minHeight must be 1…8, the maxHeight, found 9")
    #expect(
      message([.normalize(std: [0.2, 0, 0.2])])
        == "augmentation 1, Normalize: std must be three numbers above 0 and at most 1, "
        + "one per channel (R, G, B), found [0.2, 0.0, 0.2]")
    #expect(message([.padIfNeeded(minHeight: .max, minWidth: .max)]) != nil)
    #expect(message([.padIfNeeded(minHeight: .min, minWidth: 3)]) != nil)
    #expect(message([.coarseDropout(maxHoles: .min, maxHeight: .max, minHoles: .max)]) != nil)
    #expect(message([.randomCrop(.min, .max)]) != nil)
    #expect(message([.shiftScaleRotate(shiftLimit: .infinity)]) != nil)
    #expect(message([]) == nil && message(Self.assignment) == nil)
  }

  @Test func `one-pixel and long images survive every transform`() throws {
    for size in [ImageSize(1, 1), ImageSize(1, 9), ImageSize(7, 2)] {
      let image = try ramp(size.height, size.width)
      let pipeline = try AugmentationPipeline(
        [
          .padIfNeeded(minHeight: size.height + 5, minWidth: size.width + 3),
          .randomCrop(size.height, size.width), .horizontalFlip(p: 1),
          .shiftScaleRotate(scaleLimit: 0.99, p: 1),
          .randomBrightnessContrast(p: 1), .hueSaturationValue(p: 1),
          .coarseDropout(maxHeight: 1, maxWidth: 1, p: 1),
        ], imageSize: size)
      for item in 0..<50 {
        #expect(pipeline.augmented(image, seed: 1, epoch: 0, item: item).image.size == size)
      }
    }
  }
}

@Suite struct HSVTests {
  /// Converting back to RGB needs fma(−s, f, 1) in single precision; processors without it must give the same
  /// bytes.
  @Test func `the product in double precision is the fused one for every byte and hue`() {
    let tables = HSVTables.shared
    for s in tables.units {
      for f in tables.fractions {
        let fused = (1 as Float).addingProduct(-s, Float(f))
        #expect(HSVTables.oneMinusProduct(Double(s), f) == fused)
      }
    }
  }
}
