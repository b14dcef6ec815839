/// The position of a run in its schedule. It can be encoded, to resume later with identical results.
///
///     var cursor = ScheduleCursor(schedule: .step(stepSize: 8), optimizer: .sgd(learningRate: 0.1),
///                                 batchesPerEpoch: 781, epochs: 50)
///     cursor.learningRate          // of the next batch
///     cursor.batchEnded()
///     cursor.epochEnded(metric: 1.23)
public struct ScheduleCursor: Codable, Sendable, Hashable {
  /// The schedule. A custom schedule's function is not saved: set the schedule again after decoding.
  public var schedule: Schedule
  /// The number of finished batches.
  public private(set) var batches = 0
  /// The number of finished epochs.
  public private(set) var epochs = 0
  private let initialRate: Double
  private let batchesPerEpoch: Int
  private let plannedEpochs: Int
  private var plateau: WatchState

  /// Creates a cursor at the first batch.
  public init(schedule: Schedule, optimizer: Optimizer, batchesPerEpoch: Int, epochs: Int) {
    self.init(
      schedule: schedule, learningRate: optimizer.learningRate, batchesPerEpoch: batchesPerEpoch,
      epochs: epochs)
  }

  /// Creates a cursor at the first batch, with the rate before the schedule changes it.
  init(schedule: Schedule, learningRate: Double, batchesPerEpoch: Int, epochs: Int) {
    self.schedule = schedule
    self.batchesPerEpoch = batchesPerEpoch
    initialRate = learningRate
    plannedEpochs = epochs
    plateau = WatchState(learningRate: learningRate)
  }

  /// The learning rate of the next batch.
  public var learningRate: Double { get throws { try point.learningRate } }

  /// The momentum or beta1 of the next batch; `nil` if the schedule does not change it.
  public var momentum: Double? { get throws { try point.momentum } }

  /// The learning rate and momentum of the next batch.
  ///
  /// - Throws: ``ScheduleError`` if a custom schedule returns an invalid rate; errors of its function.
  public var point: SchedulePoint {
    get throws {
      try schedule.point(
        at: schedule.unit == .batch ? batches : epochs,
        learningRate: schedule.watchesMetric ? plateau.learningRate : initialRate,
        run: ScheduleSteps(batchesPerEpoch: batchesPerEpoch, epochs: plannedEpochs))
    }
  }

  /// Advances by a batch; call it after every optimizer update.
  public mutating func batchEnded() { batches += 1 }

  /// Advances by an epoch; call it after every epoch.
  ///
  /// - Parameter metric: the value that a plateau schedule watches (`Schedule.watched(in:)`); NaN never counts as
  ///   an improvement.
  public mutating func epochEnded(metric: Double) {
    epochs += 1
    plateau = schedule.rule.next(plateau, metric: metric)
  }

  /// Moves to where a run was interrupted: after epochs that ended with these metrics, and `batches` of the next.
  ///
  /// The course depends on nothing else, so the cursor is identical to one that made every step.
  mutating func fastForward(epochsEndedWith metrics: [Double], batches more: Int) {
    for metric in metrics {
      batches += batchesPerEpoch
      epochEnded(metric: metric)
    }
    batches += more
  }
}
