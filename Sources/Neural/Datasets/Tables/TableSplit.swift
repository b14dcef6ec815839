import Support

/// Divides samples into training and test sets, with a fraction of each class for testing.
struct TableSplit {
  var name: String
  var names: TargetNames
  /// `nil` for images.
  var columns: TableColumns?
  /// The fraction of each class that becomes the test set.
  var test: Double

  /// - Parameter source: the beginning of a sentence on where the rows came from.
  /// - Throws: ``TableError``, `Digest.Unavailable`.
  func dataset(_ set: ImageSet, source: String) throws -> Dataset {
    try check(set.targets)
    let (train, held) = try divided(set)
    return try Dataset(
      name: name, targets: names, train: train, test: held,
      fingerprint: Dataset.fingerprint(names, train: train, test: held), source: source + story,
      table: columns)
  }

  /// The training and the test samples.
  ///
  /// - Throws: `ImageSetError`.
  func divided(_ set: ImageSet) throws(ImageSetError) -> (train: ImageSet, test: ImageSet) {
    let parts = try set.split(validation: test, seed: 0)
    return (parts.train, parts.validation)
  }

  /// The end of a sentence on where the samples came from.
  var story: String {
    let sample = columns == nil ? "image" : "row"
    let part = names.kind == .labels ? "of each class, at least one \(sample), is" : "of the \(sample)s is"
    return "; \(Number.setPercent(test)) \(part) the test set."
  }

  /// - Throws: ``TableError``.
  func outline(_ set: ImageSet) throws(TableError) -> DatasetOutline {
    try check(set.targets)
    let counts =
      names.kind == .labels
      ? DatasetOutline.counts(set.labels, classes: names.outputs) : [set.count]
    return try outline(counts: counts, imageSize: set.size)
  }

  /// - Parameter counts: the number of samples of each class, or of all samples if the targets are numbers.
  /// - Throws: ``TableError``.
  func outline(counts: [Int], imageSize: ImageSize) throws(TableError) -> DatasetOutline {
    try check(counts)
    let held = counts.map { ImageSet.share($0, of: test) }
    return DatasetOutline(
      name: name, targets: names, imageSize: imageSize, trainPerClass: zip(counts, held).map { $0 - $1 },
      testCount: held.reduce(0, +), table: columns)
  }

  /// Checks that each class has samples for both sets.
  func check(_ targets: ImageTargets) throws(TableError) {
    if case .labels(let labels) = targets {
      try check(DatasetOutline.counts(labels, classes: names.outputs))
    } else {
      try check([targets.count])
    }
  }

  private func check(_ counts: [Int]) throws(TableError) {
    guard test > 0, test < 1 else { throw TableError(.fraction(test)) }
    guard counts.reduce(0, +) > 1 else { throw TableError(.singleRow) }
    guard names.kind == .labels else { return }
    let single = zip(names.classNames, counts).filter { $0.1 == 1 }.map(\.0)
    guard single.isEmpty else { throw TableError(.singleRows(classes: single)) }
  }
}
