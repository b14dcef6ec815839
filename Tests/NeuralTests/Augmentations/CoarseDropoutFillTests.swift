import Testing

@testable import Neural

@Suite struct CoarseDropoutFillTests {
  /// The assignment's holes are black; filling them with the mean colour would train a different network.
  @Test(arguments: [Augmentation.FillValue.black, .mean])
  func holesAreBlackUnlessTheMeanIsAskedFor(fill: Augmentation.FillValue) throws {
    let normalization = Normalization(mean: [0.5, 0.25, 0.75], std: [0.2, 0.2, 0.2])
    let pipeline = try AugmentationPipeline(
      [.coarseDropout(maxHoles: 1, maxHeight: 16, maxWidth: 16, fillValue: fill, p: 1)],
      imageSize: ImageSize(32, 32), normalization: normalization)
    let white = try Image(ImageSize(32, 32), color: RGB(255, 255, 255))
    let pixels = pipeline.augmented(white, seed: 1, epoch: 0, item: 0).image.pixels
    let expected: [UInt8] =
      fill == .black
      ? [0, 0, 0]
      : [normalization.meanColor.red, normalization.meanColor.green, normalization.meanColor.blue]
    let holes = stride(from: 0, to: pixels.count, by: 3).map { Array(pixels[$0..<$0 + 3]) }
      .filter { $0 != [255, 255, 255] }
    #expect(holes.count == 256)
    #expect(Set(holes) == [expected])
  }
}
