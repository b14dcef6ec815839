import Support

extension Schedule {
  /// Raises the learning rate in a line during the first epochs, batch by batch; then another schedule begins
  /// (PyTorch: `SequentialLR` with `LinearLR`).
  ///
  ///     Schedule.warmup(epochs: 2, then: .cosine(tMax: 48))
  ///
  /// - Parameters:
  ///   - epochs: the length of the warm-up, at least 1.
  ///   - from: the first rate, as a fraction of the rate that `schedule` begins with; 0…1.
  ///   - schedule: what follows; its batches and epochs count from the end of the warm-up.
  public static func warmup(epochs: Int, from: Double = defaultWarmupStart, then schedule: Schedule)
    -> Schedule
  {
    Schedule(rule: Warmup(epochs: epochs, batches: nil, from: from, then: schedule))
  }

  /// The same with a number of batches.
  ///
  ///     Schedule.warmup(batches: 500, from: 0.1, then: .constant)
  ///
  /// - Parameters:
  ///   - batches: the length of the warm-up, at least 1.
  ///   - from: the first rate, as a fraction of the rate that `schedule` begins with; 0…1.
  ///   - schedule: what follows; its batches and epochs count from the end of the warm-up.
  public static func warmup(batches: Int, from: Double = defaultWarmupStart, then schedule: Schedule)
    -> Schedule
  {
    Schedule(rule: Warmup(epochs: nil, batches: batches, from: from, then: schedule))
  }

  /// The default start of a warm-up, that of torchvision's training recipes (`lr_warmup_decay`).
  public static let defaultWarmupStart = 0.01
}

/// One of `epochs` and `batches` is the warm-up's length.
struct Warmup: ScheduleRule {
  static let key = "warmup"
  static let name = "LinearLR"
  static let unit = Schedule.Unit.batch

  var epochs: Int?
  var batches: Int?
  var from: Double
  var then: Schedule

  /// The name of the schedule that may be at fault.
  var title: String { then.name }
  var cyclesMomentum: Bool { then.rule.cyclesMomentum }
  var replacesLearningRate: Bool { then.rule.replacesLearningRate }
  var dependsOnPlannedEpochs: Bool { then.rule.dependsOnPlannedEpochs }
  var watched: WatchedQuantity? { then.rule.watched }
  var hasContent: Bool { then.rule.hasContent }

  func validate() throws {
    if let epochs { try check.count("epochs", epochs) }
    if let batches { try check.count("batches", batches) }
    try check.require("from", from, "in 0…1") { $0 >= 0 && $0 <= 1 }
    try then.validate()
  }

  func validate(for run: ScheduleSteps) throws { try then.rule.validate(for: rest(of: run)) }

  func next(_ state: WatchState, metric: Double) -> WatchState { then.rule.next(state, metric: metric) }

  /// The length in batches.
  private func length(in run: ScheduleSteps) -> Int {
    if let batches { return batches }
    let (product, overflow) = (epochs ?? 0).multipliedReportingOverflow(by: max(1, run.batchesPerEpoch))
    return overflow ? .max : product
  }

  /// The run after the warm-up.
  private func rest(of run: ScheduleSteps) -> ScheduleSteps {
    let left = max(0, run.total - length(in: run))
    return ScheduleSteps(
      batchesPerEpoch: run.batchesPerEpoch, epochs: left / max(1, run.batchesPerEpoch), batches: left,
      followsWarmup: true)
  }

  func point(at batch: Int, learningRate: Double, run: ScheduleSteps) throws -> SchedulePoint {
    let (length, rest) = (length(in: run), rest(of: run))
    guard batch < length else {
      let since = batch - length
      return try then.point(
        at: then.unit == .batch ? since : since / max(1, run.batchesPerEpoch), learningRate: learningRate,
        run: rest)
    }
    var point = try then.point(at: 0, learningRate: learningRate, run: rest)
    point.learningRate *= from + (1 - from) * Double(batch) / Double(length)
    return point
  }

  func mismatch(with run: ScheduleSteps) -> ScheduleMismatch? {
    let length = length(in: run)
    guard length < run.total else {
      return longer(
        "the warm-up has \(Number.counted(length, "batch", plural: "batches")) but the training has "
          + "\(Number.counted(run.total, "batch", plural: "batches")), so \(then.name) never begins")
    }
    return then.rule.mismatch(with: rest(of: run))
  }
}
