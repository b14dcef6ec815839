import Support

/// A learning-rate schedule, optionally with momentum (PyTorch: `optim.lr_scheduler`).
///
/// Every schedule except plateau is a pure function of the batch or epoch; ``ScheduleCursor`` steps through it. Each
/// schedule is a `ScheduleRule` in a file of its own, with a factory here.
///
///     let schedule = Schedule.cyclic(baseLR: 1e-4, maxLR: 0.01, stepSizeUp: 4, stepSizeDown: 4)
///     schedule.unit   // .batch
public struct Schedule: Sendable {
  /// The interval after which a schedule changes the rate.
  public enum Unit: String, Sendable, Hashable, Codable {
    /// Every batch, or every epoch.
    case batch, epoch
  }

  /// All schedules.
  static let rules: [any ScheduleRule.Type] = [
    Constant.self, Cyclic.self, StepDecay.self, MultiStepDecay.self, ExponentialDecay.self, Cosine.self,
    CosineWarmRestarts.self, OneCycle.self, Plateau.self, Custom.self, Warmup.self,
  ]

  let rule: any ScheduleRule

  /// PyTorch's class name, for example `CyclicLR`; `custom` for a custom function; of a warm-up, what follows it.
  public var name: String { rule.title }

  /// Cyclic, one-cycle and custom schedules change after every batch, all others after every epoch.
  public var unit: Unit { type(of: rule).unit }

  /// Whether the schedule depends on a metric, so that its learning rates are known only during the run.
  public var watchesMetric: Bool { rule.watched != nil }

  /// Whether the rates depend on the number of planned epochs, so that training cannot be extended: a one-cycle
  /// schedule fitted to the run, or a custom schedule, which is called only for the run's batches.
  public var dependsOnPlannedEpochs: Bool { rule.dependsOnPlannedEpochs }

  /// Whether the momentum (or beta1) changes too.
  public var cyclesMomentum: Bool { rule.cyclesMomentum }

  /// Whether the rates do not depend on the optimizer's learning rate.
  var replacesLearningRate: Bool { rule.replacesLearningRate }

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
    try rule.validate(for: ScheduleSteps(batchesPerEpoch: batchesPerEpoch, epochs: epochs))
  }

  /// - Throws: ``ScheduleError`` if the optimizer does not support the schedule.
  func check(with optimizer: Optimizer) throws {
    if cyclesMomentum && !optimizer.hasMomentum {
      throw ScheduleError(fact: .momentum(optimizer: optimizer.name), schedule: name)
    }
  }

  /// - Throws: ``ScheduleError`` if the schedule replaces the optimizer's rate of 0 and groups have their own: they keep
  ///   their ratio to it.
  func check(with optimizer: Optimizer, _ groups: [ParameterGroup]) throws {
    guard rule.replacesLearningRate, optimizer.learningRate == 0 else { return }
    if let group = groups.first(where: { $0.learningRate != nil }) {
      throw ScheduleError(fact: .ratio(group: group.pattern), schedule: name)
    }
  }

  /// Checks that the schedule watches what the task improves.
  ///
  /// - Throws: ``ScheduleError``.
  func validate(for task: TrainingTask) throws {
    if rule.watched == .metric, task.metric.better == .lower {
      throw ScheduleError(fact: .direction(metric: task.metric.name), schedule: name)
    }
  }

  /// Checks the parameters independently of run and optimizer.
  ///
  /// - Throws: ``ScheduleError``.
  public func validate() throws { try rule.validate() }

  /// The value of an epoch's evaluation that the schedule watches: the loss, or the deciding metric.
  func watched(in evaluation: Score) -> Double {
    rule.watched == .metric ? evaluation.values.first ?? .nan : evaluation.loss
  }

  /// The rate and momentum of a step counted from 0; a plateau schedule as if the metric always improved.
  ///
  /// - Throws: ``ScheduleError`` if a custom schedule returns an invalid rate; errors of its function.
  func point(at step: Int, learningRate: Double, run: ScheduleSteps) throws -> SchedulePoint {
    try rule.point(at: step, learningRate: learningRate, run: run)
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
    let run = ScheduleSteps(
      batchesPerEpoch: perEpoch, epochs: max(0, batches) / perEpoch, batches: max(0, batches))
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

extension Schedule: Hashable {
  public static func == (a: Schedule, b: Schedule) -> Bool { a.rule.hashable == b.rule.hashable }
  public func hash(into hasher: inout Hasher) { hasher.combine(rule.hashable) }
}

extension ScheduleRule {
  fileprivate var hashable: AnyHashable { AnyHashable(self) }
}

extension Schedule: CustomStringConvertible {
  /// The name and every number: `StepLR(stepSize: 8, gamma: 0.1)`.
  public var description: String {
    let values = Mirror(reflecting: rule).children
    let name = type(of: rule).name
    if values.isEmpty || !rule.hasContent { return self.name }
    let parts = values.map { child in
      let value = "\(child.value)"
      let text = value.hasPrefix("Optional(") ? String(value.dropFirst(9).dropLast()) : value
      return "\(child.label ?? ""): \(text)"
    }
    return "\(name)(\(parts.joined(separator: ", ")))"
  }
}
