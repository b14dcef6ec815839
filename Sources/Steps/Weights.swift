import Neural
import Reporting

extension Run {
  /// Writes a model's weights as safetensors with PyTorch's names; a relative path lies in the output folder.
  ///
  /// - Returns: the path of the file.
  @discardableResult
  public func save(_ model: Model, to path: String) throws -> String {
    let full = path.hasPrefix("/") ? path : "\(settings.output)/\(path)"
    try Checkpoint(of: model, metadata: ["format": "pt", "model": model.name]).write(to: full)
    append(.message(.info, "Weights of \(model.name) saved to \(path)"))
    return full
  }

  /// Reads weights into a model; a relative path starts at the notebook's folder.
  ///
  /// - Throws: ``CheckpointError`` where the file is missing or damaged, or belongs to another model.
  public func loadWeights(_ model: Model, from path: String) throws {
    try Checkpoint(path: settings.resolve(path)).restore(into: model)
    append(.message(.info, "Weights of \(model.name) loaded from \(path)"))
  }
}
