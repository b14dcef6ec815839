/// A schedule that is longer or shorter than its run: valid, but seldom intended.
public struct ScheduleMismatch: Sendable, Hashable, CustomStringConvertible {
  /// How the lengths differ.
  public enum Length: Sendable, Hashable {
    /// The run ends before the schedule has completed.
    case longer
    /// The schedule completes before the run ends.
    case shorter
  }

  /// How the lengths differ.
  public var length: Length
  public var description: String
}

extension Schedule {
  /// The difference between the lengths of schedule and run; `nil` if they match or the schedule has no length.
  ///
  ///     Schedule.cosine(tMax: 30).mismatch(batchesPerEpoch: 781, epochs: 50)?.length   // .shorter
  public func mismatch(batchesPerEpoch: Int, epochs: Int) -> ScheduleMismatch? {
    rule.mismatch(with: ScheduleSteps(batchesPerEpoch: batchesPerEpoch, epochs: epochs))
  }
}
