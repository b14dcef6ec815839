import CellCatalogue
import Neural
import Reporting
import Support

/// `save`: writes a model's weights.
public enum SaveStep {
  public static let model = p("model", label: nil, Model.self, "the model")
  public static let path = p(
    "path", label: "to", String.self, "a .safetensors file inside the notebook's results folder")

  package static let step = Step(
    "save", "Saves weights as safetensors, with PyTorch's names.",
    example: "save(model, to: \"weights.safetensors\")", effects: [.readsWeights, .writesFiles], model, path,
    rehearse: { run, call in
      guard let path = call[path] else {
        run.mayWriteMore()
        return nil
      }
      try run.save(call[model], to: path)
      return nil
    },
    causes: [.argument(path, FileError.self)],
    run: { run, model, path in _ = try run.save(model, to: path) })
}

/// Saves weights as safetensors; see ``Run/save``.
public func save(
  _ model: Model, to path: String, file: String = #filePath, line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { _ = try $0.save(model, to: path) }
}

extension Run {
  /// Saves weights as safetensors with PyTorch's names in the output folder.
  ///
  /// A notebook from an untrusted source cannot write elsewhere: the path must be relative, without `..`, and end
  /// in `.safetensors`.
  ///
  /// - Returns: the file's path.
  /// - Throws: ``TrainingError`` for any other path, ``FileError`` if the file cannot be written.
  @discardableResult
  public func save(_ model: Model, to path: String) throws -> String {
    let full = try settings.weights(path)
    if let slash = full.lastIndex(of: "/") { try AtomicFile.createDirectory(String(full[..<slash])) }
    let checkpoint = Checkpoint(of: model, metadata: ["format": "pt", "model": model.name])
    try observer.write(checkpoint.contents.bytes(), to: path)
    append(.message(.info, "Weights of \(model.name) saved to \(path): \(model.weightsOrigin)"))
    return full
  }
}

extension RehearsedRun {
  /// Records that the file will be written; `nil` is a model that is not known yet.
  fileprivate func save(_ model: Model?, to path: String) throws {
    let full = fullPath(try settings.weights(path))
    state.withLock { state in
      if let model { state.written[full] = model } else { state.mayWriteMore = true }
    }
  }
}

extension RunSettings {
  /// The path to which weights are saved.
  fileprivate func weights(_ path: String) throws -> String {
    guard !path.hasPrefix("/"), !path.split(separator: "/").contains(".."), path.hasSuffix(".safetensors")
    else {
      throw TrainingError(
        .value(
          name: "to", expected: "a path inside the results folder that ends in .safetensors",
          found: "'\(path)'"))
    }
    return "\(output)/\(path)"
  }
}
