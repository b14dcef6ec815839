import Neural

extension RehearsedRun {
  public func save(_ model: Model?, to path: String) throws {
    let full = fullPath(try settings.weights(path))
    state.withLock { state in
      if let model { state.written[full] = model } else { state.mayWriteMore = true }
    }
  }

  /// The file's header is compared with the model, or the model that will be saved there by then.
  public func loadWeights(_ model: Model, from path: String) throws {
    let places = settings.weightFiles(path)
    let (written, mayWriteMore) = state.withLock { ($0.written, $0.mayWriteMore) }
    for place in places {
      if let saved = written[fullPath(place)] {
        return try CheckpointOutline(of: saved, file: place).check(fits: model)
      }
      // A file of an earlier run may be another by then.
      if mayWriteMore, fullPath(place).hasPrefix(fullPath(settings.output) + "/") { return }
      if FileBytes.isFile(place) { return try CheckpointOutline(path: place).check(fits: model) }
    }
    if let place = places.first { try CheckpointOutline(path: place).check(fits: model) }
  }
}
