import Support

/// A learning-rate schedule, optionally with momentum (PyTorch: `optim.lr_scheduler`).
///
/// Every schedule except plateau is a pure function of the batch or epoch; ``ScheduleCursor`` steps through it.
///
///     let schedule = Schedule.cyclic(baseLR: 1e-4, maxLR: 0.01, stepSizeUp: 4, stepSizeDown: 4)
///     schedule.unit   // .batch
public struct Schedule: Sendable, Hashable, Codable {
  /// The interval after which a schedule changes the rate.
  public enum Unit: String, Sendable, Hashable, Codable {
    /// Every batch, or every epoch.
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

  /// PyTorch's class name, for example `CyclicLR`; `custom` for a custom function.
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

  /// Cyclic, one-cycle and custom schedules change after every batch, all others after every epoch.
  public var unit: Unit {
    switch rule {
    case .cyclic, .oneCycle, .custom: .batch
    default: .epoch
    }
  }

  /// Whether the schedule depends on a metric, so that its learning rates are known only during the run.
  public var watchesMetric: Bool {
    if case .plateau = rule { true } else { false }
  }

  /// Whether the rates depend on the number of planned epochs, so that training cannot be extended: a one-cycle
  /// schedule fitted to the run, or a custom schedule, which is called only for the run's batches.
  public var dependsOnPlannedEpochs: Bool {
    switch rule {
    case .oneCycle(let oneCycle): oneCycle.totalSteps == nil
    case .custom: true
    default: false
    }
  }

  /// Whether the momentum (or beta1) changes too.
  public var cyclesMomentum: Bool {
    switch rule {
    case .cyclic(let cyclic): cyclic.cycleMomentum
    case .oneCycle(let oneCycle): oneCycle.cycleMomentum
    default: false
    }
  }

  /// Checks the parameters, that the optimizer supports the schedule, and that the schedule is long enough for the
  /// run.
  ///
  /// - Throws: ``ScheduleError``.
  public func validate(with optimizer: Optimizer, batchesPerEpoch: Int, epochs: Int) throws {
    try validate()
    try check(batchesPerEpoch: batchesPerEpoch, epochs: epochs)
    try check(with: optimizer)
  }

  /// - Throws: ``ScheduleError`` if the schedule is too short for a run.
  func check(batchesPerEpoch: Int, epochs: Int) throws {
    guard case .oneCycle(let oneCycle) = rule else { return }
    try oneCycle.validate(name, run: ScheduleSteps(batchesPerEpoch: batchesPerEpoch, epochs: epochs))
  }

  /// - Throws: ``ScheduleError`` if the optimizer does not support the schedule.
  func check(with optimizer: Optimizer) throws {
    if cyclesMomentum && !optimizer.hasMomentum {
      throw ScheduleError(fact: .momentum(optimizer: optimizer.name), schedule: name)
    }
  }

  /// Checks the parameters independently of run and optimizer.
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

  /// The rate and momentum of a step counted from 0; a plateau schedule as if the metric always improved.
  ///
  /// - Throws: ``ScheduleError`` if a custom schedule returns an invalid rate; errors of its function.
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
    // After the last batch, the rate keeps its value.
    case .custom(let custom):
      SchedulePoint(learningRate: try custom.learningRate(at: min(step, run.total - 1)))
    }
  }

  /// The rates of the first `batches` batches, for plotting. A plateau schedule is evaluated as if
  /// the metric always improved.
  ///
  /// With the default of one batch per epoch, a per-epoch schedule gives one point per epoch.
  ///
  ///     Schedule.step(stepSize: 8).curve(optimizer: .sgd(learningRate: 0.1), batches: 50)
  ///
  /// - Throws: ``ScheduleError`` if a custom schedule returns an invalid rate; errors of its function.
  public func curve(optimizer: Optimizer, batches: Int, batchesPerEpoch: Int = 1) throws -> [SchedulePoint] {
    let perEpoch = max(1, batchesPerEpoch)
    let run = ScheduleSteps(batchesPerEpoch: 1, epochs: batches)
    return try (0..<max(0, batches)).map { batch in
      try point(at: unit == .batch ? batch : batch / perEpoch, learningRate: optimizer.learningRate, run: run)
    }
  }
}

/// The learning rate and momentum of one batch.
public struct SchedulePoint: Sendable, Hashable, Codable {
  /// The learning rate.
  public var learningRate: Double
  /// The momentum or beta1; `nil` if the schedule does not change it.
  public var momentum: Double?

  /// Creates a point.
  public init(learningRate: Double, momentum: Double? = nil) {
    self.learningRate = learningRate
    self.momentum = momentum
  }
}

/// The length of a run.
struct ScheduleSteps {
  var batchesPerEpoch: Int
  var epochs: Int

  /// The number of batches in the run, at least 1.
  var total: Int {
    let (product, overflow) = max(0, batchesPerEpoch).multipliedReportingOverflow(by: max(0, epochs))
    return overflow ? Int.max : max(1, product)
  }
}

extension Schedule {
  /// The rule and every number, as JSON with sorted keys; `nil` for a custom schedule, whose function has no text.
  public var contentDescription: String? {
    if case .custom = rule { nil } else { JSON.text(self) }
  }
}

extension Schedule: CustomStringConvertible {
  /// The name and every number: `StepLR(stepSize: 8, gamma: 0.1)`.
  public var description: String {
    guard let values = Mirror(reflecting: rule).children.first?.value, !(values is Custom) else {
      return name
    }
    let parts = Mirror(reflecting: values).children.map { child in
      let value = "\(child.value)"
      let text = value.hasPrefix("Optional(") ? String(value.dropFirst(9).dropLast()) : value
      return "\(child.label ?? ""): \(text)"
    }
    return "\(name)(\(parts.joined(separator: ", ")))"
  }
}
