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
  ///   - folder: the folder with CIFAR-10; `nil` generates the embedded set, or noise where its images have another
  ///     size than the network's.
  ///   - train: the number of generated training images.
  ///   - test: the number of generated test images.
  ///   - input: the shape of the network's input.
  /// - Throws: ``DatasetError``, ``FileError`` if the folder does not contain the data set; ``BenchmarkError`` if it
  ///   does not fit the network.
  public static func load(folder: String?, train: Int, test: Int, for input: Shape) throws -> Dataset {
    guard input.isImage, input.channels == 3 else { throw BenchmarkError.notImages(input) }
    let isCIFAR = input == Shape(3, 32, 32)
    if let folder {
      guard isCIFAR else { throw BenchmarkError.notCIFAR(input) }
      return try .load(.cifar10, from: DatasetLocator(given: folder))
    }
    if isCIFAR { return try .synthetic(train: train, test: test) }
    let size = ImageSize(input.height, input.width)
    return try Dataset(
      name: "noise", classNames: (0..<10).map { "class \($0)" },
      train: noise(size, count: train, item: 0), test: noise(size, count: test, item: 1),
      fingerprint: "noise",
      source: "Random bytes")
  }

  /// A number of images with as many pixels as this number of 32×32 images, so that larger images take no more memory.
  public static func count(_ count: Int, of input: Shape, atLeast least: Int) -> Int {
    max(least, min(count, count * 32 * 32 / max(1, input.height * input.width)))
  }

  /// Images of random bytes, with labels that alternate between ten classes.
  private static func noise(_ size: ImageSize, count: Int, item: Int) throws -> ImageSet {
    var random = RandomStream(seed: 1, .synthetic, item: item)
    return try ImageSet(
      size: size, pixels: (0..<count * size.pixels * 3).map { _ in UInt8(random.below(256)) },
      labels: (0..<count).map { Int32($0 % 10) })
  }
}
