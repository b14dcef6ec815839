import Neural

/// The images for a benchmark: CIFAR-10 from a folder, or the embedded set.
public enum BenchmarkData {
  /// The assignment's augmentations.
  public static let augmentation: [Augmentation] = [
    .padIfNeeded(minHeight: 36, minWidth: 36),
    .randomCrop(32, 32),
    .horizontalFlip(p: 0.5),
    .shiftScaleRotate(shiftLimit: 0.1, scaleLimit: 0.1, rotateLimit: 15, p: 0.5),
    .randomBrightnessContrast(brightnessLimit: 0.2, contrastLimit: 0.2, p: 0.5),
    .hueSaturationValue(hueShiftLimit: 20, satShiftLimit: 30, valShiftLimit: 20, p: 0.5),
    .coarseDropout(
      maxHoles: 1, maxHeight: 16, maxWidth: 16, minHoles: 1, minHeight: 16, minWidth: 16, p: 0.5),
    .normalize(),
  ]

  /// Loads or generates the images.
  ///
  /// - Parameters:
  ///   - folder: the folder with CIFAR-10; `nil` generates the embedded set.
  ///   - train: the number of training images in the embedded set.
  ///   - test: the number of test images in the embedded set.
  /// - Throws: ``DatasetError``, ``FileError`` if the folder does not contain the data set.
  public static func load(folder: String?, train: Int, test: Int) throws -> Dataset {
    if let folder { return try .load(.cifar10, from: DatasetLocator(given: folder)) }
    return try .synthetic(train: train, test: test)
  }
}
