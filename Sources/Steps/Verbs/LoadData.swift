import CellCatalogue
import Neural
import Reporting
import Support

/// `loadData`: loads labelled images or the rows of a table.
public enum LoadDataStep {
  public static let source = p("source", label: nil, DataSource.self, "the data set")
  public static let batchSize = p(
    "batchSize", Int.self, default: 64, "images or rows per batch",
    range: .in(DataOutline.batchSizes))
  public static let dropLast = p(
    "dropLast", Bool.self, default: false, "skip the last batch of an epoch if it is incomplete")
  public static let augmentation = p(
    "augmentation", [Augmentation].self, default: [], defaultText: "[]",
    "transforms applied to training images, in order")
  public static let mixing = p(
    "mixing", [Mixing].self, default: [], defaultText: "[]",
    "mixes the images and labels of each training batch; one of several is chosen for each batch")
  public static let validation = p(
    "validation", Double.self, default: 0,
    "fraction of the training images or rows held out; trainings are then evaluated on these, not on the test set",
    range: .in(0..<1))
  public static let sampler = p(
    "sampler", Sampler.self, default: .shuffled, defaultText: ".shuffled",
    "how the training images or rows of an epoch are chosen")

  package static let step = Step(
    "loadData", "Loads labelled images or a table, and sets their batching and augmentation.",
    example:
      "let data = loadData(.cifar10, batchSize: 64, dropLast: true, augmentation: [.horizontalFlip()])",
    effects: [.replacesDataset], resultName: "data", source, batchSize, dropLast, augmentation, mixing,
    validation, sampler,
    rehearse: { run, call in
      try run.loadData(
        call[source], batchSize: call[batchSize], dropLast: call[dropLast],
        augmentation: call[augmentation] ?? [], mixing: call[mixing], validation: call[validation],
        sampler: call[sampler])
    },
    causes: [
      .argument(source, DatasetError.self), .argument(source, ImageError.self),
      .argument(source, FileError.self), .argument(source, ImagePreparationError.self),
      .argument(source, TableError.self), .argument(source, CSVError.self),
      .argument(validation, ImageSetError.self, where: \.isAboutValidation),
      .argument(augmentation, AugmentationError.self, element: \.index),
      .argument(
        mixing, TrainingError.self,
        where: {
          switch $0.fact {
          case .mixedNumbers, .needsImages: true
          default: false
          }
        }),
    ],
    run: { run, source, batchSize, dropLast, augmentation, mixing, validation, sampler in
      try run.loadData(
        source, batchSize: batchSize, dropLast: dropLast, augmentation: augmentation, mixing: mixing,
        validation: validation, sampler: sampler)
    })
}

/// Loads labelled images or a table, and sets their batching and augmentation; see ``Run/loadData``.
@discardableResult
public func loadData(
  _ source: DataSource, batchSize: Int = LoadDataStep.batchSize.default,
  dropLast: Bool = LoadDataStep.dropLast.default,
  augmentation: [Augmentation] = LoadDataStep.augmentation.default,
  mixing: [Mixing] = LoadDataStep.mixing.default,
  validation: Double = LoadDataStep.validation.default, sampler: Sampler = LoadDataStep.sampler.default,
  file: String = #filePath, line: Int = #line, column: Int = #column
) -> ImageData {
  Program.step(file, line, column) {
    try $0.loadData(
      source, batchSize: batchSize, dropLast: dropLast, augmentation: augmentation, mixing: mixing,
      validation: validation, sampler: sampler)
  }
}

extension Run {
  /// Loads labelled images or a table, and sets their batching and augmentation.
  ///
  /// Looks for published data in `--data`, `$QUIRE_DATA` and `./data`. If none of them has CIFAR data, the embedded data
  /// set is used with a warning; but a folder given by `--data` must have it.
  ///
  /// - Parameters:
  ///   - batchSize: Images or rows per batch, 1…4096.
  ///   - dropLast: Skips the last batch of an epoch if it is incomplete.
  ///   - augmentation: Transforms applied to training images, in order; the data set's normalisation is added last. A
  ///     table has none.
  ///   - mixing: Ways of mixing the images and labels of each training batch; one of several is chosen for each batch.
  ///   - validation: Fraction of the training images, 0 ..< 1, that trainings are evaluated on instead of the test images.
  ///   - sampler: How the training images or rows of an epoch are chosen.
  /// - Throws: ``DatasetError``, ``TableError``, ``AugmentationError``, ``TrainingError``.
  public func loadData(
    _ source: DataSource, batchSize: Int = LoadDataStep.batchSize.default,
    dropLast: Bool = LoadDataStep.dropLast.default,
    augmentation: [Augmentation] = LoadDataStep.augmentation.default,
    mixing: [Mixing] = LoadDataStep.mixing.default,
    validation: Double = LoadDataStep.validation.default, sampler: Sampler = LoadDataStep.sampler.default
  ) throws -> ImageData {
    let dataset = try dataset(source, validation)
    let data = try ImageData(
      dataset, batchSize: batchSize, dropLast: dropLast, augmentation: augmentation, mixing: mixing,
      validation: validation, sampler: sampler, seed: settings.seed)
    record {
      $0.dataset = Ledger.DatasetFacts(
        name: dataset.name, source: dataset.source, isEmbedded: dataset.isEmbedded,
        trainImages: data.train.count, validationImages: data.outline.validationCount,
        testImages: data.test.count,
        skippedFiles: dataset.skipped.isEmpty ? nil : dataset.skipped.description,
        fingerprint: dataset.fingerprint)
    }
    let samples = data.outline.samples
    let held = data.outline.validationCount.map {
      Fact(
        "Validation \(samples)", Number.grouped($0),
        note: validation > 0
          ? "\(Number.setPercent(validation)) of \(Number.grouped(dataset.train.count)), held out of training"
          : "a folder of the data set")
    }
    let test = data.test.count == 0 ? [] : [Fact("Test \(samples)", Number.grouped(data.test.count))]
    append(
      .facts(
        [
          Fact("Data set", dataset.name, note: dataset.source),
          Fact(
            "Training \(samples)", Number.grouped(data.train.count),
            note: "\(Number.grouped(data.batchesPerEpoch)) batches of \(batchSize)"
              + (sampler == .weighted ? ", drawn with replacement, each class with the same probability" : "")
          ),
        ] + (held.map { [$0] } ?? []) + test + [
          Self.preparation(of: data)
        ] + Self.mixing(data.mixing) + [
          Fact(
            dataset.targets.kind == .labels ? "Classes" : "Targets", "\(dataset.targets.names.count)",
            note: Self.shortList(dataset.targets.names))
        ] + Self.histogram(data.outline) + Self.skippedFiles(dataset.skipped)))
    if let warning = data.outline.dataset.skippedImages { warn(warning) }
    if let warning = data.outline.dataset.singleClass { warn(warning) }
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
    let options = LoadingOptions(
      threads: settings.threads, cache: images, shouldStop: { [observer] in observer.shouldStop },
      progress: { [observer] in observer.progress(.images($0, of: $1)) })
    let dataset = try Dataset.load(source, from: locator, options)
    try memory.load(source, DatasetOutline(dataset), validation: validation)
    return dataset
  }

  /// The number of training samples of each class; none if all classes have as many.
  private static func histogram(_ data: DataOutline) -> [Fact] {
    let counts = data.trainPerClass
    guard data.dataset.targets.kind == .labels, let least = counts.min(), let most = counts.max(),
      least < most
    else { return [] }
    let list = zip(data.classNames, counts).map { "\($0) \(Number.grouped($1))" }
    return [
      Fact(
        "Training \(data.samples) per class", "\(Number.grouped(least))–\(Number.grouped(most))",
        note: shortList(list))
    ]
  }

  private static func preparation(of data: ImageData) -> Fact {
    guard let table = data.dataset.table else {
      return Fact(
        "Augmentation", data.pipeline.augmentations.map(\.name).joined(separator: ", "),
        note: "same results as albumentations 1.3.1")
    }
    return Fact(
      "Features", "\(table.features.count)",
      note: shortList(table.features)
        + (table.standardize
          ? "; standardised with the mean and standard deviation of the training rows" : ""))
  }

  private static func mixing(_ mixing: [Mixing]) -> [Fact] {
    let names = mixing.map { "\($0.kind.rawValue) (α \($0.alpha))" }.joined(separator: " or ")
    return mixing.isEmpty
      ? []
      : [
        Fact("Mixing", names, note: "training accuracy counts the class with the larger share of each image")
      ]
  }

  private static func skippedFiles(_ skipped: SkippedFiles) -> [Fact] {
    skipped.isEmpty ? [] : [Fact("Skipped files", Number.grouped(skipped.count), note: skipped.description)]
  }

  static func shortList(_ names: [String]) -> String {
    names.count <= 12 ? names.joined(separator: ", ") : names.prefix(10).joined(separator: ", ") + ", …"
  }
}

extension DatasetOutline {
  /// The warning that images may be missing from the data set; `nil` if none are.
  fileprivate var skippedImages: String? {
    guard skipped.mayHideImages else { return nil }
    return "\(name): skipped files that may be images: \(skipped.possibleImages); "
      + "put \(ImageFormat.readableNames) images into class folders and remove other images"
  }

  /// The warning that the accuracy says nothing; `nil` if the training images have several classes, or none.
  fileprivate var singleClass: String? {
    let present = zip(classNames, trainPerClass).filter { $0.1 > 0 }.map(\.0)
    guard present.count == 1, let only = present.first else { return nil }
    let samples = table == nil ? "images" : "rows"
    return "\(name): all training \(samples) belong to the class '\(only)', so the accuracy says nothing; "
      + "add \(samples) of other classes"
  }
}

extension RunSettings {
  /// The warning that a published data set is missing and replaced by the embedded one; `nil` if it must not be
  /// replaced.
  func missing(_ source: DataSource, _ error: DatasetError) -> String? {
    // The embedded images have three channels, so a notebook for grayscale images would fail on them.
    guard case .notFound(let places) = error.fact, let publication = source.publication,
      source.colorMode == .rgb, dataDirectory == nil
    else { return nil }
    let command = publication.command
    return """
      \(source.name) not found (looked in \(places.joined(separator: ", "))); using the small \
      EMBEDDED data set instead, so the results say nothing about \(source.name). To use \(source.name), run \
      'quire data fetch \(command)', or point --data at its folder.
      """
  }
}

extension RehearsedRun {
  /// Finds a data set without reading its images. Each argument is checked as far as the others are known.
  ///
  /// - Returns: `nil` if an argument is unknown, or the set's size is known only after reading it.
  /// - Throws: `RehearsalFailures` with an error for each argument at fault.
  package func loadData(
    _ source: DataSource?, batchSize: Int?, dropLast: Bool?, augmentation: [Augmentation], mixing: [Mixing]?,
    validation: Double?,
    sampler: Sampler?
  ) throws -> DataOutline? {
    var faults: [any Error] = []
    func attempt<T>(_ find: () throws -> T?) -> T? {
      do { return try find() } catch {
        faults.append(error)
        return nil
      }
    }
    let dataset = attempt { try source.flatMap { try outline($0, validation ?? 0) } }
    for (code, warning) in [
      ("skipped-images", dataset?.skippedImages), ("single-class", dataset?.singleClass),
    ] {
      if let warning { remark(code, warning, at: LoadDataStep.source) }
    }
    let size = dataset?.imageSize ?? source?.imageSize
    let mode = dataset?.colorMode ?? source?.colorMode
    let misfits =
      size.flatMap { size in
        mode.map { AugmentationPipeline.faults(in: augmentation, imageSize: size, colorMode: $0) }
      } ?? []
    // The data does not depend on its augmentations.
    let data = attempt {
      try dataset.map {
        try DataOutline(
          $0, batchSize: batchSize ?? 1, dropLast: dropLast ?? false,
          augmentation: misfits.isEmpty && !augmentation.contains(where: \.containsReported)
            ? augmentation : [],
          mixing: mixing ?? [], validation: validation ?? 0, sampler: sampler ?? .shuffled)
      }
    }
    let isKnown =
      batchSize != nil && dropLast != nil && mixing != nil && validation != nil && sampler != nil
    let known = isKnown ? data : nil
    if let known, source?.imageFolder != nil { state.withLock { $0.imageFolders.append(known) } }
    faults += misfits as [any Error]
    guard faults.isEmpty else { throw RehearsalFailures(faults, meant: known?.cellValue) }
    return known
  }

  private func outline(_ source: DataSource, _ validation: Double) throws -> DatasetOutline? {
    if isDataUnknown, source.readsFiles { return nil }
    do {
      return try find(source, validation)
    } catch let error as DatasetError {
      guard let missing = settings.missing(source, error) else { throw error }
      remark("embedded-data", missing, at: LoadDataStep.source)
      return try find(.synthetic(), validation)
    }
  }

  private func find(_ source: DataSource, _ validation: Double) throws -> DatasetOutline? {
    let outline = try DatasetOutline.find(source, from: settings.locator)
    if let outline { try memory.load(source, outline, validation: validation) }
    return outline
  }
}
