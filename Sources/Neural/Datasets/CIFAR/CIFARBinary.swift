extension CIFARRecords {
  /// Reads the binary version: records of one label (CIFAR-100: coarse, then fine) and three planes.
  ///
  /// - Parameters:
  ///   - bytes: the file's content.
  ///   - cifar: the data set.
  ///   - file: the name used in errors.
  ///   - records: the required number of images; `nil` accepts any number of whole records.
  /// - Throws: ``DatasetError``.
  init(binary bytes: [UInt8], of cifar: CIFAR, file: String, records: Int?) throws {
    func failure(_ fact: DatasetError.Fact, at offset: Int? = nil) -> DatasetError {
      DatasetError(fact, dataset: cifar.name, file: file, offset: offset)
    }
    let size = cifar.recordBytes
    try Self.checkLength(bytes.count, of: cifar, file: file, records: records)
    let count = bytes.count / size
    var labels: [Int32] = []
    labels.reserveCapacity(count)
    for image in 0..<count {
      let offset = image * size + cifar.labelBytes - 1
      let label = Int(bytes[offset])
      guard label < cifar.classNames.count else {
        throw failure(.label(found: label, classes: cifar.classNames.count), at: offset)
      }
      labels.append(Int32(label))
    }
    let pixels = bytes.withUnsafeBytes {
      Self.interleaved($0, count: count, stride: size, start: cifar.labelBytes)
    }
    self.init(pixels: pixels, labels: labels)
  }

  /// Checks a file's size.
  ///
  /// - Parameter found: the size in bytes.
  /// - Throws: ``DatasetError`` if the size does not match the number of images.
  static func checkLength(_ found: Int, of cifar: CIFAR, file: String, records: Int?) throws {
    let size = cifar.recordBytes
    var fact: DatasetError.Fact?
    if let records {
      let expected = records * size
      if found < expected { fact = .truncated(found: found, expected: expected) }
      if found > expected { fact = .wrongLength(found: found, expected: "\(expected)") }
    } else if found == 0 || !found.isMultiple(of: size) {
      fact = .wrongLength(found: found, expected: "a multiple of \(size), one record per image")
    }
    if let fact { throw DatasetError(fact, dataset: cifar.name, file: file) }
  }
}
