/// Where a run stands on its schedule. Encode it to go on later: the rest is the same to the last bit.
///
///     var cursor = ScheduleCursor(schedule: .step(stepSize: 8), optimizer: .sgd(learningRate: 0.1),
///                                 batchesPerEpoch: 781, epochs: 50)
///     cursor.learningRate          // of the batch to come
///     cursor.batchEnded()
///     cursor.epochEnded(metric: 1.23)
public struct ScheduleCursor: Codable, Sendable, Hashable {
  public let schedule: Schedule
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
  public var learningRate: Double { point.learningRate }

  /// The momentum or beta1 of the batch to come; `nil` where the schedule leaves it alone.
  public var momentum: Double? { point.momentum }

  /// Both at once.
  public var point: SchedulePoint {
    if schedule.watchesMetric { return SchedulePoint(learningRate: plateau.learningRate) }
    return schedule.point(
      at: schedule.unit == .batch ? batches : epochs, learningRate: initialRate,
      run: ScheduleSteps(batchesPerEpoch: batchesPerEpoch, epochs: plannedEpochs))
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
}
