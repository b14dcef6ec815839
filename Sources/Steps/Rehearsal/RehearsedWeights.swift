import Neural

extension RehearsedRun {
  /// Checks the path and records that the file will be written.
  public func save(_ model: Model?, to path: String) throws {
    let full = fullPath(try settings.weights(path))
    state.withLock { state in
      if let model { state.written[full] = model } else { state.mayWriteMore = true }
    }
  }

  /// Compares the model with the file's header, or with the model that will have been saved there.
  public func loadWeights(_ model: Model, from path: String) throws {
    let places = settings.weightFiles(path)
    let (written, mayWriteMore) = state.withLock { ($0.written, $0.mayWriteMore) }
    for place in places {
      if let saved = written[fullPath(place)] {
        return try CheckpointOutline(of: saved, file: place).check(fits: model)
      }
      // A file of an earlier run may have been replaced by then.
      if mayWriteMore, fullPath(place).hasPrefix(fullPath(settings.output) + "/") { return }
      if FileBytes.isFile(place) { return try CheckpointOutline(path: place).check(fits: model) }
    }
    if let place = places.first { try CheckpointOutline(path: place).check(fits: model) }
  }
}
