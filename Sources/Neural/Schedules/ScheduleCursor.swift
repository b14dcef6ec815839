/// Where a run stands on its schedule. Encode it to go on later: the rest is the same to the last bit.
///
///     var cursor = ScheduleCursor(schedule: .step(stepSize: 8), optimizer: .sgd(learningRate: 0.1),
///                                 batchesPerEpoch: 781, epochs: 50)
///     cursor.learningRate          // of the batch to come
///     cursor.batchEnded()
///     cursor.epochEnded(metric: 1.23)
public struct ScheduleCursor: Codable, Sendable, Hashable {
  /// A custom schedule's function is not saved: set the schedule again after decoding.
  public var schedule: Schedule
  /// The batches and epochs that have ended.
  public private(set) var batches = 0
  public private(set) var epochs = 0
  private let initialRate: Double
  private let batchesPerEpoch: Int
  private let plannedEpochs: Int
  private var plateau: Plateau.State

  /// Stands at the first batch.
  public init(schedule: Schedule, optimizer: Optimizer, batchesPerEpoch: Int, epochs: Int) {
    self.schedule = schedule
    self.batchesPerEpoch = batchesPerEpoch
    initialRate = optimizer.learningRate
    plannedEpochs = epochs
    plateau = Plateau.State(learningRate: optimizer.learningRate)
  }

  /// The learning rate of the batch to come.
  public var learningRate: Double { get throws { try point.learningRate } }

  /// The momentum or beta1 of the batch to come; `nil` where the schedule leaves it alone.
  public var momentum: Double? { get throws { try point.momentum } }

  /// Both at once.
  ///
  /// - Throws: what a custom schedule's function throws, or ``ScheduleError`` for what it gives.
  public var point: SchedulePoint {
    get throws {
      if schedule.watchesMetric { return SchedulePoint(learningRate: plateau.learningRate) }
      return try schedule.point(
        at: schedule.unit == .batch ? batches : epochs, learningRate: initialRate,
        run: ScheduleSteps(batchesPerEpoch: batchesPerEpoch, epochs: plannedEpochs))
    }
  }

  /// To be called after every optimizer step.
  public mutating func batchEnded() { batches += 1 }

  /// To be called after every epoch.
  ///
  /// - Parameter metric: what plateau watches, for example the test loss; a NaN never counts as better.
  public mutating func epochEnded(metric: Double) {
    epochs += 1
    if case .plateau(let rule) = schedule.rule { plateau = rule.next(plateau, metric: metric) }
  }

  /// Goes on where a run had come: behind epochs that ended with these metrics, and `batches` of the next.
  ///
  /// The course depends on nothing else, so the cursor is the same, to the last bit, as one that took every step.
  mutating func fastForward(epochsEndedWith metrics: [Double], batches more: Int) {
    for metric in metrics {
      batches += batchesPerEpoch
      epochEnded(metric: metric)
    }
    batches += more
  }
}
