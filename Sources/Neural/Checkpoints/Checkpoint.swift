/// A model's weights in a file that PyTorch takes: names and shapes are those of `state_dict`.
///
///     try Checkpoint(of: model, metadata: ["epoch": "48"]).write(to: "best.safetensors")
///     try Checkpoint(path: "best.safetensors").restore(into: model)
///
/// In PyTorch: `module.load_state_dict(safetensors.torch.load_file("best.safetensors"))`.
public struct Checkpoint: Sendable {
  /// Parameters and running statistics by PyTorch's names.
  public var state: [String: Tensor]
  /// Batch normalisation's counters by PyTorch's names (`….num_batches_tracked`); nothing here reads them.
  public var batchesTracked: [String: Int64]
  public var metadata: [String: String]

  static let counter = "num_batches_tracked"

  /// A model's present weights.
  ///
  /// - Parameter batchesTracked: the batches that its running statistics have seen.
  public init(of model: Model, batchesTracked: Int = 0, metadata: [String: String] = [:]) {
    self.init(state: model.state, batchesTracked: batchesTracked, metadata: metadata)
  }

  /// Weights by PyTorch's names.
  public init(state: [String: Tensor], batchesTracked: Int = 0, metadata: [String: String] = [:]) {
    self.state = state
    self.metadata = metadata
    self.batchesTracked = [:]
    for name in state.keys {
      guard let prefix = Self.prefix(of: name, before: "running_mean") else { continue }
      self.batchesTracked[prefix + Self.counter] = Int64(batchesTracked)
    }
  }

  /// Reads a file of this library's, or one that PyTorch's users saved with `safetensors.torch.save_file`.
  ///
  /// - Throws: ``FileError``, ``CheckpointError``.
  public init(path: String) throws {
    self.init(try Safetensors(path: path))
    file = path
  }

  /// The checkpoint in a file's contents.
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

  /// Writes atomically: a reader sees the old file or the new one.
  ///
  /// - Throws: ``FileError``.
  public func write(to path: String) throws { try contents.write(to: path) }

  /// The contents of the file.
  public var contents: Safetensors {
    Safetensors(
      tensors: state, integers: batchesTracked.mapValues { Safetensors.IntegerTensor(scalar: $0) },
      metadata: metadata)
  }

  /// Gives the model these weights; where names or shapes differ, the model stays as it was.
  ///
  /// - Throws: ``CheckpointError``, `.otherModel` with every name that is missing, not expected or of
  ///   another shape.
  public func restore(into model: Model) throws {
    try CheckpointOutline(
      shapes: state.mapValues(\.shape), others: otherIntegers, file: file ?? "checkpoint"
    ).check(fits: model)
    model.state = state
  }

  /// Where it was read from, for messages.
  private var file: String?
  /// I64 tensors that are no counters.
  private var otherIntegers: [String] = []

  /// `block1.1.` of `block1.1.running_mean`; `nil` where the last part is another.
  static func prefix(of name: String, before last: String) -> String? {
    if name == last { return "" }
    return name.hasSuffix("." + last) ? String(name.dropLast(last.count)) : nil
  }
}
