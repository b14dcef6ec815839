import Testing

@testable import Neural

/// Every transform gives the same bytes as albumentations 1.3.1 with OpenCV 4.8.1.
@Suite struct AugmentationFixtureTests {
  let fixture: AugmentationFixture

  init() throws { fixture = try AugmentationFixture() }

  private func check(_ name: String, _ change: (AugmentationFixture.Row, Image) throws -> Image) throws {
    let rows = try #require(fixture.parameters[name])
    #expect(rows.count >= 48)
    for (index, row) in rows.enumerated() {
      let expected = try fixture.image(name == "pipeline" ? "pipeline.uint8" : name, index)
      let found = try change(row, fixture.image("images", index))
      let wrong = zip(found.pixels, expected.pixels).filter { $0 != $1 }.count
      #expect(wrong == 0, "\(name), image \(index): \(wrong) bytes differ with \(row)")
    }
  }

  private func crop(_ row: AugmentationFixture.Row, _ image: Image) -> Image {
    let padded = PadIfNeeded(minHeight: 36, minWidth: 36).applied(NoParameters(), to: image)
    return RandomCrop(height: 32, width: 32, p: 1).applied(.init(y: row.y, x: row.x), to: padded)
  }

  private func flip(_ row: AugmentationFixture.Row, _ image: Image) -> Image {
    row.flip ? HorizontalFlip(p: 1).applied(NoParameters(), to: image) : image
  }

  private func shiftScaleRotate(_ row: AugmentationFixture.Row, _ image: Image) -> Image {
    guard let drawn = row.ssr else { return image }
    return ShiftScaleRotate(shiftLimit: 0.1, scaleLimit: 0.1, rotateLimit: 15, p: 1)
      .applied(.init(angle: drawn[0], scale: drawn[1], dx: drawn[2], dy: drawn[3]), to: image)
  }

  private func brightnessContrast(_ row: AugmentationFixture.Row, _ image: Image) -> Image {
    guard let drawn = row.bc else { return image }
    return RandomBrightnessContrast(brightnessLimit: 0.2, contrastLimit: 0.2, p: 1)
      .applied(.init(alpha: drawn[0], beta: drawn[1]), to: image)
  }

  private func hueSaturationValue(_ row: AugmentationFixture.Row, _ image: Image) -> Image {
    guard let drawn = row.hsv else { return image }
    return HueSaturationValue(hueShiftLimit: 20, satShiftLimit: 30, valShiftLimit: 20, p: 1)
      .applied(.init(hue: drawn[0], saturation: drawn[1], value: drawn[2]), to: image)
  }

  private func coarseDropout(_ row: AugmentationFixture.Row, _ image: Image) -> Image {
    guard let drawn = row.cut else { return image }
    let dropout = CoarseDropout(
      maxHoles: 1, maxHeight: 16, maxWidth: 16, minHoles: nil, minHeight: nil, minWidth: nil,
      fillValue: .black, p: 1)
    return dropout.applied(.init(holes: [.init(y: drawn[0], x: drawn[1], height: 16, width: 16)]), to: image)
  }

  private func all(_ row: AugmentationFixture.Row, _ image: Image) -> Image {
    var image = flip(row, crop(row, image))
    image = brightnessContrast(row, shiftScaleRotate(row, image))
    return coarseDropout(row, hueSaturationValue(row, image))
  }

  @Test func `padding and cropping`() throws { try check("crop", crop) }
  @Test func `horizontal flip`() throws { try check("flip", flip) }
  @Test func `shift, scale, rotate`() throws { try check("shift_scale_rotate", shiftScaleRotate) }
  @Test func `brightness and contrast`() throws { try check("brightness_contrast", brightnessContrast) }
  @Test func `hue, saturation, value`() throws { try check("hue_saturation_value", hueSaturationValue) }
  @Test func `coarse dropout`() throws { try check("coarse_dropout", coarseDropout) }
  @Test func `the whole pipeline on bytes`() throws { try check("pipeline", all) }

  @Test func `the whole pipeline, normalised: the same floats, bit for bit`() throws {
    let pipeline = try AugmentationPipeline([.normalize()], imageSize: ImageSize(32, 32))
    for (index, row) in try #require(fixture.parameters["pipeline"]).enumerated() {
      let found = pipeline.normalized(all(row, try fixture.image("images", index)))
      let expected = fixture.floats("pipeline.normalized", index)
      #expect(found.map(\.bitPattern) == expected.map(\.bitPattern), "image \(index)")
    }
  }
}
