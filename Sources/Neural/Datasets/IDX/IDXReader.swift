import Support

/// Reads MNIST, or a data set in its format, from the files in a folder; each may be compressed.
struct IDXReader {
  var idx: IDX
  var location: IDX.Location

  /// The size in bytes of the largest file that is read.
  private static let byteLimit =
    IDXFile.Kind.images.headerBytes
    + IDXFile.mostImages * IDXFile.Kind.images.recordBytes

  /// Reads the data set.
  ///
  /// - Throws: ``DatasetError`` with the file and the offset of the error, `FileError`.
  func dataset() throws -> Dataset {
    try checkPresence()
    let train = try set(images: IDX.files[0], labels: IDX.files[1])
    let test = try set(images: IDX.files[2], labels: IDX.files[3])
    let isWhole = (train.count, test.count) == IDX.published
    return try Dataset(
      name: idx.name, classNames: idx.classNames, train: train, test: test, mean: idx.mean, std: idx.std,
      fingerprint: Dataset.fingerprint(classNames: idx.classNames, train: train, test: test),
      source: "\(idx.name)\(isWhole ? "" : ", shortened") (\(idx.reference)), read from \(location.folder).")
  }

  /// The number of images of each class, from the labels and the headers of the images.
  ///
  /// - Throws: ``DatasetError``, `FileError`: the errors of reading the data set, except for damage within the images.
  func outline() throws -> DatasetOutline {
    try checkPresence()
    let train = try labels(IDX.files[1], images: checkedCount(IDX.files[0]))
    let test = try labels(IDX.files[3], images: checkedCount(IDX.files[2]))
    return DatasetOutline(
      name: idx.name, targets: .classes(idx.classNames), imageSize: ImageSize(IDX.side, IDX.side),
      colorMode: .grayscale, trainPerClass: DatasetOutline.counts(train, classes: idx.classNames.count),
      testCount: test.count, normalization: Normalization(mean: idx.mean, std: idx.std))
  }

  private func checkPresence() throws {
    let missing = IDX.files.filter { !FileBytes.isFile(location.path(of: $0)) }
    guard missing.isEmpty else {
      throw DatasetError(.missingFiles(missing), dataset: idx.name, file: location.folder)
    }
  }

  private func set(images: String, labels: String) throws -> ImageSet {
    let file = file(images, .images)
    let pixels = try Array(file.elements(bytes(file)))
    return try ImageSet(
      size: ImageSize(IDX.side, IDX.side), colorMode: .grayscale, pixels: pixels,
      labels: self.labels(labels, images: pixels.count / IDXFile.Kind.images.recordBytes))
  }

  private func labels(_ name: String, images: Int) throws -> [Int32] {
    let file = file(name, .labels)
    let labels = try file.labels(bytes(file), classes: idx.classNames.count)
    guard labels.count == images else {
      throw file.failure(
        .idx(reason: "it has \(Number.counted(labels.count, "label")) for \(Number.counted(images, "image"))")
      )
    }
    return labels
  }

  /// The number of images in a file, whose size is checked.
  private func checkedCount(_ name: String) throws -> Int {
    let file = file(name, .images)
    if let gzip = gzip(file) {
      let count = try file.count(gzip.prefix(IDXFile.Kind.images.headerBytes))
      try gzip.check(file.bytes(count: count))
      return count
    }
    let count = try file.count(FileBytes.prefix(of: file.file, count: IDXFile.Kind.images.headerBytes))
    try file.check(bytes: FileBytes.size(file.file), count: count)
    return count
  }

  private func bytes(_ file: IDXFile) throws -> [UInt8] {
    try gzip(file)?.read(limit: Self.byteLimit) ?? FileBytes.read(file.file, limit: Self.byteLimit)
  }

  private func file(_ name: String, _ kind: IDXFile.Kind) -> IDXFile {
    IDXFile(kind: kind, dataset: idx.name, file: location.path(of: name))
  }

  private func gzip(_ file: IDXFile) -> GzipFile? {
    file.file.hasSuffix(".gz") ? GzipFile(path: file.file, dataset: idx.name) : nil
  }
}
