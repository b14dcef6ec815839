import Support

/// A CSV file as a data set.
struct CSVDataset {
  private let table: CSVTable
  private let columns: CSVTable.Columns
  private let rows: CSVRows
  private let tableColumns: TableColumns?

  /// Reads and checks the file, but no image.
  ///
  /// - Throws: ``CSVError``, `FileError`.
  init(_ table: CSVTable) throws {
    let file = try table.file()
    self.table = table
    columns = try table.columns(of: file)
    rows = try CSVRows(table, file, columns)
    tableColumns =
      table.images == nil
      ? TableColumns(
        features: columns.features.map { file.header[$0] }, standardize: table.request.standardize) : nil
    if columns.split != nil {
      if rows.rows(of: .train).isEmpty { throw table.failure(.noSplit("train")) }
      if rows.rows(of: .test).isEmpty, rows.rows(of: .validation).isEmpty {
        throw table.failure(.noSplit("test"))
      }
    }
  }

  /// - Throws: ``CSVError``; `ImageError` or ``DatasetError`` for images that cannot be read.
  func outline() throws -> DatasetOutline {
    let folder = try images?.checked(rows.images)
    let size = try folder?.preparation.finalSize() ?? ImageSize(0, 0)
    func counts(_ indices: [Int]) -> [Int] {
      guard case .labels(let labels) = rows.targets else { return [indices.count] }
      return DatasetOutline.counts(indices.lazy.map { labels[$0] }, classes: rows.names.outputs)
    }
    guard columns.split == nil else {
      let validation = rows.rows(of: .validation)
      return DatasetOutline(
        name: table.name, targets: rows.names, imageSize: size, trainPerClass: counts(rows.rows(of: .train)),
        testCount: rows.rows(of: .test).count, validationCount: validation.isEmpty ? nil : validation.count,
        table: tableColumns)
    }
    return try splitting { split throws(TableError) in
      try split.outline(counts: counts(Array(rows.lines.indices)), imageSize: size)
    }
  }

  /// - Throws: as above, and `ImageSetError`, `Digest.Unavailable`.
  func dataset(_ options: LoadingOptions) throws -> Dataset {
    let set: ImageSet
    if let images {
      set = try images.images(rows.images, rows.targets, options)
    } else {
      set = try ImageSet(
        features: rows.features, featureCount: columns.features.count, targets: rows.targets)
    }
    let (train, validation, test, story) = try divided(set)
    let statistics = images.map { _ in ChannelStatistics(of: train) }
    let unused =
      table.images == nil && !columns.unused.isEmpty
      ? " Columns that are not used: \(columns.unused.joined(separator: ", "))." : ""
    return try Dataset(
      name: table.name, targets: rows.names, train: train, validation: validation, test: test,
      mean: statistics?.mean, std: statistics?.positiveStd,
      fingerprint: Dataset.fingerprint(rows.names, train: train, validation: validation, test: test),
      source: source + story + unused, table: tableColumns, preparation: images?.preparation ?? [])
  }

  private var source: String {
    guard let images else { return "Read from \(table.path)" }
    return
      "Images in \(images.path), resized to \(table.size)×\(table.size) pixels, with targets from \(table.path)"
  }

  private func divided(
    _ set: ImageSet
  ) throws -> (train: ImageSet, validation: ImageSet?, test: ImageSet, story: String) {
    if columns.split != nil {
      let validation = rows.rows(of: .validation)
      return (
        try set.subset(rows.rows(of: .train)), validation.isEmpty ? nil : try set.subset(validation),
        try set.subset(rows.rows(of: .test)), "; split by the column '\(table.request.split ?? "")'."
      )
    }
    let split = try splitting { split throws(TableError) in
      try split.check(set.targets)
      return split
    }
    let (train, test) = try split.divided(set)
    return (train, nil, test, split.story)
  }

  /// Calls the closure, and names the file in its error.
  private func splitting<T>(_ body: (TableSplit) throws(TableError) -> T) throws -> T {
    let split = TableSplit(
      name: table.name, names: rows.names, columns: tableColumns,
      test: table.request.test ?? CSVTable.defaultTest)
    do { return try body(split) } catch { throw table.failure(.table(error.fact)) }
  }

  /// Reads images as image folders do.
  private var images: ImageFolder? {
    table.images.map { ImageFolder(path: $0, preparation: [.resize(table.size, table.size)]) }
  }
}

extension ImageFolder {
  /// Checks the size and the first bytes of files, or of a part of very many.
  ///
  /// - Throws: ``DatasetError``; `ImageError` for a file that is not an image, or ``DatasetError`` for several.
  fileprivate func checked(_ paths: [String]) throws -> ImageFolder {
    try checkSize(count: paths.count)
    try check(
      paths.map { ImageFolderListing.File(path: $0, label: 0, bytes: (try? FileBytes.size($0)) ?? 0) })
    return self
  }

  /// Reads files as a set of images.
  ///
  /// - Throws: ``DatasetError``, `ImageError`, `ImageSetError`.
  fileprivate func images(
    _ paths: [String], _ targets: ImageTargets, _ options: LoadingOptions
  ) throws -> ImageSet {
    try checkSize(count: paths.count)
    let size = try preparation.finalSize()
    let reader = ImageReader(
      name: name, size: size, preparation: preparation, colorMode: colorMode, options: options,
      total: paths.count)
    let pixels = try reader.pixels(
      of: paths.map { ImageFolderListing.File(path: $0, label: 0, bytes: (try? FileBytes.size($0)) ?? 0) })
    try refuse(reader.faults)
    return try ImageSet(size: size, pixels: pixels, targets: targets)
  }
}

extension CSVTable {
  /// All files in the folder of images that the file names, in whichever column; none if it cannot be read.
  var namedFiles: [String] {
    guard let images, let file = try? file() else { return [] }
    return file.rows.flatMap(\.fields).map { "\(images)/\(CSVFile.trimmed($0))" }.filter(FileBytes.isFile)
  }
}
