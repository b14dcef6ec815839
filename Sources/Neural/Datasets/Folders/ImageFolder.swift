import Support

/// PNG and JPEG files in one folder per class (torchvision: `ImageFolder`).
struct ImageFolder {
  var path: String
  /// The transforms that make all images equally large.
  var preparation: [ImagePreparation]
  /// The channels that images are converted to.
  var colorMode: ColorMode = .rgb

  /// The maximum number of bytes of pixels.
  private static let byteLimit = 1 << 31
  /// The fraction of each class that becomes the test set if there are no folders for other splits.
  private static let testFraction = 0.2
  /// The number of files whose first bytes are read before the run.
  private static let checkedFiles = 10_000
  /// The number of damaged files that an error lists.
  private static let listedFiles = 5

  /// The files by split and class.
  ///
  /// - Throws: ``DatasetError``, ``ImagePreparationError``, `FileError`.
  func listing() throws -> ImageFolderListing {
    let listing = try ImageFolderListing(of: path, name: name, limit: try checkSize())
    if isTestSetAside(listing) {
      let counts = DatasetOutline.counts(listing.train.lazy.map(\.label), classes: listing.classNames.count)
      let single = zip(listing.classNames, counts).filter { $0.1 == 1 }.map(\.0)
      guard single.isEmpty else {
        throw DatasetError(.folder(.singleImages(classes: single)), dataset: name, file: path)
      }
    }
    return listing
  }

  /// The number of files of the listing's splits, without reading images.
  ///
  /// - Throws: ``DatasetError``, ``ImagePreparationError``, `FileError`; `ImageError` for a file that cannot be read, or
  ///   ``DatasetError`` for several.
  func outline() throws -> DatasetOutline {
    let found = try listing()
    try check(found.train + (found.validation ?? []) + (found.test ?? []))
    let all = DatasetOutline.counts(found.train.lazy.map(\.label), classes: found.classNames.count)
    let held =
      isTestSetAside(found) ? all.map { ImageSet.share($0, of: Self.testFraction) } : all.map { _ in 0 }
    return DatasetOutline(
      name: name, targets: .classes(found.classNames), imageSize: try preparation.finalSize(),
      colorMode: colorMode, trainPerClass: zip(all, held).map { $0 - $1 },
      testCount: found.test?.count ?? held.reduce(0, +),
      validationCount: found.validation?.count, skipped: found.skipped)
  }

  /// Reads the images.
  ///
  /// - Throws: ``DatasetError``, ``ImagePreparationError``, `FileError`, `ImageError` with the file at fault.
  func dataset(_ options: LoadingOptions) throws -> Dataset {
    let found = try listing()
    let size = try preparation.finalSize()
    let classNames = found.classNames
    var (trainFiles, testFiles) = (found.train, found.test ?? [])
    var story = "."
    if isTestSetAside(found) {
      let labels = ImageTargets.labels(found.train.map(\.label))
      let split = try labels.split(validation: Self.testFraction, seed: 0)
      (trainFiles, testFiles) = (
        split.train.map { found.train[$0] }, split.validation.map { found.train[$0] }
      )
      story = "; a fifth of each class, at least one image, is the test set."
    } else if found.test == nil {
      story = "; there are no test images."
    }
    let splits = [trainFiles, testFiles, found.validation ?? []]
    let reader = ImageReader(
      name: name, size: size, preparation: preparation, colorMode: colorMode, options: options,
      total: splits.reduce(0) { $0 + $1.count })
    let pixels = try splits.map(reader.pixels)
    try refuse(reader.faults)
    func set(_ split: Int) throws -> ImageSet {
      try ImageSet(
        size: size, colorMode: colorMode, pixels: pixels[split], labels: splits[split].map(\.label))
    }
    let (train, test) = (try set(0), try set(1))
    let validation = found.validation == nil ? nil : try set(2)
    let statistics = ChannelStatistics(of: train)
    return try Dataset(
      name: name, targets: .classes(classNames), train: train, validation: validation, test: test,
      mean: statistics.mean, std: statistics.positiveStd,
      fingerprint: Dataset.fingerprint(
        .classes(classNames), train: train, validation: validation, test: test),
      source: "images in \(path), \(colorMode == .grayscale ? "converted to grayscale and " : "")"
        + preparation.story + story, skipped: found.skipped, preparation: preparation)
  }

  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  private func isTestSetAside(_ found: ImageFolderListing) -> Bool {
    found.test == nil && found.validation == nil
  }

  /// Checks the transforms, and that a number of images fits into memory.
  ///
  /// - Returns: the maximum number of images.
  /// - Throws: ``ImagePreparationError``, ``DatasetError``.
  @discardableResult
  func checkSize(count: Int = 0) throws -> Int {
    let limit = Self.byteLimit / (try preparation.finalSize().pixels * colorMode.channels)
    guard count <= limit else {
      throw DatasetError(.tooLarge(images: count, limit: limit), dataset: name, file: path)
    }
    return limit
  }

  /// Checks the first bytes of all files, or of a part that is evenly spread over very many.
  func check(_ files: [ImageFolderListing.File]) throws {
    let step = max(1, (files.count + Self.checkedFiles - 1) / Self.checkedFiles)
    var faults: [any Error] = []
    for (index, file) in files.enumerated() {
      do {
        if file.bytes == 0 { throw ImageError(.unreadable("the file is empty"), file: file.path) }
        if index.isMultiple(of: step) { try Image.check(file: file.path) }
      } catch { faults.append(error) }
    }
    try refuse(faults)
  }

  /// Throws an error for all damaged files.
  func refuse(_ faults: [any Error]) throws {
    guard let first = faults.first else { return }
    guard faults.count > 1 else { throw first }
    let listed = faults.prefix(Self.listedFiles).map { "\($0)".replacing("\(path)/", with: "") }
    throw DatasetError(.images(listed, count: faults.count), dataset: name, file: path)
  }
}

extension [ImagePreparation] {
  /// The transforms in words, for the report.
  fileprivate var story: String {
    if count == 1, case .resize(let height, let width) = self[0].rule {
      return "resized to \(height)×\(width) pixels"
    }
    return "prepared by " + map(\.description).joined(separator: ", ")
  }
}
