/// How a training was run, apart from its result: this may differ between runs with equal results.
public struct TrainingProvenance: Sendable, Codable, Hashable {
  /// The number of planned epochs.
  public var plannedEpochs: Int
  /// The number of threads; `nil` if it is unknown or varied.
  public var threads: Int?
  /// The number of epochs finished by earlier runs, if the training was resumed; otherwise `nil`.
  public var resumedAfter: Int?
  /// The number of finished epochs.
  public var endedEpochs = 0
  /// The finished epochs in the last saved state; `nil` if none is saved, so that the training cannot be resumed.
  public var keptEpochs: Int?
  /// Whether the training has finished.
  public var isEnded = false

  /// Creates the provenance of a new training.
  public init(plannedEpochs: Int) { self.plannedEpochs = plannedEpochs }
}
