import Support

/// Reads a CIFAR data set from any of its usual layouts on disk.
struct CIFARReader {
  var cifar: CIFAR
  var location: DatasetLocator.Location

  /// Reads the data set.
  ///
  /// - Throws: ``DatasetError`` with the file and the offset of the error, `FileError`.
  func dataset() throws -> Dataset {
    var parts = OrderedParts(names: cifar.files(location.encoding).map(\.name))
    try location.isArchive ? readArchive(&parts) : readFolder(&parts)
    guard parts.missing.isEmpty else {
      throw DatasetError(.missingFiles(parts.missing), dataset: cifar.name, file: location.path)
    }
    let (train, test) = (try parts.train.imageSet(), try parts.test.imageSet())
    let shortened = location.isHead ? ", shortened" : ""
    return try Dataset(
      name: cifar.name, classNames: cifar.classNames, train: train, test: test,
      mean: cifar.mean, std: cifar.std,
      fingerprint: Dataset.fingerprint(classNames: cifar.classNames, train: train, test: test),
      source: "\(cifar.name)\(shortened) (Krizhevsky, 2009), read from \(location.path).")
  }

  /// Checks that all files exist.
  ///
  /// - Throws: ``DatasetError`` if one of a folder's files is missing.
  func checkPresence() throws {
    let names = cifar.files(location.encoding).map(\.name)
    let missing = names.filter { !FileBytes.isFile("\(location.path)/\($0)") }
    guard missing.isEmpty else {
      throw DatasetError(.missingFiles(missing), dataset: cifar.name, file: location.path)
    }
  }

  private func readFolder(_ parts: inout OrderedParts) throws {
    let files = cifar.files(location.encoding)
    try checkPresence()
    parts.reserve(location.isHead ? 0 : files.dropLast().reduce(0) { $0 + $1.records })
    for (name, records) in files {
      let path = "\(location.path)/\(name)"
      try parts.insert(
        name, decode(FileBytes.read(path, limit: limit(records: records)), file: path, records: records))
    }
  }

  private func readArchive(_ parts: inout OrderedParts) throws {
    let files = cifar.files(location.encoding)
    let records = Dictionary(files.map { ($0.name, $0.records) }, uniquingKeysWith: { first, _ in first })
    parts.reserve(files.dropLast().reduce(0) { $0 + $1.records })
    try TarArchive(path: location.path, dataset: cifar.name).read(
      records.mapValues { limit(records: $0) }
    ) { name, bytes in
      try parts.insert(
        name, decode(bytes, file: "\(location.path)/\(name)", records: records[name] ?? 0))
    }
  }

  private func decode(_ bytes: [UInt8], file: String, records: Int) throws -> CIFARRecords {
    let expected = location.isHead ? nil : records
    switch location.encoding {
    case .binary: return try CIFARRecords(binary: bytes, of: cifar, file: file, records: expected)
    case .pickle: return try CIFARRecords(pickle: bytes, of: cifar, file: file, records: expected)
    }
  }

  /// The maximum file size: images and labels, in pickles also file names, and twice as many bytes if Python 3
  /// wrote them as text.
  private func limit(records: Int) -> Int { 4096 + records * (2 * cifar.recordBytes + 256) }
}

/// Joins files that arrive in any order; the last name is the test set's. A file is kept separately only while
/// earlier ones are missing.
private struct OrderedParts {
  let names: [String]
  private(set) var train = CIFARRecords()
  private(set) var test = CIFARRecords()
  private var waiting: [String: CIFARRecords] = [:]
  private var next = 0

  init(names: [String]) { self.names = names }

  /// Reserves space for the training set.
  mutating func reserve(_ records: Int) {
    if names.count <= 2 { return }
    train.pixels.reserveCapacity(records * CIFAR.imageBytes)
    train.labels.reserveCapacity(records)
  }

  mutating func insert(_ name: String, _ part: CIFARRecords) {
    waiting[name] = part
    while next < names.count, let part = waiting.removeValue(forKey: names[next]) {
      next += 1
      if next == names.count {
        test = part
      } else if train.labels.isEmpty && names.count == 2 {
        train = part  // CIFAR-100's only file: no copy
      } else {
        train.append(part)
      }
    }
  }

  var missing: [String] { names[next...].filter { waiting[$0] == nil } }
}

/// Labelled images of 32×32 pixels, RGB, row by row.
struct CIFARRecords: Equatable {
  var pixels: [UInt8] = []
  var labels: [Int32] = []

  mutating func append(_ other: CIFARRecords) {
    pixels += other.pixels
    labels += other.labels
  }

  func imageSet() throws -> ImageSet {
    try ImageSet(size: ImageSize(CIFAR.side, CIFAR.side), pixels: pixels, labels: labels)
  }

  /// Converts planes (all red, all green, all blue) to pixels.
  ///
  /// - Precondition: `source` holds `count` images of `stride` bytes, whose planes start at `start`.
  static func interleaved(
    _ source: UnsafeRawBufferPointer, count: Int, stride: Int, start: Int
  ) -> [UInt8] {
    let plane = CIFAR.side * CIFAR.side
    precondition(source.count >= count * stride && stride >= start + CIFAR.imageBytes)
    return [UInt8](unsafeUninitializedCapacity: count * CIFAR.imageBytes) { target, filled in
      for image in 0..<count {
        let (from, to) = (image * stride + start, image * CIFAR.imageBytes)
        for pixel in 0..<plane {
          target[to + 3 * pixel] = source[from + pixel]
          target[to + 3 * pixel + 1] = source[from + plane + pixel]
          target[to + 3 * pixel + 2] = source[from + 2 * plane + pixel]
        }
      }
      filled = count * CIFAR.imageBytes
    }
  }
}
