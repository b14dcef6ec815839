/// The target of one sample.
public enum SampleTarget {
  /// The index of the sample's class.
  case label(Int)
  /// As many numbers as the model has outputs; valid as long as the batch.
  case values(UnsafePointer<Float>)

  /// The index of the class; `nil` if the target is numeric.
  public var label: Int? { if case .label(let label) = self { label } else { nil } }

  /// The numbers; `nil` if the target is a class.
  public var values: UnsafePointer<Float>? { if case .values(let values) = self { values } else { nil } }
}

/// The kind of target that a task trains on.
public enum TargetKind: String, Sendable, Hashable, Codable {
  /// One class per image.
  case labels
  /// One or more numbers per image.
  case values
}
