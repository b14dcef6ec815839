/// An error in a schedule.
public struct ScheduleError: Problem, Hashable {
  /// The kinds of errors.
  public enum Fact: Sendable, Hashable {
    /// A parameter is out of its range.
    case value(name: String, expected: String, found: String)
    /// The schedule cycles the momentum, but the optimizer has none.
    case momentum(optimizer: String)
    /// Milestones are not in ascending order.
    case milestones(found: [Int])
    /// The run has more batches than the schedule.
    case tooShort(totalSteps: Int, run: Int)
    /// A custom schedule returned an invalid learning rate.
    case rate(step: Int, found: Double)
    /// The schedule watches for higher values of a metric of which lower values are better.
    case direction(metric: String)
    /// A group of parameters has its own learning rate, but its ratio to the optimizer's is infinite.
    case ratio(group: String)
    /// A custom schedule was decoded, which does not restore its function.
    case functionMissing
  }

  /// The kind of error, with its details.
  public var fact: Fact
  /// PyTorch's class name, for example `OneCycleLR`.
  public var schedule: String
  /// The place in the notebook, if known.
  public var origin: Origin?

  public var description: String {
    switch fact {
    case .value(let name, let expected, let found):
      "\(schedule): \(name) must be \(expected), found \(found)"
    case .momentum(let optimizer):
      "\(schedule) cycles the momentum, but \(optimizer) has none; "
        + "set momentum: 0.9 in the optimizer or cycleMomentum: false in the schedule"
    case .milestones(let found):
      "\(schedule): milestones must be epochs in ascending order, at least 0; found \(found)"
    case .tooShort(let totalSteps, let run):
      "\(schedule): totalSteps is \(totalSteps), but the training has \(run) batches; "
        + "remove totalSteps to match the training"
    case .rate(let step, let found):
      "\(schedule) schedule: the learning rate of batch \(step) must be a finite number, at least 0; found \(found)"
    case .direction(let metric):
      "\(schedule): mode .max watches the task's metric, but a lower \(metric) is better; use mode: .min, which "
        + "watches the loss"
    case .ratio(let group):
      "\(schedule) replaces the optimizer's learning rate, and group '\(group)' keeps its ratio to that rate, which is 0; "
        + "set learningRate in the optimizer"
    case .functionMissing:
      "\(schedule) schedule: a function cannot be saved; pass the schedule again"
    }
  }

  /// Range checks shared by the schedules.
  struct Check {
    var schedule: String

    func rate(_ name: String, _ value: Double) throws {
      try require(name, value, "a finite number, at least 0") { $0 >= 0 && $0.isFinite }
    }

    func positive(_ name: String, _ value: Double) throws {
      try require(name, value, "a finite number above 0") { $0 > 0 && $0.isFinite }
    }

    func momentum(_ name: String, _ value: Double) throws {
      try require(name, value, "at least 0 and below 1") { $0 >= 0 && $0 < 1 }
    }

    func count(_ name: String, _ value: Int, atLeast least: Int = 1) throws {
      guard (least...(1 << 40)).contains(value) else {
        throw ScheduleError(
          fact: .value(name: name, expected: "at least \(least)", found: "\(value)"), schedule: schedule)
      }
    }

    func require(_ name: String, _ value: Double, _ expected: String, _ holds: (Double) -> Bool) throws {
      guard holds(value) else {
        throw ScheduleError(
          fact: .value(name: name, expected: expected, found: "\(value)"), schedule: schedule)
      }
    }
  }
}
