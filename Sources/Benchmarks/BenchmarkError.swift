import Neural

/// Why there are no figures.
public enum BenchmarkError: Problem, Hashable {
  case notFinite(step: Int)
  case unsupported(Precision)

  public var description: String {
    switch self {
    case .notFinite(let step): "the loss of step \(step) is not finite, so its time means nothing"
    case .unsupported(let precision):
      "\(precision.rawValue) is not in this processor's instruction set (\(Setting.instructionSet))"
    }
  }
}
