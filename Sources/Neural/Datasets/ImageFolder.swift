import Support

/// PNG and JPEG files in one folder per class (torchvision: `ImageFolder`).
struct ImageFolder {
  var path: String
  var size: Int
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
  /// - Throws: ``DatasetError``, `FileError`.
  func listing() throws -> ImageFolderListing {
    guard ImageSize.sides.contains(size) else {
      let expected = "in \(ImageSize.sides.lowerBound)…\(ImageSize.sides.upperBound)"
      throw DatasetError(.value(name: "size", expected: expected, found: size), dataset: name)
    }
    let listing = try ImageFolderListing(
      of: path, name: name, limit: Self.byteLimit / (size * size * colorMode.channels))
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
  /// - Throws: ``DatasetError``, `FileError`; `ImageError` for a file that cannot be read, or ``DatasetError`` for
  ///   several.
  func outline() throws -> DatasetOutline {
    let found = try listing()
    try check(found.train + (found.validation ?? []) + (found.test ?? []))
    let all = DatasetOutline.counts(found.train.lazy.map(\.label), classes: found.classNames.count)
    let held =
      isTestSetAside(found) ? all.map { ImageSet.share($0, of: Self.testFraction) } : all.map { _ in 0 }
    return DatasetOutline(
      name: name, targets: .classes(found.classNames), imageSize: ImageSize(size, size),
      colorMode: colorMode, trainPerClass: zip(all, held).map { $0 - $1 },
      testCount: found.test?.count ?? held.reduce(0, +),
      validationCount: found.validation?.count, skipped: found.skipped)
  }

  /// Reads the images.
  ///
  /// - Throws: ``DatasetError``, `FileError`, `ImageError` with the file at fault.
  func dataset() throws -> Dataset {
    let found = try listing()
    let classNames = found.classNames
    var faults: [any Error] = []
    let read = [found.train, found.test ?? [], found.validation ?? []].map { pixels(of: $0, &faults) }
    try refuse(faults)
    var train = try set(found.train, read[0])
    var test = try set(found.test ?? [], read[1])
    let validation = try found.validation.map { try set($0, read[2]) }
    var story = "."
    if isTestSetAside(found) {
      (train, test) = try train.split(validation: Self.testFraction, seed: 0)
      story = "; a fifth of each class, at least one image, is the test set."
    } else if found.test == nil {
      story = "; there are no test images."
    }
    let statistics = ChannelStatistics(of: train)
    return try Dataset(
      name: name, targets: .classes(classNames), train: train, validation: validation, test: test,
      mean: statistics.mean, std: statistics.positiveStd,
      fingerprint: Dataset.fingerprint(
        .classes(classNames), train: train, validation: validation, test: test),
      source:
        "images in \(path), \(colorMode == .grayscale ? "converted to grayscale and " : "")resized to "
        + "\(size)×\(size) pixels\(story)", skipped: found.skipped)
  }

  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  private func isTestSetAside(_ found: ImageFolderListing) -> Bool {
    found.test == nil && found.validation == nil
  }

  /// Checks the first bytes of all files, or of a part that is evenly spread over very many.
  private func check(_ files: [ImageFolderListing.File]) throws {
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
  private func refuse(_ faults: [any Error]) throws {
    guard let first = faults.first else { return }
    guard faults.count > 1 else { throw first }
    let listed = faults.prefix(Self.listedFiles).map { "\($0)".replacing("\(path)/", with: "") }
    throw DatasetError(.images(listed, count: faults.count), dataset: name, file: path)
  }

  /// The resized images' pixels. Once a file is at fault, the others are only checked.
  private func pixels(of files: [ImageFolderListing.File], _ faults: inout [any Error]) -> [UInt8] {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(files.count * size * size * colorMode.channels)
    for file in files {
      do {
        let image = try Image(file: file.path).converted(to: colorMode)
        if faults.isEmpty { pixels += try image.resized(to: ImageSize(size, size)).pixels }
      } catch { faults.append(error) }
    }
    return pixels
  }

  private func set(_ files: [ImageFolderListing.File], _ pixels: [UInt8]) throws -> ImageSet {
    try ImageSet(
      size: ImageSize(size, size), colorMode: colorMode, pixels: pixels, labels: files.map(\.label))
  }
}
