/// The targets of a batch.
public enum BatchTargets {
  /// [count], each an index of a class.
  case labels(UnsafePointer<Int32>)
  /// [count][outputs].
  case values(UnsafePointer<Float>)

  /// The kind of target.
  public var kind: TargetKind {
    switch self {
    case .labels: .labels
    case .values: .values
    }
  }

  /// The target of one sample of a model with this many outputs.
  public func target(at sample: Int, outputs: Int) -> SampleTarget {
    switch self {
    case .labels(let labels): .label(Int(labels[sample]))
    case .values(let values): .values(values + sample * outputs)
    }
  }
}
