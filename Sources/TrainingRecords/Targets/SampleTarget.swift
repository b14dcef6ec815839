/// The target of one sample.
public enum SampleTarget {
  /// The index of the sample's class.
  case label(Int)
  /// The indices of two classes, with the share of the first, 0…1.
  case mixed(Int, Int, share: Double)
  /// As many numbers as the model has outputs; valid as long as the batch.
  case values(UnsafePointer<Float>)

  /// The index of the class, of two classes the one with the larger share; `nil` if the target is numeric.
  public var label: Int? {
    switch self {
    case .label(let label): label
    case .mixed(let label, let other, let share): share >= 0.5 ? label : other
    case .values: nil
    }
  }

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
