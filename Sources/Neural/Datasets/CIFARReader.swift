/// Reads a CIFAR set from any of the layouts that people have on disk.
struct CIFARReader {
  var cifar: CIFAR
  var location: DatasetLocator.Location

  /// - Throws: ``DatasetError`` with the file and byte at fault, ``FileError``.
  func dataset() throws -> Dataset {
    var parts = try location.isArchive ? archived() : unpacked()
    let names = cifar.files(location.encoding).map(\.name)
    let missing = names.filter { parts[$0] == nil }
    guard missing.isEmpty else {
      throw DatasetError(.missingFiles(missing), dataset: cifar.name, file: location.path)
    }
    var train = CIFARRecords()
    for name in names.dropLast() {
      if let part = parts.removeValue(forKey: name) { train.append(part) }
    }
    let test = names.last.flatMap { parts[$0] } ?? CIFARRecords()
    let (trainSet, testSet) = (try train.imageSet(), try test.imageSet())
    let shortened = location.isHead ? ", shortened" : ""
    return try Dataset(
      name: cifar.name, classNames: cifar.classNames, train: trainSet, test: testSet,
      mean: cifar.mean, std: cifar.std,
      fingerprint: Dataset.fingerprint(classNames: cifar.classNames, train: trainSet, test: testSet),
      source: "\(cifar.name)\(shortened) (Krizhevsky, 2009), read from \(location.path).")
  }

  private func unpacked() throws -> [String: CIFARRecords] {
    let files = cifar.files(location.encoding)
    let missing = files.map(\.name).filter { !FileBytes.isFile("\(location.path)/\($0)") }
    guard missing.isEmpty else {
      throw DatasetError(.missingFiles(missing), dataset: cifar.name, file: location.path)
    }
    var parts: [String: CIFARRecords] = [:]
    for (name, records) in files {
      let path = "\(location.path)/\(name)"
      parts[name] = try decode(
        FileBytes.read(path, limit: limit(records: records)), file: path, records: records)
    }
    return parts
  }

  private func archived() throws -> [String: CIFARRecords] {
    let records = Dictionary(
      cifar.files(location.encoding).map { ($0.name, $0.records) }, uniquingKeysWith: { first, _ in first })
    var parts: [String: CIFARRecords] = [:]
    try TarArchive(path: location.path, dataset: cifar.name).read(
      records.mapValues { limit(records: $0) }
    ) { name, bytes in
      parts[name] = try decode(bytes, file: "\(location.path)/\(name)", records: records[name] ?? 0)
    }
    return parts
  }

  private func decode(_ bytes: [UInt8], file: String, records: Int) throws -> CIFARRecords {
    let expected = location.isHead ? nil : records
    switch location.encoding {
    case .binary: return try CIFARRecords(binary: bytes, of: cifar, file: file, records: expected)
    case .pickle: return try CIFARRecords(pickle: bytes, of: cifar, file: file, records: expected)
    }
  }

  /// The largest file that is read: the images, their labels and, in pickles, their file names.
  private func limit(records: Int) -> Int { 4096 + records * (cifar.recordBytes + 256) }
}

/// Labelled images of 32×32 pixels, rows of RGB.
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

  /// Turns planes (all red, all green, all blue) into pixels.
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
