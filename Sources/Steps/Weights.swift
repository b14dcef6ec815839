import Neural
import Reporting

extension Run {
  /// Writes a model's weights as safetensors with PyTorch's names, into the output folder.
  ///
  /// A notebook that came by mail writes nowhere else: the path is relative, without `..`, and ends in
  /// `.safetensors`.
  ///
  /// - Returns: the path of the file.
  /// - Throws: ``TrainingError`` for another path, ``FileError`` where the file cannot be written.
  @discardableResult
  public func save(_ model: Model, to path: String) throws -> String {
    let full = try settings.weights(path)
    if let slash = full.lastIndex(of: "/") { try AtomicFile.createDirectory(String(full[..<slash])) }
    let checkpoint = Checkpoint(of: model, metadata: ["format": "pt", "model": model.name])
    try observer.write(checkpoint.contents.bytes(), to: path)
    append(.message(.info, "Weights of \(model.name) saved to \(path)"))
    return full
  }

  /// Reads weights into a model; a relative path starts at the notebook's folder, else at the output folder.
  ///
  /// - Throws: ``CheckpointError`` where the file is damaged or belongs to another model, ``FileError`` where
  ///   it cannot be read.
  public func loadWeights(_ model: Model, from path: String) throws {
    let places = settings.weightFiles(path)
    observer.read(.weights(path), stamp: settings.stamp(of: .weights(path)))
    let file = places.first(where: FileBytes.isFile) ?? settings.resolve(path)
    try Checkpoint(path: file).restore(into: model)
    append(.message(.info, "Weights of \(model.name) loaded from \(path)"))
  }
}

extension RunSettings {
  /// Where weights are saved to.
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

  /// Where weights are looked for, in order.
  public func weightFiles(_ path: String) -> [String] {
    path.hasPrefix("/") ? [path] : [resolve(path), "\(output)/\(path)"]
  }
}
