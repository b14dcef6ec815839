import Neural

/// The images for a benchmark: CIFAR-10 from a folder, the embedded set, or noise of another size.
public enum BenchmarkData {
  /// The assignment's augmentations, for images of a size: borders and holes are the same share of the image.
  public static func augmentation(_ size: ImageSize) -> [Augmentation] {
    let (height, width) = (size.height, size.width)
    return [
      .padIfNeeded(minHeight: height + height / 8, minWidth: width + width / 8),
      .randomCrop(height, width),
      .horizontalFlip(p: 0.5),
      .shiftScaleRotate(shiftLimit: 0.1, scaleLimit: 0.1, rotateLimit: 15, p: 0.5),
      .randomBrightnessContrast(brightnessLimit: 0.2, contrastLimit: 0.2, p: 0.5),
      .hueSaturationValue(hueShiftLimit: 20, satShiftLimit: 30, valShiftLimit: 20, p: 0.5),
      .coarseDropout(
        maxHoles: 1, maxHeight: max(1, height / 2), maxWidth: max(1, width / 2), minHoles: 1,
        minHeight: max(1, height / 2), minWidth: max(1, width / 2), p: 0.5),
      .normalize(),
    ]
  }

  /// Loads or generates the images.
  ///
  /// - Parameters:
  ///   - folder: the folder with CIFAR-10; `nil` generates the embedded set, or noise if that does not fit the network.
  ///   - train: the number of generated training images.
  ///   - test: the number of generated test images.
  ///   - workload: the network that the images and targets must fit.
  /// - Throws: ``DatasetError``, ``FileError`` if the folder does not contain the data set; ``BenchmarkError`` if it
  ///   does not fit the network.
  public static func load(folder: String?, train: Int, test: Int, for workload: Workload) throws -> Dataset {
    let (input, outputs) = (workload.model.input, workload.model.output.elements)
    let kind = workload.recipe.loss.task.targets
    guard input.isImage, input.channels == 3 else { throw BenchmarkError.notImages(input) }
    let isCIFAR = input == Shape(3, 32, 32) && outputs == 10 && kind == .labels
    if let folder {
      guard isCIFAR else { throw BenchmarkError.notCIFAR(input: input, outputs: outputs) }
      return try .load(.cifar10, from: DatasetLocator(given: folder))
    }
    if isCIFAR { return try .synthetic(train: train, test: test) }
    let size = ImageSize(input.height, input.width)
    let names = (0..<outputs).map { "\($0)" }
    return try Dataset(
      name: "noise", targets: kind == .labels ? .classes(names) : .values(names),
      train: noise(size, count: train, outputs, kind, item: 0),
      test: noise(size, count: test, outputs, kind, item: 1), fingerprint: "noise", source: "Random bytes")
  }

  /// A number of images with as many pixels as this number of 32×32 images, so that larger images take no more memory.
  public static func count(_ count: Int, of input: Shape, atLeast least: Int) -> Int {
    max(least, min(count, count * 32 * 32 / max(1, input.height * input.width)))
  }

  /// Images of random bytes with random targets.
  private static func noise(
    _ size: ImageSize, count: Int, _ outputs: Int, _ kind: TargetKind, item: Int
  ) throws -> ImageSet {
    var random = RandomStream(seed: 1, .synthetic, item: item)
    let targets: ImageTargets =
      kind == .labels
      ? .labels((0..<count).map { _ in Int32(random.below(outputs)) })
      : .values((0..<count * outputs).map { _ in Float(random.uniform(-2, 2)) }, perImage: outputs)
    return try ImageSet(
      size: size,
      pixels: (0..<count * size.pixels * 3).map { _ in UInt8(truncatingIfNeeded: random.next32()) },
      targets: targets)
  }
}
