import Support

/// Divides samples into training and test sets, with a fraction of each class for testing.
struct TableSplit {
  var name: String
  var names: TargetNames
  var columns: TableColumns
  /// The fraction of each class that becomes the test set.
  var test: Double

  /// - Parameter source: the beginning of a sentence on where the rows came from.
  /// - Throws: ``TableError``, `Digest.Unavailable`.
  func dataset(_ set: ImageSet, source: String) throws -> Dataset {
    try check(set)
    let (train, held) = try set.split(validation: test, seed: 0)
    let part = names.kind == .labels ? "of each class, at least one row, is" : "of the rows is"
    return try Dataset(
      name: name, targets: names, train: train, test: held,
      fingerprint: Dataset.fingerprint(names, train: train, test: held),
      source: "\(source); \(Number.setPercent(test)) \(part) the test set.", table: columns)
  }

  /// - Throws: ``TableError``.
  func outline(_ set: ImageSet) throws(TableError) -> DatasetOutline {
    try check(set)
    let counts =
      names.kind == .labels
      ? DatasetOutline.counts(set.labels, classes: names.outputs) : [set.count]
    let held = counts.map { ImageSet.share($0, of: test) }
    return DatasetOutline(
      name: name, targets: names, imageSize: set.size, trainPerClass: zip(counts, held).map { $0 - $1 },
      testCount: held.reduce(0, +), table: columns)
  }

  private func check(_ set: ImageSet) throws(TableError) {
    guard test > 0, test < 1 else { throw TableError(.fraction(test)) }
    guard set.count > 1 else { throw TableError(.singleRow) }
    guard names.kind == .labels else { return }
    let counts = DatasetOutline.counts(set.labels, classes: names.outputs)
    let single = zip(names.classNames, counts).filter { $0.1 == 1 }.map(\.0)
    guard single.isEmpty else { throw TableError(.singleRows(classes: single)) }
  }
}
