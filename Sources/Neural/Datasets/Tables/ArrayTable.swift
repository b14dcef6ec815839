/// A table that the notebook has computed: rows of numbers with a class or numbers for each row.
struct ArrayTable: Sendable, Hashable {
  enum Targets: Sendable, Hashable {
    case integers([Int])
    case names([String])
    case numbers([[Double]])
  }

  var features: [[Double]]
  var targets: Targets
  /// The fraction of each class that becomes the test set.
  var test: Double
  var standardize: Bool

  static let name = "arrays"

  /// The rows as one set, with the names of the targets.
  ///
  /// - Throws: ``TableError``.
  func rows() throws(TableError) -> (set: ImageSet, names: TargetNames) {
    try check()
    let targets: ImageTargets
    let names: TargetNames
    switch self.targets {
    case .integers(let labels):
      let classes = Set(labels).sorted()
      (targets, names) = Self.classes(labels, classes, named: classes.map(String.init))
    case .names(let labels):
      let classes = Set(labels).sorted()
      (targets, names) = Self.classes(labels, classes, named: classes)
    case .numbers(let numbers):
      let perRow = numbers[0].count
      targets = .values(numbers.flatMap { $0.map(Float.init) }, perImage: perRow)
      names = .values(perRow == 1 ? ["target"] : (1...perRow).map { "target \($0)" })
    }
    do {
      return (
        try ImageSet(features: features.flatMap(\.self), featureCount: features[0].count, targets: targets),
        names
      )
    } catch {
      throw TableError(.set(error))
    }
  }

  /// - Throws: ``TableError``, `Digest.Unavailable`.
  func dataset() throws -> Dataset {
    let (set, names) = try rows()
    return try TableSplit(name: Self.name, names: names, columns: columns, test: test)
      .dataset(set, source: "Computed by the notebook")
  }

  /// - Throws: ``TableError``.
  func outline() throws -> DatasetOutline {
    let (set, names) = try rows()
    return try TableSplit(name: Self.name, names: names, columns: columns, test: test).outline(set)
  }

  private var columns: TableColumns {
    TableColumns(features: (1...features[0].count).map { "x\($0)" }, standardize: standardize)
  }

  private static func classes<Label: Hashable>(
    _ labels: [Label], _ classes: [Label], named names: [String]
  ) -> (ImageTargets, TargetNames) {
    let indices = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, Int32($0)) })
    return (.labels(labels.map { indices[$0] ?? 0 }), .classes(names))
  }

  private func check() throws(TableError) {
    guard let columns = features.first?.count else { throw TableError(.noRows) }
    guard columns > 0 else { throw TableError(.noFeatures) }
    let ragged = features.indices.filter { features[$0].count != columns }
    guard ragged.isEmpty else {
      throw TableError(
        .lengths("features", rows: ragged, first: features[ragged[0]].count, expected: columns))
    }
    let bad = features.indices.filter { !features[$0].allSatisfy(\.isFinite) }
    guard bad.isEmpty else { throw TableError(.notFinite("features", rows: bad)) }
    let (label, count) =
      switch targets {
      case .integers(let labels): ("labels", labels.count)
      case .names(let labels): ("labels", labels.count)
      case .numbers(let numbers): ("targets", numbers.count)
      }
    guard count == features.count else {
      throw TableError(.count(label, found: count, rows: features.count))
    }
    switch targets {
    case .integers: break
    case .names(let labels):
      let empty = labels.indices.filter { labels[$0].allSatisfy(\.isWhitespace) }
      guard empty.isEmpty else { throw TableError(.emptyLabels(rows: empty)) }
    case .numbers(let numbers):
      guard let perRow = numbers.first?.count, perRow > 0 else { throw TableError(.noTargets) }
      let ragged = numbers.indices.filter { numbers[$0].count != perRow }
      guard ragged.isEmpty else {
        throw TableError(
          .lengths("targets", rows: ragged, first: numbers[ragged[0]].count, expected: perRow))
      }
      let bad = numbers.indices.filter { !numbers[$0].allSatisfy { Float($0).isFinite } }
      guard bad.isEmpty else { throw TableError(.notFinite("targets", rows: bad)) }
    }
  }
}
