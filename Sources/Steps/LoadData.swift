import Neural
import Reporting

extension Run {
  /// Loads labelled images and sets batching and augmentation for training.
  ///
  /// CIFAR data is searched in `--data`, `$QUIRE_DATA` and `./data`. If none of them has it, the embedded data set
  /// is used instead, with a warning; a folder named by `--data` must have it.
  ///
  /// - Parameters:
  ///   - batchSize: images per batch, 1…4096.
  ///   - dropLast: whether to leave out an incomplete last batch of an epoch.
  ///   - augmentation: applied to training images, in order; the data set's normalisation is added at the end.
  ///   - validation: the fraction of the training images, 0 ..< 1, that replaces the test set during training.
  /// - Throws: ``DatasetError``, ``AugmentationError``, ``TrainingError``.
  public func loadData(
    _ source: DataSource, batchSize: Int = 64, dropLast: Bool = false, augmentation: [Augmentation] = [],
    validation: Double = 0
  ) throws -> ImageData {
    let dataset = try dataset(source, validation)
    let data = try ImageData(
      dataset, batchSize: batchSize, dropLast: dropLast, augmentation: augmentation, validation: validation,
      seed: settings.seed)
    record {
      $0.dataset = Ledger.DatasetFacts(
        name: dataset.name, source: dataset.source, isEmbedded: dataset.isEmbedded,
        trainImages: data.train.count, testImages: data.test.count, fingerprint: dataset.fingerprint)
    }
    append(
      .facts([
        Fact("Data set", dataset.name, note: dataset.source),
        Fact(
          "Training images", grouped(data.train.count),
          note: "\(grouped(data.batchesPerEpoch)) batches of \(batchSize)"),
        Fact("Test images", grouped(data.test.count)),
        Fact(
          "Augmentation", data.pipeline.augmentations.map(\.name).joined(separator: ", "),
          note: "as albumentations 1.3.1 computes it"),
        Fact("Classes", "\(dataset.classNames.count)", note: Self.shortList(dataset.classNames)),
      ]))
    return data
  }

  private func dataset(_ source: DataSource, _ validation: Double) throws -> Dataset {
    do {
      return try read(source, validation)
    } catch let error as DatasetError {
      guard let missing = settings.missing(source, error) else { throw error }
      warn(missing)
      return try read(.synthetic(), validation)
    }
  }

  private func read(_ source: DataSource, _ validation: Double) throws -> Dataset {
    let locator = settings.locator
    if let input = RunInput(source) { observer.read(input, stamp: settings.stamp(of: input)) }
    if let outline = try DatasetOutline.find(source, from: locator) {
      try memory.load(source, outline, validation: validation)
    }
    let dataset = try Dataset.load(source, from: locator)
    try memory.load(source, DatasetOutline(dataset), validation: validation)
    return dataset
  }

  /// Reports a warning on the terminal, in the report and in `run.json`.
  func warn(_ text: String) {
    record { $0.warnings.append(text) }
    observer.progress(.warning(text))
    append(.message(.warning, text))
  }

  static func shortList(_ names: [String]) -> String {
    names.count <= 12 ? names.joined(separator: ", ") : names.prefix(10).joined(separator: ", ") + ", …"
  }
}

extension RunSettings {
  /// The warning that a published data set is missing and replaced by the embedded one; `nil` if it must not be
  /// replaced.
  func missing(_ source: DataSource, _ error: DatasetError) -> String? {
    guard case .notFound(let places) = error.fact, source.publishedArchive != nil, dataDirectory == nil else {
      return nil
    }
    let command = source.name.lowercased().filter { $0 != "-" }
    return """
      \(source.name) was not found (looked in \(places.joined(separator: ", "))), so the EMBEDDED data set stands in \
      for it. Its figures say nothing about \(source.name). To get the real one: quire data fetch \(command), or \
      point --data at the folder that has it.
      """
  }
}
