/// The targets of a batch.
public enum BatchTargets {
  /// [count], each an index of a class.
  case labels(UnsafePointer<Int32>)
  /// Two classes for each sample, [count] each, with the share of the first, 0…1, which is the same for all samples.
  case mixed(UnsafePointer<Int32>, UnsafePointer<Int32>, share: Double)
  /// [count][outputs].
  case values(UnsafePointer<Float>)

  /// The kind of target.
  public var kind: TargetKind {
    switch self {
    case .labels, .mixed: .labels
    case .values: .values
    }
  }

  /// The target of one sample of a model with this many outputs.
  public func target(at sample: Int, outputs: Int) -> SampleTarget {
    switch self {
    case .labels(let labels): .label(Int(labels[sample]))
    case .mixed(let labels, let others, let share):
      .mixed(Int(labels[sample]), Int(others[sample]), share: share)
    case .values(let values): .values(values + sample * outputs)
    }
  }
}
