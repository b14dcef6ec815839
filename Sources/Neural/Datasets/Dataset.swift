/// A data set for training: training, validation and test images, the names of their targets, and their origin.
///
///     let data = try Dataset.synthetic(train: 500, test: 100)
///     data.classNames.count   // 10
public struct Dataset: Sendable {
  /// For example `CIFAR-10`.
  public let name: String
  /// The names of the classes, or of the numbers that are each image's target.
  public let targets: TargetNames
  /// The training images.
  public let train: ImageSet
  /// The data set's own validation images; `nil` if it has none.
  public let validation: ImageSet?
  /// The test images; empty if the data set has validation images instead.
  public let test: ImageSet
  /// The mean of each channel in 0…1, which `.normalize()` subtracts.
  public let mean: [Double]
  /// Each channel's standard deviation in 0…1, by which `.normalize()` divides.
  public let std: [Double]
  /// The SHA-256 of the images and targets, in hexadecimal. Equal fingerprints mean equal data.
  public let fingerprint: String
  /// Whether this is the embedded data set.
  public let isEmbedded: Bool
  /// A sentence on where the images came from.
  public let source: String
  /// The files of an image folder that are not in the data set.
  public let skipped: SkippedFiles
  /// The columns of a table; `nil` for images.
  public let table: TableColumns?
  /// The transforms by which images of other sizes become like these; empty if the data set has none.
  public let preparation: [ImagePreparation]

  /// The size of every image; 0×0 for a table.
  public var imageSize: ImageSize { train.size }
  /// The channels of every image.
  public var colorMode: ColorMode { train.colorMode }
  /// The class names, by class index; empty if the targets are numbers.
  public var classNames: [String] { targets.classNames }
  /// The number of classes; 0 if the targets are numbers.
  public var classCount: Int { classNames.count }

  /// Creates a data set with classes. Without a mean and a standard deviation of each channel (0…1), it uses
  /// ``Normalization/standard(for:)``.
  ///
  /// - Throws: `ImageSetError` if a set is empty, the sizes or channels differ, a label has no class name, or the
  ///   statistics are not finite numbers, one per channel (`std` above 0).
  public init(
    name: String, classNames: [String], train: ImageSet, test: ImageSet,
    mean: [Double]? = nil, std: [Double]? = nil,
    fingerprint: String, isEmbedded: Bool = false, source: String
  ) throws(ImageSetError) {
    try self.init(
      name: name, targets: .classes(classNames), train: train, test: test, mean: mean, std: std,
      fingerprint: fingerprint, isEmbedded: isEmbedded, source: source)
  }

  /// - Throws: `ImageSetError` as above, or if the targets of a set do not match `targets`. Only the test set of a data
  ///   set with validation images may be empty.
  public init(
    name: String, targets: TargetNames, train: ImageSet, validation: ImageSet? = nil, test: ImageSet,
    mean: [Double]? = nil, std: [Double]? = nil,
    fingerprint: String, isEmbedded: Bool = false, source: String, skipped: SkippedFiles = SkippedFiles(),
    table: TableColumns? = nil, preparation: [ImagePreparation] = []
  ) throws(ImageSetError) {
    guard targets.outputs > 0 else { throw targets.kind == .labels ? .noClasses : .noValues }
    let sets = [("training", train), ("test", test)] + (validation.map { [("validation", $0)] } ?? [])
    for (set, images) in sets {
      guard train.size == images.size else {
        throw .sizesDiffer(train: train.size, set: set, other: images.size)
      }
      guard train.colorMode == images.colorMode else {
        throw .channelsDiffer(train: train.colorMode, set: set, other: images.colorMode)
      }
      guard images.featureCount == table?.features.count ?? 0 else {
        throw .featuresDiffer(train: table?.features.count ?? 0, set: set, other: images.featureCount)
      }
      if set == "test", images.count == 0, validation != nil { continue }
      guard images.count > 0 else { throw .empty(set: set) }
      guard images.targets.kind == targets.kind, images.valuesPerImage == targets.valueNames.count else {
        throw .targets(set: set, expected: targets)
      }
      if let image = images.labels.firstIndex(where: { $0 < 0 || Int($0) >= targets.outputs }) {
        throw .label(images.labels[image], image: image, set: set, classes: targets.outputs)
      }
    }
    let standard = Normalization.standard(for: train.colorMode)
    let (mean, std) = (mean ?? standard.mean, std ?? standard.std)
    guard mean.count == train.channels, mean.allSatisfy(\.isFinite) else {
      throw .statistics(name: "mean", train.colorMode, found: mean)
    }
    guard std.count == train.channels, std.allSatisfy({ $0.isFinite && $0 > 0 }) else {
      throw .statistics(name: "std", train.colorMode, found: std)
    }
    self.name = name
    self.targets = targets
    self.train = train
    self.validation = validation
    self.test = test
    self.mean = mean
    self.std = std
    self.fingerprint = fingerprint
    self.isEmbedded = isEmbedded
    self.source = source
    self.skipped = skipped
    self.table = table
    self.preparation = preparation
  }

  /// An image of any size and channels, prepared like the images of this data set, or resized to their size.
  ///
  /// - Throws: ``ImageError`` if a size is invalid.
  public func prepared(_ image: Image) throws(ImageError) -> Image {
    let image = image.converted(to: colorMode)
    return try preparation.isEmpty ? image.resized(to: imageSize) : image.prepared(by: preparation)
  }
}
