/// The numeric precision of training.
///
///     let plan = try Plan(model, batchSize: 64, loss: .nll, threads: 2, seed: 1, precision: .mixedBFloat16)
///     plan.precision   // .float32 if the processor has no bfloat16 products
public enum Precision: String, Sendable, Hashable, Codable, CaseIterable {
  /// IEEE single precision throughout.
  case float32
  /// Values between layers and most products in bfloat16 (8-bit mantissa), sums in single precision. Weights,
  /// statistics, losses and the optimizer stay in single precision, as in PyTorch's `autocast`.
  case mixedBFloat16

  /// This precision if the processor supports it, otherwise ``float32``.
  public var supported: Precision {
    self == .mixedBFloat16 && InstructionSet.current.hasBFloat16 ? .mixedBFloat16 : .float32
  }
}
