import Support

/// A schedule's formula: its parameters, and the learning rate at each step. Each schedule is one file.
///
/// A step is a batch or an epoch, counted from 0; ``unit`` says which. Registered in `Schedule.rules`, which decoding
/// needs.
protocol ScheduleRule: Sendable, Hashable, Codable {
  /// The name under which the rule is encoded, equal to the factory's: `multiStep`.
  static var key: String { get }
  /// PyTorch's class name, for example `MultiStepLR`.
  static var name: String { get }
  /// The interval after which the rate changes.
  static var unit: Schedule.Unit { get }

  /// The name for messages: of a schedule that contains another, the other's.
  var title: String { get }
  /// Whether the momentum (or beta1) changes too.
  var cyclesMomentum: Bool { get }
  /// Whether the rates do not depend on the optimizer's learning rate.
  var replacesLearningRate: Bool { get }
  /// Whether the rates depend on the number of planned epochs.
  var dependsOnPlannedEpochs: Bool { get }
  /// The quantity that decides about the rate after each epoch; `nil` for a function of the step.
  var watched: WatchedQuantity? { get }
  /// Whether ``contentDescription`` has everything that the rates depend on; not for a function.
  var hasContent: Bool { get }

  /// - Throws: ``ScheduleError`` for the first parameter that is out of its range.
  func validate() throws
  /// - Throws: ``ScheduleError`` if the schedule does not fit the run's length.
  func validate(for run: ScheduleSteps) throws
  /// The rate and momentum of a step. One that watches a quantity answers as if it always improved.
  ///
  /// - Parameter learningRate: the optimizer's.
  /// - Throws: ``ScheduleError`` for an invalid rate of a function; errors of the function.
  func point(at step: Int, learningRate: Double, run: ScheduleSteps) throws -> SchedulePoint
  /// The state after an epoch, of a schedule that watches a quantity.
  func next(_ state: WatchState, metric: Double) -> WatchState
  /// The difference between the lengths of schedule and run; `nil` if they match or the schedule has no length.
  func mismatch(with run: ScheduleSteps) -> ScheduleMismatch?
  /// Encodes the parameters.
  func encodeParameters(_ container: inout KeyedEncodingContainer<Schedule.ParametersKey>) throws
}

extension ScheduleRule {
  var title: String { Self.name }
  var cyclesMomentum: Bool { false }
  var replacesLearningRate: Bool { false }
  var dependsOnPlannedEpochs: Bool { false }
  var watched: WatchedQuantity? { nil }
  var hasContent: Bool { true }

  /// Range checks with this schedule's name.
  var check: ScheduleError.Check { ScheduleError.Check(schedule: Self.name) }

  func validate(for run: ScheduleSteps) throws {}
  func next(_ state: WatchState, metric: Double) -> WatchState { state }
  func mismatch(with run: ScheduleSteps) -> ScheduleMismatch? { nil }
  func encodeParameters(_ container: inout KeyedEncodingContainer<Schedule.ParametersKey>) throws {
    try container.encode(self, forKey: .parameters)
  }

  /// A schedule that the run does not complete.
  func longer(_ what: String) -> ScheduleMismatch {
    ScheduleMismatch(length: .longer, description: "\(Self.name) is longer than the training: \(what)")
  }

  /// A schedule that completes before the run ends.
  func shorter(_ what: String) -> ScheduleMismatch {
    ScheduleMismatch(length: .shorter, description: "\(Self.name) is shorter than the training: \(what)")
  }
}

/// The quantity of an epoch's evaluation that a schedule watches.
enum WatchedQuantity: Sendable, Hashable {
  /// The loss, where lower is better.
  case loss
  /// The task's deciding metric, where higher is better.
  case metric
}

/// The state of a schedule that watches a quantity, after the epochs so far.
struct WatchState: Sendable, Hashable, Codable {
  var learningRate: Double
  /// `nil` before the first epoch.
  var best: Double?
  var badEpochs = 0
  var cooldownLeft = 0
}

/// The length of a run.
struct ScheduleSteps {
  var batchesPerEpoch: Int
  var epochs: Int
  /// The number of batches if the run does not end with an epoch; `nil` for that of the epochs.
  var batches: Int?
  /// Whether it is the part of a run after a warm-up.
  var followsWarmup = false

  /// The number of batches in the run, at least 1.
  var total: Int {
    if let batches { return max(1, batches) }
    let (product, overflow) = max(0, batchesPerEpoch).multipliedReportingOverflow(by: max(0, epochs))
    return overflow ? Int.max : max(1, product)
  }

  /// For example `the training has 50 epochs`.
  var text: String {
    "the training has \(Number.counted(epochs, "epoch"))\(followsWarmup ? " after the warm-up" : "")"
  }
}
