import Neural
import Reporting

extension Run {
  /// Saves a model's weights as safetensors with PyTorch's names in the output folder.
  ///
  /// A notebook from an untrusted source cannot write elsewhere: the path must be relative, without `..`, and end
  /// in `.safetensors`.
  ///
  /// - Returns: the path of the file.
  /// - Throws: ``TrainingError`` for any other path, ``FileError`` if the file cannot be written.
  @discardableResult
  public func save(_ model: Model, to path: String) throws -> String {
    let full = try settings.weights(path)
    if let slash = full.lastIndex(of: "/") { try AtomicFile.createDirectory(String(full[..<slash])) }
    let checkpoint = Checkpoint(of: model, metadata: ["format": "pt", "model": model.name])
    try observer.write(checkpoint.contents.bytes(), to: path)
    append(.message(.info, "Weights of \(model.name) saved to \(path)"))
    return full
  }

  /// Loads weights into a model; a relative path refers to the notebook's folder, or else to the output folder.
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

extension RunSettings {
  /// The path to which weights are saved.
  func weights(_ path: String) throws -> String {
    guard !path.hasPrefix("/"), !path.split(separator: "/").contains(".."), path.hasSuffix(".safetensors")
    else {
      throw TrainingError(
        .value(
          name: "to", expected: "a path inside the output folder that ends in .safetensors",
          found: "'\(path)'"))
    }
    return "\(output)/\(path)"
  }

  /// The paths where weights are searched, in order.
  public func weightFiles(_ path: String) -> [String] {
    path.hasPrefix("/") ? [path] : [resolve(path), "\(output)/\(path)"]
  }
}
