import CellCatalogue
import Neural
import Reporting
import Support

/// `loadWeights`: reads a model's weights.
public enum LoadWeightsStep {
  public static let model = p("model", label: nil, Model.self, "the model; its weights change")
  public static let path = p(
    "path", label: "from", String.self,
    "a .safetensors file; relative paths are searched in the notebook's folder, then in its results folder")

  package static let step = Step(
    "loadWeights", "Loads weights into a model; reads PyTorch's safetensors files.",
    example: "loadWeights(model, from: \"weights.safetensors\")", effects: [.changesWeights, .readsFiles],
    model, path,
    rehearse: { run, call in
      if let model = call[model], let path = call[path] { try run.loadWeights(model, from: path) }
      return nil
    },
    causes: [.argument(path, CheckpointError.self), .argument(path, FileError.self)],
    run: { run, model, path in try run.loadWeights(model, from: path) })
}

/// Loads weights into a model; see ``Run/loadWeights``.
public func loadWeights(
  _ model: Model, from path: String, file: String = #filePath, line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { try $0.loadWeights(model, from: path) }
}

extension Run {
  /// Loads weights into a model from a safetensors file; searches the notebook's folder, then the output folder.
  ///
  /// - Throws: ``CheckpointError`` if the file is damaged or belongs to another model, ``FileError`` if it cannot
  ///   be read.
  public func loadWeights(_ model: Model, from path: String) throws {
    let places = settings.weightFiles(path)
    observer.read(.weights(path), stamp: settings.stamp(of: .weights(path)))
    let file = places.first(where: FileBytes.isFile) ?? settings.resolve(path)
    try Checkpoint(path: file).restore(into: model)
    append(.message(.info, "Weights of \(model.name) loaded from \(path)"))
  }
}

extension RehearsedRun {
  /// Compares the model with the file's header, or with the model that will have been saved there.
  fileprivate func loadWeights(_ model: Model, from path: String) throws {
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
