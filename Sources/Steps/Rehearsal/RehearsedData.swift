import Neural

extension RehearsedRun {
  /// Finds a data set without reading its images.
  ///
  /// - Returns: `nil` if its size is known only after reading it.
  public func loadData(
    _ source: DataSource, batchSize: Int = 64, dropLast: Bool = false, augmentation: [Augmentation] = [],
    validation: Double = 0
  ) throws -> DataOutline? {
    guard let dataset = try outline(source, validation) else { return nil }
    return try DataOutline(
      dataset, batchSize: batchSize, dropLast: dropLast, augmentation: augmentation, validation: validation)
  }

  private func outline(_ source: DataSource, _ validation: Double) throws -> DatasetOutline? {
    do {
      return try find(source, validation)
    } catch let error as DatasetError {
      guard let missing = settings.missing(source, error) else { throw error }
      remark("embedded-data", missing, at: "source")
      return try find(.synthetic(), validation)
    }
  }

  private func find(_ source: DataSource, _ validation: Double) throws -> DatasetOutline? {
    let outline = try DatasetOutline.find(source, from: settings.locator)
    if let outline { try memory.load(source, outline, validation: validation) }
    return outline
  }

  /// Checks that an image for ``Run/predict(_:_:on:)`` exists, unless the run may create it.
  public func look(at path: String) throws {
    let path = settings.resolve(path)
    if fullPath(path).hasPrefix(fullPath(settings.output) + "/") { return }
    try Image.check(pngFile: path)
  }
}
