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
  public static let strict = p(
    "strict", Bool.self, default: true,
    "whether the file must contain exactly the model's tensors; false loads those that fit, for fine-tuning")

  public static let names = p(
    "names", [String: String].self, default: [:], defaultText: "[:]",
    "parts of the names in the file, and what this model calls them, for PyTorch models whose layers have other names"
  )

  package static let step = Step(
    "loadWeights", "Loads weights into a model; reads PyTorch's safetensors files.",
    example: "loadWeights(model, from: \"weights.safetensors\")", effects: [.changesWeights, .readsFiles],
    model, path, strict, names,
    rehearse: { run, call in
      // Unknown names may fit.
      if let path = call[path] {
        let names = call[names]
        try run.loadWeights(
          names == nil ? nil : call[model], from: path, strict: call[strict] ?? false, names: names ?? [:])
      }
      return nil
    },
    causes: [
      .argument(names, CheckpointError.self, where: { $0.isAboutNames }),
      .argument(path, CheckpointError.self), .argument(path, FileError.self),
    ],
    run: { run, model, path, strict, names in
      try run.loadWeights(model, from: path, strict: strict, names: names)
    })
}

/// Loads weights into a model; see ``Run/loadWeights``.
public func loadWeights(
  _ model: Model, from path: String, strict: Bool = LoadWeightsStep.strict.default,
  names: [String: String] = LoadWeightsStep.names.default, file: String = #filePath, line: Int = #line,
  column: Int = #column
) {
  Program.step(file, line, column) { try $0.loadWeights(model, from: path, strict: strict, names: names) }
}

extension Run {
  /// Loads weights into a model from a safetensors file; searches the notebook's folder, then the output folder.
  ///
  /// - Parameters:
  ///   - strict: whether the file must contain exactly the model's tensors; `false` loads those that fit, and reports the
  ///     others.
  ///   - names: parts of the names in the file, and what the model calls them.
  /// - Throws: ``CheckpointError`` if the file is damaged or belongs to another model, ``FileError`` if it cannot
  ///   be read.
  public func loadWeights(
    _ model: Model, from path: String, strict: Bool = LoadWeightsStep.strict.default,
    names: [String: String] = LoadWeightsStep.names.default
  ) throws {
    let places = settings.weightFiles(path)
    observer.read(.weights(path), stamp: settings.stamp(of: .weights(path)))
    let file = places.first(where: FileBytes.isFile) ?? settings.resolve(path)
    let result = try Checkpoint(path: file).restore(into: model, strict: strict, names: names)
    let note = result.note.map { "; \($0)" } ?? ""
    guard !strict else {
      append(.message(.info, "Weights of \(model.name) loaded from \(path)\(note)"))
      return
    }
    let count = "\(result.loaded.count) of \(Number.counted(result.tensorCount, "tensor"))"
    let text = "\(count) of \(model.name) loaded from \(path)\(note)"
    observer.progress(.line(text))
    append(.message(.info, text))
    append(.table(Table(result)))
  }
}

extension Table {
  /// The tensors of a model and a file: those that were not loaded first.
  fileprivate init(_ result: LoadedWeights) {
    func text(_ shape: [Int]?) -> String {
      guard let shape else { return "" }
      return shape.isEmpty ? "scalar" : shape.map(String.init).joined(separator: " × ")
    }
    func row(_ name: String, _ text: String) -> [String] { [name, shape(name), text] }
    func shape(_ name: String) -> String { text(result.shapes[name]) }
    let rest = result.rest
    self.init(
      headers: ["Tensor", "Shape", "Result"],
      rows: rest.misshapen.map { [$0.name, text($0.expected), "not loaded: \(text($0.found)) in the file"] }
        + rest.missing.map { row($0, "not loaded: not in the file") }
        + rest.unexpected.map { row($0, "ignored: not in the model") }
        + result.loaded.map { row($0.name, "loaded") })
  }
}

extension RehearsedRun {
  /// Compares the model with the file's header, or with the model that will have been saved there. If the model is
  /// unknown, only the file is checked.
  fileprivate func loadWeights(
    _ model: Model?, from path: String, strict: Bool, names: [String: String]
  ) throws {
    func check(_ outline: CheckpointOutline) throws {
      if let model { try outline.check(fits: model, strict: strict, names: names) }
    }
    let places = settings.weightFiles(path)
    let (written, mayWriteMore) = state.withLock { ($0.written, $0.mayWriteMore) }
    for place in places {
      if let saved = written[fullPath(place)] {
        try check(CheckpointOutline(of: saved, file: place))
        return
      }
      // A file of an earlier run may have been replaced by then.
      if mayWriteMore, fullPath(place).hasPrefix(fullPath(settings.output) + "/") { return }
      if FileBytes.isFile(place) {
        try check(CheckpointOutline(path: place))
        return
      }
    }
    if let place = places.first { try check(CheckpointOutline(path: place)) }
  }
}
