import Neural

/// The reason why a benchmark has no result.
public enum BenchmarkError: Problem, Hashable {
  /// The loss became infinite or NaN at this batch.
  case notFinite(step: Int)
  /// The processor does not support the precision.
  case unsupported(Precision)

  public var description: String {
    switch self {
    case .notFinite(let step): "the loss of batch \(step) is not finite, so its time is meaningless"
    case .unsupported(let precision):
      "\(precision.rawValue) is not supported by this processor's instruction set (\(Setting.instructionSet))"
    }
  }
}
