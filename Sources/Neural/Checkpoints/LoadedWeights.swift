/// The result of loading weights into a model: which tensors were loaded, and which were not.
public struct LoadedWeights: Sendable, Hashable {
  /// The parameters and buffers that were loaded, in the model's order.
  public var loaded: [Tensor]
  /// The tensors that were not loaded; empty if the file fits the model.
  public var rest: CheckpointError.Mismatch
  /// The shapes of the model's tensors, and of the file's tensors that the model does not have.
  public var shapes: [String: [Int]]
  /// Wrappers of PyTorch whose names were removed from the file's names: `module`, `_orig_mod`.
  public var wrappers: [String]

  /// A loaded tensor.
  public struct Tensor: Sendable, Hashable {
    /// The name in the model.
    public var name: String
    /// The shape.
    public var shape: [Int]
  }

  /// Whether the file contains exactly the model's tensors.
  public var isComplete: Bool { rest.missing.isEmpty && rest.misshapen.isEmpty && rest.unexpected.isEmpty }

  /// The number of tensors of the model.
  public var tensorCount: Int { loaded.count + rest.missing.count + rest.misshapen.count }

  /// A sentence about names that were changed; `nil` if there are none.
  public var note: String? {
    guard !wrappers.isEmpty else { return nil }
    let prefixes = wrappers.map { "'\($0).'" }.joined(separator: " and ")
    let origin = wrappers.map { $0 == "module" ? "DataParallel" : "torch.compile" }.joined(separator: ", ")
    return "\(prefixes) removed from the names of the tensors (from \(origin))"
  }
}
