import CellCatalogue
import Neural
import Reporting
import Support

/// `save`: writes a model's weights, or the whole network as ONNX.
public enum SaveStep {
  public static let model = p("model", label: nil, Model.self, "the model")
  public static let path = p(
    "path", label: "to", String.self,
    "a .safetensors file (weights for PyTorch) or an .onnx file (the network) inside the notebook's results folder"
  )
  public static let data = p(
    "data", label: "on", ImageData?.self, default: nil, defaultText: "nil",
    "for .onnx: the data whose class names and normalisation the file tells; nil leaves them out")
  public static let foldBatchNorm = p(
    "foldBatchNorm", Bool.self, default: false,
    "for .onnx: whether convolutions and linear layers compute the batch normalisations that follow them")

  package static let step = Step(
    "save", "Saves weights as safetensors, with PyTorch's names, or a network as ONNX.",
    example: "save(model, to: \"weights.safetensors\")", effects: [.readsWeights, .writesFiles], model, path,
    data, foldBatchNorm,
    rehearse: { run, call in
      guard let path = call[path] else {
        run.mayWriteMore()
        return nil
      }
      try run.save(
        call[model], to: path, on: call[data, as: DataOutline?.self] ?? nil,
        foldBatchNorm: call[foldBatchNorm] ?? false)
      return nil
    },
    causes: [.argument(path, FileError.self)],
    run: { run, model, path, data, foldBatchNorm in
      _ = try run.save(model, to: path, on: data, foldBatchNorm: foldBatchNorm)
    })
}

/// Saves weights as safetensors, or a network as ONNX; see ``Run/save``.
public func save(
  _ model: Model, to path: String, on data: ImageData? = SaveStep.data.default,
  foldBatchNorm: Bool = SaveStep.foldBatchNorm.default, file: String = #filePath, line: Int = #line,
  column: Int = #column
) {
  Program.step(file, line, column) {
    _ = try $0.save(model, to: path, on: data, foldBatchNorm: foldBatchNorm)
  }
}

extension Run {
  /// Saves weights as safetensors with PyTorch's names, or a network as ONNX, in the output folder. The path's ending
  /// decides.
  ///
  /// A notebook from an untrusted source cannot write elsewhere: the path must be relative, without `..`, and end
  /// in `.safetensors` or `.onnx`.
  ///
  /// - Parameters:
  ///   - data: For ONNX, gives the class names and the normalisation; `nil` leaves them out.
  ///   - foldBatchNorm: For ONNX, whether convolutions and linear layers compute the batch normalisations that follow
  ///     them.
  /// - Returns: the file's path.
  /// - Throws: ``TrainingError`` for any other path, and for arguments that are only for ONNX; ``ModelError`` for a layer
  ///   that ONNX cannot express; ``FileError`` if the file cannot be written.
  @discardableResult
  public func save(
    _ model: Model, to path: String, on data: ImageData? = SaveStep.data.default,
    foldBatchNorm: Bool = SaveStep.foldBatchNorm.default
  ) throws -> String {
    let format = try SavedFormat(path, hasData: data != nil, foldBatchNorm: foldBatchNorm)
    let bytes: [UInt8]
    let what: String
    switch format {
    case .safetensors:
      bytes = Checkpoint(of: model, metadata: ["format": "pt", "model": model.name]).contents.bytes()
      what = "Weights of \(model.name)"
    case .onnx:
      bytes = try ONNXExport(model, data: data, foldBatchNorm: foldBatchNorm).bytes()
      what = "\(model.name) as ONNX"
    }
    let full = "\(settings.output)/\(path)"
    if let slash = full.lastIndex(of: "/") { try AtomicFile.createDirectory(String(full[..<slash])) }
    try observer.write(bytes, to: path)
    append(.message(.info, "\(what) saved to \(path): \(model.weightsOrigin)"))
    return full
  }
}

extension RehearsedRun {
  /// Records that a file of weights will be written; `nil` is a model that is not known yet.
  fileprivate func save(_ model: Model?, to path: String, on data: DataOutline?, foldBatchNorm: Bool) throws {
    switch try SavedFormat(path, hasData: data != nil, foldBatchNorm: foldBatchNorm) {
    case .safetensors:
      let full = fullPath("\(settings.output)/\(path)")
      state.withLock { state in
        if let model { state.written[full] = model } else { state.mayWriteMore = true }
      }
    case .onnx: if let model { try ONNXExport.check(model, data) }
    }
  }
}

/// The format of a saved model.
private enum SavedFormat {
  case safetensors, onnx

  /// - Throws: ``TrainingError`` for a path outside the results folder or with another ending, and for arguments that
  ///   would have no effect.
  init(_ path: String, hasData: Bool, foldBatchNorm: Bool) throws {
    let isInside = !path.hasPrefix("/") && !path.split(separator: "/").contains("..")
    if isInside, path.hasSuffix(".onnx") {
      self = .onnx
      return
    }
    guard isInside, path.hasSuffix(".safetensors") else {
      throw TrainingError(
        .value(
          name: "to", expected: "a path inside the results folder that ends in .safetensors or .onnx",
          found: "'\(path)'"))
    }
    self = .safetensors
    func onlyForONNX(_ name: String, _ none: String, _ found: String) -> TrainingError {
      TrainingError(.value(name: name, expected: "\(none) unless the file ends in .onnx", found: found))
    }
    if hasData { throw onlyForONNX("on", "nil", "data for '\(path)'") }
    if foldBatchNorm { throw onlyForONNX("foldBatchNorm", "false", "true for '\(path)'") }
  }
}
