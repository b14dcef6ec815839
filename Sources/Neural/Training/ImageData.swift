/// A data set as training is fed with it: which images, in what batches, changed how.
public struct ImageData: Sendable {
  public let dataset: Dataset
  /// The same without the images.
  public let outline: DataOutline
  public let train: ImageSet
  /// What accuracy is measured on during training: the test set, or the validation split where there is one.
  public let held: ImageSet
  public let batchSize: Int
  public let dropLast: Bool
  /// For training images; ends in normalisation.
  public let pipeline: AugmentationPipeline
  /// The share of the training images that stands in for the test set; 0: none.
  public let validation: Double
  /// Chooses the validation images.
  let splitSeed: UInt64

  public var hasValidation: Bool { validation > 0 }

  public var test: ImageSet { dataset.test }
  public var classNames: [String] { dataset.classNames }

  /// - Throws: ``TrainingError`` for values out of range, ``AugmentationError`` for the pipeline's.
  public init(
    _ dataset: Dataset, batchSize: Int = 64, dropLast: Bool = false, augmentation: [Augmentation] = [],
    validation: Double = 0, seed: UInt64 = 0
  ) throws {
    outline = try DataOutline(
      DatasetOutline(dataset), batchSize: batchSize, dropLast: dropLast, augmentation: augmentation,
      validation: validation)
    self.dataset = dataset
    self.batchSize = batchSize
    self.dropLast = dropLast
    self.validation = validation
    splitSeed = seed
    if validation > 0 {
      (train, held) = try dataset.train.split(validation: validation, seed: seed)
    } else {
      (train, held) = (dataset.train, dataset.test)
    }
    pipeline = outline.pipeline
  }

  /// Optimizer steps an epoch.
  public var batchesPerEpoch: Int { outline.batchesPerEpoch }
}
