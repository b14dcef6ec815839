import Support

/// A model's weights in a file that PyTorch can load: names and shapes are those of `state_dict`.
///
///     try Checkpoint(of: model, metadata: ["epoch": "48"]).write(to: "best.safetensors")
///     try Checkpoint(path: "best.safetensors").restore(into: model)
///
/// In PyTorch: `module.load_state_dict(safetensors.torch.load_file("best.safetensors"))`.
public struct Checkpoint: Sendable {
  /// Parameters and running statistics, by PyTorch's names.
  public var state: [String: Tensor]
  /// Batch normalisation's counters by PyTorch's names (`….num_batches_tracked`); Quire does not use them.
  public var batchesTracked: [String: Int64]
  /// The file's metadata.
  public var metadata: [String: String]

  static let counter = "num_batches_tracked"
  private static let trainingsKey = "trainings"
  private static let frozenKey = "frozen"

  /// Copies a model's current weights.
  ///
  /// - Parameters:
  ///   - model: the model.
  ///   - batchesTracked: the number of batches in the model's running statistics.
  ///   - metadata: saved in the file's header, with the origin of the weights.
  public init(of model: Model, batchesTracked: Int = 0, metadata: [String: String] = [:]) {
    var own = model.weightsOrigin.metadata
    let trainings = model.trainings
    // Later trainings of a copy are counted from here.
    if trainings > 0, !model.weightsOrigin.isTraining {
      own[Self.trainingsKey] = "\(trainings)"
    }
    let frozen = model.frozen
    if !frozen.isEmpty { own[Self.frozenKey] = JSON.text(frozen.sorted()) }
    self.init(
      state: model.state, batchesTracked: batchesTracked, metadata: own.merging(metadata) { $1 })
  }

  /// Creates a checkpoint from weights by PyTorch's names.
  public init(state: [String: Tensor], batchesTracked: Int = 0, metadata: [String: String] = [:]) {
    self.state = state
    self.metadata = metadata
    self.batchesTracked = [:]
    for name in state.keys {
      guard let prefix = Self.prefix(of: name, before: "running_mean") else { continue }
      self.batchesTracked[prefix + Self.counter] = Int64(batchesTracked)
    }
  }

  /// Reads a file written by Quire or by `safetensors.torch.save_file`.
  ///
  /// - Throws: `FileError`, ``CheckpointError``.
  public init(path: String) throws {
    self.init(try Safetensors(path: path))
    file = path
  }

  /// Creates a checkpoint from a file's contents.
  public init(_ file: Safetensors) {
    state = file.tensors
    metadata = file.metadata
    batchesTracked = [:]
    for (name, tensor) in file.integers {
      if Self.prefix(of: name, before: Self.counter) != nil, let value = tensor.values.first {
        batchesTracked[name] = value
      } else {
        otherIntegers.append(name)
      }
    }
  }

  /// Writes the file atomically: readers see the old file or the new one.
  ///
  /// - Parameters:
  ///   - isSynced: whether the file is on the disk when this returns. An unsynced one survives a killed process,
  ///     but perhaps not a power failure.
  ///   - path: the file.
  /// - Throws: `FileError`.
  public func write(to path: String, isSynced: Bool = true) throws {
    try contents.write(to: path, isSynced: isSynced)
  }

  /// The contents of the file.
  public var contents: Safetensors {
    Safetensors(
      tensors: state, integers: batchesTracked.mapValues { Safetensors.IntegerTensor(scalar: $0) },
      metadata: metadata)
  }

  /// Copies the weights into a model.
  ///
  /// Names that PyTorch's wrappers changed (`module.`, `_orig_mod.`) are recognised.
  ///
  /// - Parameters:
  ///   - model: the model.
  ///   - strict: whether names and shapes must be those of the model; otherwise the model is unchanged.
  ///     `false` loads the tensors that fit, for fine-tuning.
  ///   - names: parts of the file's names with the parts that take their place, such as `["fc": "head.2"]`. A part is one
  ///     or more components in a row, wherever they are.
  /// - Returns: which tensors were loaded.
  /// - Throws: ``CheckpointError``: `.otherModel` with all names that are missing, unexpected or of another shape;
  ///   `.nothingFits` if no tensor fits; `.unusedName` and `.sameName` for replacements.
  @discardableResult
  public func restore(
    into model: Model, strict: Bool = true, names: [String: String] = [:]
  ) throws -> LoadedWeights {
    let result = try CheckpointOutline(
      shapes: state.mapValues(\.shape), others: otherIntegers, file: file ?? "checkpoint"
    ).check(fits: model, strict: strict, names: names)
    let named = try WeightNames(state.keys, model: Set(model.graph.parameters.map(\.name)), names)
    let found = Dictionary(state.map { (named($0.key), $0.value) }) { first, _ in first }
    var changed = model.state
    for tensor in result.loaded { changed[tensor.name] = found[tensor.name] }
    let name = file.map { String($0.split(separator: "/").last ?? "a file") }
    let isWhole = result.loaded.count == result.tensorCount
    let share = "\(result.loaded.count) of \(result.tensorCount) tensors"
    let origin =
      isWhole
      ? WeightsOrigin(metadata: metadata, file: name)
      : .file("\(name ?? "a checkpoint"), \(share)", after: nil)
    model.setState(changed, origin: origin)
    if file == nil {
      // These bytes stand for the model itself, not for weights that another model takes over.
      model.frozen = Set(
        metadata[Self.frozenKey].flatMap { try? JSON.value([String].self, from: Array($0.utf8)) } ?? [])
    }
    if file == nil, let count = metadata[Self.trainingsKey].flatMap({ Int($0) }) { model.trainings = count }
    return result
  }

  /// The file's path, for messages.
  private var file: String?
  /// The names of I64 tensors that are not counters.
  private var otherIntegers: [String] = []

  /// `block1.1.` for `block1.1.running_mean`; `nil` if the last component is different.
  static func prefix(of name: String, before last: String) -> String? {
    if name == last { return "" }
    return name.hasSuffix("." + last) ? String(name.dropLast(last.count)) : nil
  }
}
