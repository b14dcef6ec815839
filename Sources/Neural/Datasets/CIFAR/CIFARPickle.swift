extension CIFARRecords {
  /// Reads the Python version: a pickled dictionary with a list of labels and an array of images.
  ///
  /// - Parameters:
  ///   - bytes: the file's content.
  ///   - cifar: the data set.
  ///   - file: the name used in errors.
  ///   - records: the required number of images; `nil` accepts any number.
  /// - Throws: ``DatasetError``.
  init(pickle bytes: [UInt8], of cifar: CIFAR, file: String, records: Int?) throws {
    func failure(_ fact: DatasetError.Fact, at offset: Int? = nil) -> DatasetError {
      DatasetError(fact, dataset: cifar.name, file: file, offset: offset)
    }
    let entries: [String: Pickle.Value]
    do {
      entries = try Pickle.dictionary(bytes)
    } catch let fault as Pickle.Fault {
      throw failure(.pickle(reason: fault.reason), at: fault.offset)
    }
    guard case .array(let array)? = entries["data"], let data = array.contents else {
      throw failure(.pickle(reason: "no array under the key 'data'"))
    }
    guard case .list(let list)? = entries[cifar.labelKey] else {
      throw failure(.pickle(reason: "no list under the key '\(cifar.labelKey)'"))
    }
    guard data.shape.count == 2, data.shape[1] == CIFAR.imageBytes else {
      throw failure(
        .pickle(reason: "the array has shape \(data.shape), expected [images, \(CIFAR.imageBytes)]"))
    }
    let count = data.shape[0]
    guard count > 0, records == nil || records == count else {
      throw failure(.pickle(reason: "\(count) images, expected \(records.map(String.init) ?? "some")"))
    }
    guard list.integers.count == count, list.otherItems == 0 else {
      throw failure(.pickle(reason: "\(list.integers.count) labels for \(count) images"))
    }
    let labels = try list.integers.map { item in
      guard (0..<cifar.classNames.count).contains(item.value) else {
        throw failure(.label(found: item.value, classes: cifar.classNames.count), at: item.offset)
      }
      return Int32(item.value)
    }
    let pixels = data.bytes.withUnsafeBytes {
      Self.interleaved($0, count: count, stride: CIFAR.imageBytes, start: 0)
    }
    self.init(pixels: pixels, labels: labels)
  }
}
