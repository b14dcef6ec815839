import Testing

@testable import Neural

@Suite struct CompositionTests {
  private let size = ImageSize(8, 8)

  /// How often each choice is drawn.
  private func counts(_ augmentation: Augmentation, images: Int = 4000) throws -> [String: Int] {
    let pipeline = try AugmentationPipeline([augmentation], imageSize: size)
    let image = try ramp(8, 8)
    var counts: [String: Int] = [:]
    for item in 0..<images {
      let text = pipeline.augmented(image, seed: 1, epoch: 0, item: item).applied.first?.parameters ?? "none"
      counts[text, default: 0] += 1
    }
    return counts
  }

  private func isNear(_ found: Int?, _ expected: Int) -> Bool { abs((found ?? 0) - expected) < 150 }

  @Test func `oneOf chooses in proportion to p and then always applies`() throws {
    let found = try counts(.oneOf([.verticalFlip(p: 0.1), .toGray(p: 0.3)], p: 0.5))
    #expect(found.count == 3)
    #expect(
      isNear(found["none"], 2000) && isNear(found["VerticalFlip"], 500) && isNear(found["ToGray"], 1500))
  }

  @Test func `someOf chooses n, with or without replacement`() throws {
    let list: [Augmentation] = [.verticalFlip(p: 1), .toGray(p: 1), .equalize(p: 0)]
    let found = try counts(.someOf(list, n: 2, replace: false))
    #expect(Set(found.keys) == ["VerticalFlip; ToGray", "ToGray; VerticalFlip"])
    #expect(isNear(found["ToGray; VerticalFlip"], 2000))
    #expect(try counts(.someOf(list, n: 2)).count == 4)
  }

  @Test func `a sequence is applied as a whole, and its entries with their own p`() throws {
    let found = try counts(.sequential([.verticalFlip(p: 1), .toGray(p: 0.5)], p: 0.5))
    #expect(isNear(found["none"], 2000) && isNear(found["VerticalFlip"], 1000))
    #expect(isNear(found["VerticalFlip; ToGray"], 1000))
  }

  @Test func `a sequence may change the size in between`() throws {
    let list: [Augmentation] = [.sequential([.resize(12, 12), .randomCrop(8, 8)], p: 1)]
    let pipeline = try AugmentationPipeline(list, imageSize: size)
    #expect(pipeline.augmented(try ramp(8, 8), seed: 1, epoch: 0, item: 0).image.size == size)
    let choice: [Augmentation] = [.oneOf([.resize(6, 6), .centerCrop(6, 6)], p: 1), .resize(8, 8)]
    #expect(throws: Never.self) { try AugmentationPipeline(choice, imageSize: size) }
  }

  @Test func `children that need colours are refused for grayscale images`() throws {
    for (list, name) in [
      ([Augmentation.oneOf([.rotate(), .toGray()])], "ToGray"),
      ([.sequential([.rgbShift()])], "RGBShift"), ([.someOf([.randAugment()], n: 1)], "RandAugment"),
    ] {
      let fault = AugmentationPipeline.faults(in: list, imageSize: size, colorMode: .grayscale).first
      #expect(fault?.fact == .within(name, .needsColor))
    }
    let jitter = [Augmentation.oneOf([.colorJitter(saturation: 0, hue: 0), .colorJitter()])]
    let fault = AugmentationPipeline.faults(in: jitter, imageSize: size, colorMode: .grayscale).first
    #expect(fault?.description.hasPrefix("augmentation 1, OneOf, ColorJitter: saturation must be 0") == true)
  }

  @Test func `mistakes name the child and the argument`() {
    func message(_ augmentation: Augmentation, _ size: ImageSize = ImageSize(8, 8)) -> String? {
      do throws(AugmentationError) {
        _ = try AugmentationPipeline([augmentation], imageSize: size)
        return nil
      } catch { return error.description }
    }
    #expect(
      message(.oneOf([])) == "augmentation 1, OneOf: transforms must be at least one augmentation, found none"
    )
    #expect(
      message(.oneOf([.toGray(p: 0)]))
        == "augmentation 1, OneOf: transforms must be augmentations with p above 0, found only p = 0")
    #expect(
      message(.oneOf([.toGray(), .rotate(limit: 400)]))
        == "augmentation 1, OneOf, Rotate: limit must be 0…360, found 400.0")
    #expect(
      message(.sequential([.toGray(p: 2)], p: 1))
        == "augmentation 1, Sequential, ToGray: p must be a probability in 0…1, found 2.0")
    #expect(
      message(.someOf([.toGray()], n: 2, replace: false))
        == "augmentation 1, SomeOf: n must be 1…1, the number of augmentations with p above 0, found 2")
    #expect(
      message(.oneOf([.resize(6, 6), .toGray()], p: 1))
        == "augmentation 1, OneOf: would produce images of several sizes from images of 8×8 (height×width); "
        + "use augmentations that keep the size, or change it to the same one")
    #expect(message(.someOf([.resize(6, 6)], n: 1)) != nil)
    #expect(
      message(.oneOf([.normalize()]))
        == "augmentation 1, OneOf, Normalize must be last and used only once: the other augmentations work on bytes"
    )
    #expect(
      message(.sequential([.randomCrop(6, 6), .resize(8, 8)]))
        == nil)
    #expect(
      message(.sequential([.resize(6, 6)]))
        == "augmentation 1, Sequential: p = 0.5 would produce images of two sizes; use p = 1")
    #expect(
      message(.randomRotate90(), ImageSize(8, 6))
        == "augmentation 1, RandomRotate90: would produce images of two sizes from images of 8×6 (height×width); "
        + "crop or resize them to squares before it")
    #expect(message(.transpose(p: 0.5), ImageSize(8, 6)) != nil)
    #expect(
      message(.motionBlur(blurLimit: 3...6))
        == "augmentation 1, MotionBlur: blurLimit must be odd, so that filters have a middle, found 6")
    #expect(message(.gaussianBlur(blurLimit: 0...3)) != nil)
    #expect(
      message(.gridDistortion(numSteps: 9))
        == "augmentation 1, GridDistortion: numSteps must be 1…8, a pixel per cell, found 9")
    #expect(message(.affine(scale: 0.001...1)) != nil && message(.resize(0, 8)) != nil)
    #expect(message(.rotate(limit: .nan)) != nil)
  }
}
