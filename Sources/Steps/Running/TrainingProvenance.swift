/// How a training came about, beside what it gave: this may differ between runs that give the same bytes.
public struct TrainingProvenance: Sendable, Codable, Hashable {
  public var plannedEpochs: Int
  /// How many threads trained; `nil` where that is not known, or parts were trained with different numbers of them.
  public var threads: Int?
  /// Epochs that had ended before, where the training went on from an earlier run's state; else `nil`.
  public var resumedAfter: Int?
  public var endedEpochs = 0
  /// Ended epochs in the state that was kept last; `nil` where none is kept, so that nothing can go on from there.
  public var keptEpochs: Int?
  /// Whether the training came to its end.
  public var isEnded = false

  public init(plannedEpochs: Int) { self.plannedEpochs = plannedEpochs }
}
