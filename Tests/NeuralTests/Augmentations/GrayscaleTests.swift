import Testing

@testable import Neural

/// Grayscale images are converted as Pillow does, and changed as albumentations changes images of height × width.
@Suite struct GrayscaleTests {
  let fixture: AugmentationFixture
  let size = ImageSize(32, 32)

  init() throws { fixture = try AugmentationFixture("grayscale") }

  private func image(_ name: String, _ index: Int) throws -> Image {
    try Image(
      size, colorMode: .grayscale, pixels: Array(fixture.bytes(name)[(index * 1024)..<((index + 1) * 1024)]))
  }

  private func check(_ name: String, _ change: (AugmentationFixture.Row, Image) throws -> Image) throws {
    let rows = try #require(fixture.parameters[name])
    #expect(rows.count == 16)
    for (index, row) in rows.enumerated() {
      #expect(try change(row, image("gray", index)) == image(name, index), "\(name), image \(index): \(row)")
    }
  }

  @Test func `conversion to grayscale`() throws {
    for index in 0..<16 {
      #expect(try fixture.image("images", index).converted(to: .grayscale) == image("gray", index))
    }
  }

  @Test func `a grayscale image becomes a colour image with three equal channels, and back`() throws {
    let gray = try image("gray", 2)
    let color = gray.converted(to: .rgb)
    #expect(color.pixels == gray.pixels.flatMap { [$0, $0, $0] })
    #expect(color.converted(to: .grayscale) == gray)
    #expect(try Image(decoding: gray.png()) == color)
  }

  @Test func `resizing a grayscale image gives each channel of the same colour image`() throws {
    let gray = try image("gray", 1)
    for target in [ImageSize(28, 28), ImageSize(50, 20), ImageSize(32, 7)] {
      let resized = try gray.resized(to: target)
      #expect(resized.converted(to: .rgb) == (try gray.converted(to: .rgb).resized(to: target)))
    }
  }

  @Test func `padding and cropping`() throws {
    try check("crop") { row, image in
      let padded = PadIfNeeded(minHeight: 36, minWidth: 36).applied(NoParameters(), to: image)
      return RandomCrop(height: 32, width: 32, p: 1).applied(.init(y: row.y, x: row.x), to: padded)
    }
  }

  @Test func `horizontal flip`() throws {
    try check("flip") { HorizontalFlip(p: 1).applied(NoParameters(), to: $1) }
  }

  @Test func `shift, scale, rotate`() throws {
    try check("shift_scale_rotate") { row, image in
      let drawn = try #require(row.ssr)
      return ShiftScaleRotate(shiftLimit: 0.1, scaleLimit: 0.1, rotateLimit: 15, p: 1)
        .applied(.init(angle: drawn[0], scale: drawn[1], dx: drawn[2], dy: drawn[3]), to: image)
    }
  }

  @Test func `brightness and contrast`() throws {
    try check("brightness_contrast") { row, image in
      let drawn = try #require(row.bc)
      return RandomBrightnessContrast(brightnessLimit: 0.2, contrastLimit: 0.2, p: 1)
        .applied(.init(alpha: drawn[0], beta: drawn[1]), to: image)
    }
  }

  @Test func `the value of hue, saturation, value`() throws {
    try check("value") { row, image in
      let drawn = try #require(row.hsv)
      return HueSaturationValue(hueShiftLimit: 0, satShiftLimit: 0, valShiftLimit: 20, p: 1)
        .applied(.init(hue: 0, saturation: 0, value: drawn[2]), to: image)
    }
  }

  @Test func `coarse dropout`() throws {
    try check("coarse_dropout") { row, image in
      let dropout = CoarseDropout(
        maxHoles: 1, maxHeight: 16, maxWidth: 16, minHoles: nil, minHeight: nil, minWidth: nil,
        fillValue: .black, p: 1)
      let cut = try #require(row.cut)
      return dropout.applied(.init(holes: [.init(y: cut[0], x: cut[1], height: 16, width: 16)]), to: image)
    }
  }

  @Test func `normalisation: the same floats, bit for bit`() throws {
    let pipeline = try AugmentationPipeline(
      [.normalize(mean: [0.1307], std: [0.3081])], imageSize: size, colorMode: .grayscale)
    let floats = fixture.floats("normalized")
    for index in 0..<16 {
      let found = pipeline.normalized(try image("gray", index))
      #expect(found.map(\.bitPattern) == floats[(index * 1024)..<((index + 1) * 1024)].map(\.bitPattern))
    }
  }

  @Test func `a hole of the mean colour is as bright as the mean`() throws {
    let pipeline = try AugmentationPipeline(
      [.coarseDropout(maxHoles: 1, maxHeight: 32, maxWidth: 32, fillValue: .mean, p: 1)], imageSize: size,
      colorMode: .grayscale, normalization: Normalization(mean: [0.5], std: [0.2]))
    let covered = pipeline.augmented(try image("gray", 0), seed: 1, epoch: 0, item: 0).image
    #expect(covered.pixels == Array(repeating: 128, count: 1024))
  }

  struct Recolor: ImageTransform {
    static let name = "Recolor"
    static let needsColor = true
    let p: Double
    func drawParameters(for _: ImageSize, from _: inout RandomStream) -> NoParameters { .init() }
    func apply(_: NoParameters, to image: PixelBuffer) {}
  }

  @Test(arguments: [
    (
      Augmentation.hueSaturationValue(),
      "augmentation 1, HueSaturationValue: hueShiftLimit must be 0 for grayscale images, which have neither hue nor "
        + "saturation, found 20.0"
    ),
    (
      .hueSaturationValue(hueShiftLimit: 0),
      "augmentation 1, HueSaturationValue: satShiftLimit must be 0 for grayscale images, which have neither hue nor "
        + "saturation, found 30.0"
    ),
    (
      .normalize(),
      "augmentation 1, Normalize: mean must be one number in 0…1, as the images are grayscale, "
        + "found [0.4914, 0.4822, 0.4465]"
    ),
    (
      Augmentation(Recolor(p: 1)),
      "augmentation 1, Recolor: changes colours, but the images are grayscale; remove it"
    ),
  ])
  func `what needs colours is refused for grayscale images`(augmentation: Augmentation, text: String) {
    #expect(
      AugmentationPipeline.faults(in: [augmentation], imageSize: size, colorMode: .grayscale).map(
        \.description)
        == [text])
    #expect(AugmentationPipeline.faults(in: [augmentation], imageSize: size).isEmpty)
  }

  @Test func `one constant does not normalise three channels`() {
    let faults = AugmentationPipeline.faults(in: [.normalize(mean: [0.5], std: [0.2])], imageSize: size)
    #expect(faults.count == 1)
    #expect(faults.first?.description.contains("three numbers in 0…1, one per channel (R, G, B)") == true)
  }

  @Test func `a batch of grayscale images has one channel, and its set cannot have another kind of pipeline`()
    throws
  {
    let set = try ImageSet(
      size: size, colorMode: .grayscale, pixels: (0..<3).flatMap { try image("gray", $0).pixels },
      labels: [0, 1, 2])
    let pipeline = try AugmentationPipeline(
      [.horizontalFlip(p: 1)], imageSize: size, colorMode: .grayscale)
    let batches = try BatchStream(set: set, pipeline: pipeline, batchSize: 3, shuffle: false, seed: 1)
    batches.epoch(0) { batch in
      #expect(batch.images.count == 3 * 1024)
      #expect(batch.images[31] == pipeline.normalized(set.image(at: 0)!)[0])
    }
    let colors = try AugmentationPipeline([], imageSize: size)
    #expect(throws: BatchStreamError.channels(set: .grayscale, pipeline: .rgb)) {
      try BatchStream(set: set, pipeline: colors, batchSize: 3, seed: 1)
    }
  }

  @Test func `the channels are part of a data set's fingerprint and of a pipeline's description`() throws {
    func set(_ mode: ColorMode, _ side: Int) throws -> ImageSet {
      try ImageSet(
        size: ImageSize(1, side), colorMode: mode, pixels: Array(repeating: 9, count: side * mode.channels),
        labels: [0])
    }
    let gray = try set(.grayscale, 3)
    let color = try set(.rgb, 1)
    #expect(gray.pixels == color.pixels)
    let prints = try [gray, color].map {
      try Dataset.fingerprint(classNames: ["a"], train: $0, test: $0)
    }
    #expect(prints[0] != prints[1])
    let pipelines = try ColorMode.allCases.map {
      try AugmentationPipeline([], imageSize: size, colorMode: $0).contentDescription
    }
    #expect(pipelines[0].contains("grayscale") && !pipelines[1].contains("rgb"))
  }

  @Test func `a data set of both kinds of images is refused`() throws {
    let gray = try ImageSet(size: ImageSize(1, 1), colorMode: .grayscale, pixels: [1], labels: [0])
    let color = try ImageSet(size: ImageSize(1, 1), pixels: [1, 1, 1], labels: [0])
    #expect(throws: ImageSetError.channelsDiffer(train: .grayscale, set: "test", other: .rgb)) {
      try Dataset(name: "x", classNames: ["a"], train: gray, test: color, fingerprint: "", source: "")
    }
    #expect(throws: ImageSetError.statistics(name: "mean", .grayscale, found: [0, 0, 0])) {
      try Dataset(
        name: "x", classNames: ["a"], train: gray, test: gray, mean: [0, 0, 0], std: [1], fingerprint: "",
        source: "")
    }
  }

  @Test func `statistics are those of all pixels`() throws {
    let set = try ImageSet(
      size: ImageSize(1, 2), colorMode: .grayscale, pixels: [0, 51, 102, 255], labels: [0, 0])
    let found = ChannelStatistics(of: set)
    #expect(abs(found.mean[0] - 0.4) < 1e-12)
    #expect(abs(found.std[0] - 0.37416573867739417) < 1e-12)  // NumPy: np.std([0, 0.2, 0.4, 1])
    let plain = try ImageSet(size: ImageSize(1, 1), pixels: [10, 20, 30], labels: [0])
    #expect(ChannelStatistics(of: plain).std == [0, 0, 0])
    #expect(ChannelStatistics(of: plain).positiveStd == Array(repeating: 1.0 / 255, count: 3))
  }
}
