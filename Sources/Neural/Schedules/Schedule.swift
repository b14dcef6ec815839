/// How the learning rate, and with it the momentum, moves over a run (PyTorch: `optim.lr_scheduler`).
///
/// Every schedule but plateau is a pure function of the step; ``ScheduleCursor`` walks along it.
///
///     let schedule = Schedule.cyclic(baseLR: 1e-4, maxLR: 0.01, stepSizeUp: 4, stepSizeDown: 4)
///     schedule.unit   // .batch
public struct Schedule: Sendable, Hashable, Codable {
  /// What one step of a schedule is.
  public enum Unit: String, Sendable, Hashable, Codable {
    case batch, epoch
  }

  enum Rule: Sendable, Hashable, Codable {
    case constant
    case cyclic(Cyclic)
    case step(StepDecay)
    case multiStep(MultiStepDecay)
    case exponential(ExponentialDecay)
    case cosine(Cosine)
    case cosineWarmRestarts(CosineWarmRestarts)
    case oneCycle(OneCycle)
    case plateau(Plateau)
    case custom(Custom)
  }

  let rule: Rule

  /// Constant: the optimizer's learning rate throughout.
  public static let constant = Schedule(rule: .constant)

  /// PyTorch's class name, for example `CyclicLR`; `custom` for a function of one's own.
  public var name: String {
    switch rule {
    case .constant: "ConstantLR"
    case .cyclic: "CyclicLR"
    case .step: "StepLR"
    case .multiStep: "MultiStepLR"
    case .exponential: "ExponentialLR"
    case .cosine: "CosineAnnealingLR"
    case .cosineWarmRestarts: "CosineAnnealingWarmRestarts"
    case .oneCycle: "OneCycleLR"
    case .plateau: "ReduceLROnPlateau"
    case .custom: "custom"
    }
  }

  /// Cyclic, one-cycle and custom ones move after every batch, the others after every epoch.
  public var unit: Unit {
    switch rule {
    case .cyclic, .oneCycle, .custom: .batch
    default: .epoch
    }
  }

  /// Whether the schedule watches a metric, so that its course is known only as the run goes on.
  public var watchesMetric: Bool {
    if case .plateau = rule { true } else { false }
  }

  /// Whether the course is another one where more epochs are planned, so that a training cannot be continued with
  /// more: one-cycle's that is fitted to the run, and custom ones, which are asked for the run's steps only.
  public var dependsOnPlannedEpochs: Bool {
    switch rule {
    case .oneCycle(let oneCycle): oneCycle.totalSteps == nil
    case .custom: true
    default: false
    }
  }

  /// Whether the momentum (or beta1) is moved too.
  public var cyclesMomentum: Bool {
    switch rule {
    case .cyclic(let cyclic): cyclic.cycleMomentum
    case .oneCycle(let oneCycle): oneCycle.cycleMomentum
    default: false
    }
  }

  /// Checks the numbers, the optimizer's part in them and that the schedule is long enough for the run.
  ///
  /// - Throws: ``ScheduleError``.
  public func validate(with optimizer: Optimizer, batchesPerEpoch: Int, epochs: Int) throws {
    try validate()
    if case .oneCycle(let oneCycle) = rule {
      try oneCycle.validate(name, run: ScheduleSteps(batchesPerEpoch: batchesPerEpoch, epochs: epochs))
    }
    if cyclesMomentum && !optimizer.hasMomentum {
      throw ScheduleError(fact: .momentum(optimizer: optimizer.name), schedule: name)
    }
  }

  /// Checks the numbers, whatever the run and the optimizer.
  ///
  /// - Throws: ``ScheduleError``.
  public func validate() throws {
    switch rule {
    case .constant: break
    case .cyclic(let cyclic): try cyclic.validate(name)
    case .step(let step): try step.validate(name)
    case .multiStep(let multiStep): try multiStep.validate(name)
    case .exponential(let exponential): try exponential.validate(name)
    case .cosine(let cosine): try cosine.validate(name)
    case .cosineWarmRestarts(let cosine): try cosine.validate(name)
    case .oneCycle(let oneCycle): try oneCycle.validate(name)
    case .plateau(let plateau): try plateau.validate(name)
    case .custom: break
    }
  }

  /// The rate and momentum of a step counted from 0; plateau's as if the metric always improved.
  ///
  /// - Throws: what a custom schedule's function throws, or ``ScheduleError`` for what it gives.
  func point(at step: Int, learningRate: Double, run: ScheduleSteps) throws -> SchedulePoint {
    switch rule {
    case .constant, .plateau: SchedulePoint(learningRate: learningRate)
    case .cyclic(let cyclic): cyclic.point(at: step)
    case .step(let decay): SchedulePoint(learningRate: decay.learningRate(at: step, from: learningRate))
    case .multiStep(let decay): SchedulePoint(learningRate: decay.learningRate(at: step, from: learningRate))
    case .exponential(let decay):
      SchedulePoint(learningRate: decay.learningRate(at: step, from: learningRate))
    case .cosine(let cosine): SchedulePoint(learningRate: cosine.learningRate(at: step, from: learningRate))
    case .cosineWarmRestarts(let cosine):
      SchedulePoint(learningRate: cosine.learningRate(at: step, from: learningRate))
    case .oneCycle(let oneCycle): oneCycle.point(at: step, totalSteps: oneCycle.totalSteps ?? run.total)
    // After the last batch the rate stays where it is.
    case .custom(let custom):
      SchedulePoint(learningRate: try custom.learningRate(at: min(step, run.total - 1)))
    }
  }

  /// The course over `batches` batches, one point a batch, for plotting; plateau's as if the metric
  /// always improved.
  ///
  /// With the default of one batch an epoch, a per-epoch schedule gives one point an epoch.
  ///
  ///     Schedule.step(stepSize: 8).curve(optimizer: .sgd(learningRate: 0.1), batches: 50)
  /// - Throws: what a custom schedule's function throws, or ``ScheduleError`` for what it gives.
  public func curve(optimizer: Optimizer, batches: Int, batchesPerEpoch: Int = 1) throws -> [SchedulePoint] {
    let perEpoch = max(1, batchesPerEpoch)
    let run = ScheduleSteps(batchesPerEpoch: 1, epochs: batches)
    return try (0..<max(0, batches)).map { batch in
      try point(at: unit == .batch ? batch : batch / perEpoch, learningRate: optimizer.learningRate, run: run)
    }
  }
}

/// The learning rate and momentum of one step.
public struct SchedulePoint: Sendable, Hashable, Codable {
  public var learningRate: Double
  /// The momentum or beta1; `nil` where the schedule leaves it alone.
  public var momentum: Double?

  public init(learningRate: Double, momentum: Double? = nil) {
    self.learningRate = learningRate
    self.momentum = momentum
  }
}

/// How long a run is.
struct ScheduleSteps {
  var batchesPerEpoch: Int
  var epochs: Int

  /// All batches of the run, at least 1.
  var total: Int {
    let (product, overflow) = max(0, batchesPerEpoch).multipliedReportingOverflow(by: max(0, epochs))
    return overflow ? Int.max : max(1, product)
  }
}
