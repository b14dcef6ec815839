import Neural

/// The reason why a benchmark has no result.
public enum BenchmarkError: Problem, Hashable {
  /// The processor does not support the precision.
  case unsupported(Precision)

  public var description: String {
    switch self {
    case .unsupported(let precision):
      "\(precision.rawValue) is not supported by this processor's instruction set (\(Setting.instructionSet))"
    }
  }
}
