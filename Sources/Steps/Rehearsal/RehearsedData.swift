import Neural

extension RehearsedRun {
  /// - Returns: `nil` where only reading the data would tell how much there is.
  public func loadData(
    _ source: DataSource, batchSize: Int = 64, dropLast: Bool = false, augmentation: [Augmentation] = [],
    validation: Double = 0
  ) throws -> DataOutline? {
    guard let dataset = try outline(source) else { return nil }
    return try DataOutline(
      dataset, batchSize: batchSize, dropLast: dropLast, augmentation: augmentation, validation: validation)
  }

  private func outline(_ source: DataSource) throws -> DatasetOutline? {
    let locator = settings.locator
    do {
      return try DatasetOutline.find(source, from: locator)
    } catch let error as DatasetError {
      guard let missing = settings.missing(source, error) else { throw error }
      remark("embedded-data", missing, at: "source")
      return try DatasetOutline.find(.synthetic(), from: locator)
    }
  }

  /// Files that are to be predicted must be there, but for those that the run makes itself.
  public func predict(_ model: Model, _ paths: [String], on data: DataOutline?) throws {
    if let data { try model.check(against: data) }
    let output = fullPath(settings.output) + "/"
    for path in paths.map(settings.resolve) where !fullPath(path).hasPrefix(output) {
      try Image.check(pngFile: path)
    }
  }
}
