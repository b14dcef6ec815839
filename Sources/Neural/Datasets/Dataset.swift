/// A data set ready for training: two sets of images, the names of their classes, and where they came from.
///
///     let data = try Dataset.synthetic(train: 500, test: 100)
///     data.classNames.count   // 10
public struct Dataset: Sendable {
  /// For example `CIFAR-10`.
  public let name: String
  /// Class i's name is `classNames[i]`.
  public let classNames: [String]
  public let train: ImageSet
  public let test: ImageSet
  /// Each channel's mean (R, G, B) in 0…1, with which `.normalize()` shifts.
  public let mean: [Double]
  /// Each channel's standard deviation (R, G, B) in 0…1, by which `.normalize()` divides.
  public let std: [Double]
  /// SHA-256 of the images and labels, in hexadecimal: equal fingerprints, equal data.
  public let fingerprint: String
  /// Whether this is the data set that comes with the program.
  public let isEmbedded: Bool
  /// A sentence on where the images came from.
  public let source: String

  public var imageSize: ImageSize { train.size }
  public var classCount: Int { classNames.count }

  /// - Throws: `ImageSetError` where a set is empty, the sizes differ, a label has no class name, or the
  ///   statistics are not three finite numbers (`std` above 0).
  public init(
    name: String, classNames: [String], train: ImageSet, test: ImageSet,
    mean: [Double] = Normalization.cifar10Mean, std: [Double] = Normalization.cifar10Std,
    fingerprint: String, isEmbedded: Bool = false, source: String
  ) throws(ImageSetError) {
    guard !classNames.isEmpty else { throw .noClasses }
    guard train.size == test.size else { throw .sizesDiffer(train: train.size, test: test.size) }
    for (set, images) in [("training", train), ("test", test)] {
      guard images.count > 0 else { throw .empty(set: set) }
      if let image = images.labels.firstIndex(where: { $0 < 0 || Int($0) >= classNames.count }) {
        throw .label(images.labels[image], image: image, set: set, classes: classNames.count)
      }
    }
    guard mean.count == 3, mean.allSatisfy(\.isFinite) else { throw .statistics(name: "mean", found: mean) }
    guard std.count == 3, std.allSatisfy({ $0.isFinite && $0 > 0 }) else {
      throw .statistics(name: "std", found: std)
    }
    self.name = name
    self.classNames = classNames
    self.train = train
    self.test = test
    self.mean = mean
    self.std = std
    self.fingerprint = fingerprint
    self.isEmbedded = isEmbedded
    self.source = source
  }
}
