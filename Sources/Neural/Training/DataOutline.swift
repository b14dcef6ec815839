/// A data set with batching and augmentation for training, before its images are read.
///
///     let data = try DataOutline(outline, batchSize: 64, dropLast: true)
///     data.batchesPerEpoch   // 781 of CIFAR-10
public struct DataOutline: Sendable {
  /// The data set.
  public let dataset: DatasetOutline
  /// The batch sizes that data can have, in images.
  public static let batchSizes = 1...4096

  /// Images per batch.
  public private(set) var batchSize: Int
  /// Whether an incomplete last batch of an epoch is dropped.
  public let dropLast: Bool
  /// The augmentations of training images, ending in normalisation.
  public let pipeline: AugmentationPipeline
  /// The ways of mixing training images; one is chosen for each batch.
  public let mixing: [Mixing]
  /// The number of training images, without those held out for validation.
  public let trainCount: Int
  /// The number of training images of each class, without those held out; of all images if the targets are numbers.
  public let trainPerClass: [Int]
  /// How the training images of an epoch are chosen.
  public let sampler: Sampler
  /// The split on which the epochs of a training are evaluated: validation, or test without a validation split.
  public let evaluationSplit: Split
  /// The number of images in ``evaluationSplit``.
  public let heldCount: Int

  /// The class names; empty if the targets are numbers.
  public var classNames: [String] { dataset.classNames }

  /// - Throws: ``TrainingError`` for values out of range, or mixing if the targets are numbers; `AugmentationError` for
  ///   augmentations and mixing;
  ///   `ImageSetError` if a class is too small for the validation split, or the data set has its own.
  public init(
    _ dataset: DatasetOutline, batchSize: Int = 64, dropLast: Bool = false,
    augmentation: [Augmentation] = [], mixing: [Mixing] = [], validation: Double = 0,
    sampler: Sampler = .shuffled
  ) throws {
    for mix in mixing { try mix.validate() }
    if !mixing.isEmpty, dataset.table != nil {
      throw TrainingError(.needsImages(purpose: "mixing", data: dataset.name))
    }
    guard mixing.isEmpty || dataset.targets.kind == .labels else {
      throw TrainingError(.mixedNumbers(data: dataset.name))
    }
    self.mixing = mixing
    guard Self.batchSizes.contains(batchSize) else {
      let expected = "in \(Self.batchSizes.lowerBound)…\(Self.batchSizes.upperBound)"
      throw TrainingError(.value(name: "batchSize", expected: expected, found: "\(batchSize)"))
    }
    guard validation >= 0, validation < 1 else {
      throw TrainingError(
        .value(name: "validation", expected: "at least 0 and below 1", found: "\(validation)"))
    }
    self.dataset = dataset
    self.batchSize = batchSize
    self.dropLast = dropLast
    guard sampler == .shuffled || dataset.targets.kind == .labels else {
      throw TrainingError(
        .value(
          name: "sampler", expected: ".shuffled for data with numbers as targets",
          found: ".\(sampler.rawValue)"))
    }
    self.sampler = sampler
    evaluationSplit = validation > 0 || dataset.validationCount != nil ? .validation : .test
    if let own = dataset.validationCount {
      guard validation == 0 else {
        throw ImageSetError.ownValidation(dataset: dataset.name, count: own, fraction: validation)
      }
      trainPerClass = dataset.trainPerClass
      heldCount = own
    } else if validation > 0 {
      let single = zip(dataset.classNames, dataset.trainPerClass).filter { $0.1 == 1 }.map(\.0)
      guard single.isEmpty else { throw ImageSetError.singleImages(classes: single) }
      let held = dataset.trainPerClass.map { ImageSet.share($0, of: validation) }
      heldCount = held.reduce(0, +)
      trainPerClass = zip(dataset.trainPerClass, held).map { $0 - $1 }
      guard heldCount > 0, heldCount < dataset.trainCount else {
        throw ImageSetError.fraction(validation, count: dataset.trainCount)
      }
    } else {
      trainPerClass = dataset.trainPerClass
      heldCount = dataset.testCount
    }
    trainCount = trainPerClass.reduce(0, +)
    if dataset.table != nil {
      if let first = augmentation.first {
        throw AugmentationError(.noImages(dataset: dataset.name), index: 0, name: first.name)
      }
      pipeline = AugmentationPipeline(rows: nil)
    } else {
      pipeline = try AugmentationPipeline(
        augmentation, imageSize: dataset.imageSize, colorMode: dataset.colorMode,
        normalization: dataset.normalization)
    }
    guard batchesPerEpoch > 0 else {
      throw TrainingError(.noBatches(images: trainCount, batchSize: batchSize))
    }
  }

  /// The number of validation images; `nil` without a validation split.
  public var validationCount: Int? { evaluationSplit == .validation ? heldCount : nil }

  /// Checks that a split exists.
  ///
  /// - Throws: ``TrainingError`` for validation images without a validation split, or test images of data without any.
  public func require(_ split: Split) throws {
    if split == .validation, validationCount == nil { throw TrainingError(.noValidation(data: dataset.name)) }
    if split == .test, dataset.testCount == 0 { throw TrainingError(.noTest(data: dataset.name)) }
  }

  /// Batches per epoch.
  public var batchesPerEpoch: Int {
    dropLast ? trainCount / batchSize : Self.batches(trainCount, of: batchSize)
  }

  /// The number of images in the smallest batch of an epoch: the last one, unless it is left out.
  var smallestBatch: Int {
    let rest = trainCount % batchSize
    return rest == 0 || dropLast ? batchSize : rest
  }

  /// The same in batches of another size.
  ///
  /// - Throws: ``TrainingError`` where there is no whole batch.
  func inBatches(of size: Int) throws -> DataOutline {
    var other = self
    other.batchSize = size
    if other.batchesPerEpoch == 0 { throw TrainingError(.noBatches(images: trainCount, batchSize: size)) }
    return other
  }

  static func batches(_ images: Int, of batchSize: Int) -> Int { (images + batchSize - 1) / batchSize }
}

extension DataOutline {
  /// The word for a training sample: images, or the rows of a table.
  public var samples: String { dataset.table == nil ? "images" : "rows" }

  /// - Throws: ``TrainingError`` if the data is a table.
  public func requireImages(for purpose: String) throws {
    if dataset.table != nil { throw TrainingError(.needsImages(purpose: purpose, data: dataset.name)) }
  }

  /// - Throws: ``TrainingError`` if the data has images.
  public func requireTable(for purpose: String) throws {
    if dataset.table == nil { throw TrainingError(.needsTable(purpose: purpose, data: dataset.name)) }
  }

  /// Checks a row that a model shall predict.
  ///
  /// - Throws: ``TrainingError`` if the data has images, or the row does not have the data's features.
  public func check(row: [Double], at index: Int) throws {
    guard let names = dataset.table?.features else {
      throw TrainingError(.needsTable(purpose: "a prediction for rows", data: dataset.name))
    }
    guard row.count == names.count else {
      throw TrainingError(.row(index: index, features: row.count, data: names))
    }
    if let column = row.firstIndex(where: { !$0.isFinite }) {
      throw TrainingError(.feature(row: index, column: names[column], found: row[column]))
    }
  }
}
