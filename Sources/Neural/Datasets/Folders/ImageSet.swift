import Support

/// Images of one size with their targets, stored as one block of bytes; or the rows of a table with theirs.
///
///     let set = try ImageSet(size: ImageSize(32, 32), pixels: bytes, labels: [3, 8, 8])
///     set.count            // 3
///     set.image(at: 0)     // an Image
public struct ImageSet: Sendable {
  /// Height and width of every image; 0×0 for the rows of a table.
  public let size: ImageSize
  /// The channels of every image.
  public let colorMode: ColorMode
  /// [count, height, width, channels], contiguous; empty for the rows of a table.
  public let pixels: [UInt8]
  /// The rows of a table, [count][featureCount], contiguous; empty for images.
  public let features: [Double]
  /// The number of features of each row; 0 for images.
  public let featureCount: Int
  /// Each image's class, or the numbers to predict for it.
  public let targets: ImageTargets
  /// The number of images.
  public let count: Int

  /// Each image's class: an index into the data set's class names. Empty if the targets are numbers.
  public var labels: [Int32] { if case .labels(let labels) = targets { labels } else { [] } }
  /// The numbers to predict, [count][valuesPerImage]. Empty if the targets are classes.
  public var values: [Float] { if case .values(let values, _) = targets { values } else { [] } }
  /// The number of values to predict for each image; 0 if the targets are classes.
  public var valuesPerImage: Int { if case .values(_, let count) = targets { count } else { 0 } }

  /// The height of every image in pixels.
  public var height: Int { size.height }
  /// The width of every image in pixels.
  public var width: Int { size.width }
  /// The number of channels: 1 or 3.
  public var channels: Int { colorMode.channels }
  /// The number of bytes of one image.
  public var stride: Int { size.pixels * channels }
  /// The number of network inputs of one sample.
  public var elements: Int { featureCount > 0 ? featureCount : stride }

  /// - Throws: `ImageSetError` if the number of bytes does not match the number of labels.
  public init(
    size: ImageSize, colorMode: ColorMode = .rgb, pixels: [UInt8], labels: [Int32]
  ) throws(ImageSetError) {
    try self.init(size: size, colorMode: colorMode, pixels: pixels, targets: .labels(labels))
  }

  /// - Throws: `ImageSetError` if the number of bytes does not match the number of targets, or a target is
  ///   not finite.
  public init(
    size: ImageSize, colorMode: ColorMode = .rgb, pixels: [UInt8], targets: ImageTargets
  ) throws(ImageSetError) {
    try Self.check(targets)
    guard let area = size.checkedPixels else { throw .size(size) }
    let (bytes, overflow) = targets.count.multipliedReportingOverflow(by: area * colorMode.channels)
    guard !overflow, bytes == pixels.count else {
      throw .pixelCount(size: size, colorMode, labels: targets.count, found: pixels.count)
    }
    self.size = size
    self.colorMode = colorMode
    self.pixels = pixels
    features = []
    featureCount = 0
    self.targets = targets
    count = targets.count
  }

  /// The rows of a table.
  ///
  /// - Parameters:
  ///   - features: [rows][featureCount], contiguous.
  ///   - featureCount: the number of features of each row, at least 1.
  ///   - targets: the target of each row.
  /// - Throws: `ImageSetError` if the number of features does not match the number of targets, or a number is not
  ///   finite.
  public init(features: [Double], featureCount: Int, targets: ImageTargets) throws(ImageSetError) {
    try Self.check(targets)
    let (numbers, overflow) = targets.count.multipliedReportingOverflow(by: featureCount)
    guard featureCount >= 1, !overflow, numbers == features.count else {
      throw .featureCount(features: features.count, perRow: featureCount, rows: targets.count)
    }
    if let index = features.firstIndex(where: { !$0.isFinite }) {
      throw .feature(features[index], row: index / featureCount)
    }
    size = ImageSize(0, 0)
    colorMode = .rgb
    pixels = []
    self.features = features
    self.featureCount = featureCount
    self.targets = targets
    count = targets.count
  }

  private static func check(_ targets: ImageTargets) throws(ImageSetError) {
    guard case .values(let values, let perImage) = targets else { return }
    guard perImage >= 1, values.count.isMultiple(of: perImage) else {
      throw .valueCount(values: values.count, perImage: perImage)
    }
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      throw .value(values[index], image: index / perImage)
    }
  }

  /// One image; `nil` if the index is out of range, and for the rows of a table.
  public func image(at index: Int) -> Image? {
    guard featureCount == 0, (0..<count).contains(index) else { return nil }
    return Image(
      unchecked: size, colorMode: colorMode, pixels: Array(pixels[index * stride..<(index + 1) * stride]))
  }

  /// The images at these indices, in this order.
  /// - Throws: `ImageSetError` if an index is out of range.
  public func subset(_ indices: [Int]) throws(ImageSetError) -> ImageSet {
    for index in indices where !(0..<count).contains(index) { throw .index(index, count: count) }
    if featureCount > 0 {
      return try ImageSet(
        features: indices.flatMap { features[$0 * featureCount..<($0 + 1) * featureCount] },
        featureCount: featureCount, targets: targets.subset(indices))
    }
    var chosen: [UInt8] = []
    chosen.reserveCapacity(indices.count * stride)
    for index in indices { chosen += pixels[index * stride..<(index + 1) * stride] }
    return try ImageSet(
      size: size, colorMode: colorMode, pixels: chosen, targets: targets.subset(indices))
  }
}

/// An error in a set of images.
public enum ImageSetError: Problem, Hashable {
  /// The size of an image is out of range.
  case size(ImageSize)
  /// The number of bytes does not match the size and number of the images.
  case pixelCount(size: ImageSize, ColorMode, labels: Int, found: Int)
  /// There is no image with this index.
  case index(Int, count: Int)
  /// A label has no class name.
  case label(Int32, image: Int, set: String, classes: Int)
  /// The data set has no class names.
  case noClasses
  /// The targets are numbers that have no names.
  case noValues
  /// The targets of a set are of a different kind than the data set's, or of a different number per image.
  case targets(set: String, expected: TargetNames)
  /// The number of target values is not a multiple of the number per image.
  case valueCount(values: Int, perImage: Int)
  /// A target value is not finite.
  case value(Float, image: Int)
  /// The number of features is not that of whole rows.
  case featureCount(features: Int, perRow: Int, rows: Int)
  /// A feature is not finite.
  case feature(Double, row: Int)
  /// Another set's rows do not have the number of features of the training rows.
  case featuresDiffer(train: Int, set: String, other: Int)
  /// A set has no images.
  case empty(set: String)
  /// The images of another set do not have the size of the training images.
  case sizesDiffer(train: ImageSize, set: String, other: ImageSize)
  /// The images of another set do not have the channels of the training images.
  case channelsDiffer(train: ColorMode, set: String, other: ColorMode)
  /// The means or the standard deviations are not finite numbers, one per channel, or a standard deviation is not above
  /// 0.
  case statistics(name: String, ColorMode, found: [Double])
  /// A validation split would leave one part empty.
  case fraction(Double, count: Int)
  /// Classes with a single training image, of which none can be set aside.
  case singleImages(classes: [String])
  /// A validation fraction was given for a data set that has its own validation images.
  case ownValidation(dataset: String, count: Int, fraction: Double)
  /// The requested number of synthetic images is out of range.
  case syntheticCount(name: String, found: Int)

  /// Whether the error is about the fraction of a validation split.
  public var isAboutValidation: Bool {
    switch self {
    case .fraction, .singleImages, .ownValidation: true
    default: false
    }
  }

  public var description: String {
    switch self {
    case .size(let size):
      return
        "images of \(size) pixels (height×width): both must be at least 1, and the maximum number of pixels is "
        + "\(ImageSize.mostPixels)"
    case .pixelCount(let size, let mode, let labels, let found):
      return
        "\(labels) labels need \(labels) \(mode.adjective) images of \(size) pixels with "
        + "\(size.pixels * mode.channels) bytes each; found \(found) bytes"
    case .index(let index, let count):
      return count == 0
        ? "image \(index) does not exist: the data set is empty"
        : "image \(index) does not exist: the data set has images 0…\(count - 1)"
    case .label(let label, let image, let set, let classes):
      return
        "image \(image) of the \(set) set has label \(label); with \(classes) classes, labels must be in "
        + "0…\(classes - 1)"
    case .noClasses:
      return "a data set needs at least one class name; found none"
    case .noValues:
      return "a data set with numeric targets needs at least one target name; found none"
    case .targets(let set, .classes):
      return "the \(set) set has numeric targets, but the data set has class names"
    case .targets(let set, .values(let names)):
      return
        "each image of the \(set) set must have \(names.count) numbers as its target, one for each name: "
        + names.joined(separator: ", ")
    case .valueCount(let values, let perImage):
      return "\(values) target values cannot be divided among images with \(perImage) each"
    case .value(let value, let image):
      return "image \(image) has the target \(value); targets must be finite numbers"
    case .featureCount(let features, let perRow, let rows):
      return "\(rows) targets need \(rows) rows of \(perRow) features each; found \(features) numbers"
    case .feature(let value, let row):
      return "row \(row) has the feature \(value); features must be finite numbers"
    case .featuresDiffer(let train, let set, let other):
      return "training rows have \(train) features and \(set) rows \(other); use the same columns"
    case .empty(let set):
      return "the \(set) set has no images"
    case .sizesDiffer(let train, let set, let other):
      return "training images are \(train) pixels and \(set) images \(other) (height×width); use one size"
    case .channelsDiffer(let train, let set, let other):
      return "training images are \(train.adjective) and \(set) images \(other.adjective); use one kind"
    case .statistics(let name, let mode, let found):
      let numbers = mode == .rgb ? "three finite numbers, one per channel (R, G, B)" : "one finite number"
      return "\(name) must be \(numbers)"
        + (name == "std" ? ", each above 0" : "") + "; found \(found)"
    case .fraction(let fraction, let count):
      return "cannot split \(count) images with a validation fraction of \(fraction); "
        + "choose a fraction between 0 and 1 that leaves images on both sides"
    case .singleImages(let classes):
      return "cannot set aside validation images: \(ImageFolderFault.classes(classes)) only 1 training image"
        + "\(classes.count == 1 ? "" : " each"); a class needs at least 2"
    case .ownValidation(let dataset, let count, let fraction):
      return
        "\(dataset) has its own validation images (\(Number.grouped(count))); remove validation: \(fraction)"
    case .syntheticCount(let name, let found):
      return "\(name) must be in 1…\(SyntheticImages.mostImages) images, found \(found)"
    }
  }
}
