import Support

/// The facts about a data set that are known before its images are read.
///
///     let outline = try DatasetOutline.find(.cifar10, from: DatasetLocator())
///     outline?.trainCount   // 50000
public struct DatasetOutline: Sendable, Hashable {
  public let name: String
  /// The classes, or the numbers that each image has.
  public let targets: TargetNames
  /// The size of every image; 0×0 for a table.
  public let imageSize: ImageSize
  /// The channels of every image.
  public let colorMode: ColorMode
  /// The number of training images of each class, or of all images if the targets are numbers.
  public let trainPerClass: [Int]
  /// The number of the data set's own validation images; `nil` if it has none.
  public let validationCount: Int?
  /// The number of test images; 0 if the data set has validation images instead.
  public let testCount: Int
  /// Whether it is the embedded data set.
  public let isEmbedded: Bool
  /// The normalisation that the pipeline ends with by default.
  public let normalization: Normalization
  /// The files of an image folder that are not in the data set.
  public let skipped: SkippedFiles
  /// The columns of a table; `nil` for images.
  public let table: TableColumns?

  /// The class names; empty if the targets are numbers.
  public var classNames: [String] { targets.classNames }
  /// The number of training images.
  public var trainCount: Int { trainPerClass.reduce(0, +) }
  /// The shape of one sample: the channels, height and width of an image, or the features of a row.
  public var input: Shape {
    table.map { Shape(features: $0.features.count) }
      ?? Shape(colorMode.channels, imageSize.height, imageSize.width)
  }
  /// The size of one sample in memory, in bytes.
  public var bytesPerSample: Int {
    table.map { $0.features.count * MemoryLayout<Double>.size } ?? imageSize.pixels * colorMode.channels
  }
  /// The size of the samples in memory, in bytes.
  public var bytes: Int { (trainCount + (validationCount ?? 0) + testCount) * bytesPerSample }

  init(
    name: String, targets: TargetNames, imageSize: ImageSize, colorMode: ColorMode = .rgb,
    trainPerClass: [Int], testCount: Int, validationCount: Int? = nil, isEmbedded: Bool = false,
    normalization: Normalization? = nil, skipped: SkippedFiles = SkippedFiles(), table: TableColumns? = nil
  ) {
    self.name = name
    self.targets = targets
    self.imageSize = imageSize
    self.colorMode = colorMode
    self.trainPerClass = trainPerClass
    self.validationCount = validationCount
    self.testCount = testCount
    self.isEmbedded = isEmbedded
    self.normalization = normalization ?? .standard(for: colorMode)
    self.skipped = skipped
    self.table = table
  }

  /// Creates the outline of a data set whose images have been read.
  public init(_ dataset: Dataset) {
    self.init(
      name: dataset.name, targets: dataset.targets, imageSize: dataset.imageSize,
      colorMode: dataset.colorMode,
      trainPerClass: dataset.targets.kind == .labels
        ? Self.counts(dataset.train.labels, classes: dataset.classCount) : [dataset.train.count],
      testCount: dataset.test.count, validationCount: dataset.validation?.count,
      isEmbedded: dataset.isEmbedded,
      normalization: Normalization(mean: dataset.mean, std: dataset.std), skipped: dataset.skipped,
      table: dataset.table)
  }

  /// Finds a data set and checks the names and sizes of its files without reading an image.
  ///
  /// - Returns: `nil` if the number of images is known only after reading the whole data set.
  /// - Throws: ``DatasetError``, ``ImagePreparationError``, `FileError`, `ImageError` or `ImageSetError`: the errors of reading the data
  ///   set, as far as they can be known without reading it.
  public static func find(_ source: DataSource, from locator: DatasetLocator) throws -> DatasetOutline? {
    switch source.rule {
    case .cifar(let cifar): try CIFARReader(cifar: cifar, location: locator.locate(cifar)).outline()
    case .idx(let idx): try IDXReader(idx: idx, location: locator.locate(idx)).outline()
    case .imageFolder(let path, let preparation, let mode):
      try ImageFolder(path: locator.folder(path), preparation: preparation, colorMode: mode).outline()
    case .arrays(let table): try table.outline()
    case .csv(let request): try CSVDataset(CSVTable(request, from: locator)).outline()
    case .synthetic(let train, let test, _, let target):
      try .synthetic(train: train, test: test, target: target)
    }
  }

  static func counts(_ labels: some Sequence<Int32>, classes: Int) -> [Int] {
    var counts = Array(repeating: 0, count: classes)
    for label in labels where counts.indices.contains(Int(label)) { counts[Int(label)] += 1 }
    return counts
  }

  /// `count` images whose classes come in turn.
  private static func inTurn(_ count: Int, classes: Int) -> [Int] {
    (0..<classes).map { count / classes + ($0 < count % classes ? 1 : 0) }
  }

  private static func synthetic(train: Int, test: Int, target: SyntheticTarget) throws -> DatasetOutline {
    try SyntheticImages.check(train, named: "train")
    try SyntheticImages.check(test, named: "test")
    let (mean, std) = target.statistics
    return DatasetOutline(
      name: target.name, targets: target.names,
      imageSize: ImageSize(SyntheticCanvas.side, SyntheticCanvas.side),
      trainPerClass: inTurn(train, classes: max(1, target.names.classNames.count)), testCount: test,
      isEmbedded: true, normalization: Normalization(mean: mean, std: std))
  }
}

extension CIFARReader {
  fileprivate func outline() throws -> DatasetOutline? {
    let files = cifar.files(location.encoding)
    if location.isArchive {
      guard try FileBytes.prefix(of: location.path, count: 2) == [0x1F, 0x8B] else {
        throw DatasetError(
          .archive(reason: "not compressed with gzip"), dataset: cifar.name, file: location.path)
      }
    } else {
      try checkPresence()
      for (name, records) in files {
        let path = "\(location.path)/\(name)"
        let bytes = try FileBytes.size(path)
        if location.encoding == .binary {
          try CIFARRecords.checkLength(bytes, of: cifar, file: path, records: location.isHead ? nil : records)
        }
      }
      if location.isHead { return try shortened(files.map(\.name)) }
    }
    let train = files.dropLast().reduce(0) { $0 + $1.records }
    return outline(
      trainPerClass: Array(repeating: train / cifar.classNames.count, count: cifar.classNames.count),
      testCount: files.last?.records ?? 0)
  }

  /// Of a shortened set the labels, which no one has published; only in the binary layout they are quickly found.
  private func shortened(_ names: [String]) throws -> DatasetOutline? {
    guard location.encoding == .binary, let test = names.last else { return nil }
    var perClass = Array(repeating: 0, count: cifar.classNames.count)
    for name in names.dropLast() {
      let bytes = try FileBytes.read("\(location.path)/\(name)", limit: 1 << 24)
      let labels = stride(from: cifar.labelBytes - 1, to: bytes.count, by: cifar.recordBytes)
      for label in labels where perClass.indices.contains(Int(bytes[label])) {
        perClass[Int(bytes[label])] += 1
      }
    }
    return outline(
      trainPerClass: perClass, testCount: try FileBytes.size("\(location.path)/\(test)") / cifar.recordBytes)
  }

  private func outline(trainPerClass: [Int], testCount: Int) -> DatasetOutline {
    DatasetOutline(
      name: cifar.name, targets: .classes(cifar.classNames), imageSize: ImageSize(CIFAR.side, CIFAR.side),
      trainPerClass: trainPerClass, testCount: testCount,
      normalization: Normalization(mean: cifar.mean, std: cifar.std))
  }
}
