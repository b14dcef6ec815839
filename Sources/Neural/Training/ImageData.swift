/// A data set with the batching and augmentation for training.
public struct ImageData: Sendable {
  /// The data set.
  public let dataset: Dataset
  /// The outline of the data, without the images.
  public let outline: DataOutline
  /// The training images, without those held out for validation.
  public let train: ImageSet
  /// The images that metrics are measured on during training: the test set, or the validation split if there is one.
  public let held: ImageSet
  /// Images per batch.
  public let batchSize: Int
  /// Whether an incomplete last batch of an epoch is dropped.
  public let dropLast: Bool
  /// The augmentations of training images, ending in normalisation; for a table, its standardisation, which is fitted to
  /// the training rows without those held out for validation.
  public let pipeline: AugmentationPipeline
  /// How the training images of an epoch are chosen.
  public var sampler: Sampler { outline.sampler }
  /// The ways of mixing training images; one is chosen for each batch.
  public var mixing: [Mixing] { outline.mixing }
  /// The fraction of the training images that replaces the test set during training; 0 for none.
  public let validation: Double
  /// Chooses the validation images.
  let splitSeed: UInt64

  /// Whether epochs are evaluated on validation images: a part of the training images, or the data set's own.
  public var hasValidation: Bool { outline.evaluationSplit == .validation }

  /// The images of a split.
  ///
  /// - Throws: ``TrainingError`` if the data has no images of this split.
  public func images(of split: Split) throws -> ImageSet {
    try outline.require(split)
    return switch split {
    case .test: test
    case .train: train
    case .validation: held
    }
  }

  /// The test images.
  public var test: ImageSet { dataset.test }
  /// The names of the classes, or of the numbers that are each image's target.
  public var targets: TargetNames { dataset.targets }
  /// The class names; empty if the targets are numbers.
  public var classNames: [String] { dataset.classNames }

  /// - Throws: ``TrainingError`` for values out of range, ``AugmentationError`` for the pipeline's.
  public init(
    _ dataset: Dataset, batchSize: Int = 64, dropLast: Bool = false, augmentation: [Augmentation] = [],
    mixing: [Mixing] = [], validation: Double = 0, sampler: Sampler = .shuffled, seed: UInt64 = 0
  ) throws {
    outline = try DataOutline(
      DatasetOutline(dataset), batchSize: batchSize, dropLast: dropLast, augmentation: augmentation,
      mixing: mixing, validation: validation, sampler: sampler)
    self.dataset = dataset
    self.batchSize = batchSize
    self.dropLast = dropLast
    self.validation = validation
    splitSeed = seed
    if let own = dataset.validation {
      (train, held) = (dataset.train, own)
    } else if validation > 0 {
      (train, held) = try dataset.train.split(validation: validation, seed: seed)
    } else {
      (train, held) = (dataset.train, dataset.test)
    }
    let isStandardized = dataset.table?.standardize == true
    pipeline =
      isStandardized ? AugmentationPipeline(rows: Standardization(fittedTo: train)) : outline.pipeline
  }

  /// Batches per epoch.
  public var batchesPerEpoch: Int { outline.batchesPerEpoch }
}
