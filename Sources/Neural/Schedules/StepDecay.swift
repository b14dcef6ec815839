extension Schedule {
  /// Multiplies the learning rate by `gamma` every `stepSize` epochs (PyTorch: `StepLR`).
  ///
  ///     Schedule.step(stepSize: 8, gamma: 0.1)   // 0.1, then 0.01 from epoch 9 on, …
  public static func step(stepSize: Int, gamma: Double = 0.1) -> Schedule {
    Schedule(rule: .step(StepDecay(stepSize: stepSize, gamma: gamma)))
  }

  /// Multiplies the learning rate by `gamma` after each of the given epochs (PyTorch: `MultiStepLR`).
  ///
  ///     Schedule.multiStep(milestones: [30, 80], gamma: 0.1)
  ///
  /// - Parameters:
  ///   - milestones: numbers of finished epochs in ascending order; one that occurs twice counts twice.
  ///   - gamma: the factor, above 0.
  public static func multiStep(milestones: [Int], gamma: Double = 0.1) -> Schedule {
    Schedule(rule: .multiStep(MultiStepDecay(milestones: milestones, gamma: gamma)))
  }

  /// Multiplies the learning rate by `gamma` after every epoch (PyTorch: `ExponentialLR`).
  ///
  ///     Schedule.exponential(gamma: 0.97)
  public static func exponential(gamma: Double) -> Schedule {
    Schedule(rule: .exponential(ExponentialDecay(gamma: gamma)))
  }
}

struct StepDecay: Sendable, Hashable, Codable {
  var stepSize: Int
  var gamma: Double

  func validate(_ name: String) throws {
    let check = ScheduleError.Check(schedule: name)
    try check.count("stepSize", stepSize)
    try check.positive("gamma", gamma)
  }

  func learningRate(at epoch: Int, from initial: Double) -> Double {
    initial * Math.pow(gamma, Double(epoch / max(1, stepSize)))
  }
}

struct MultiStepDecay: Sendable, Hashable, Codable {
  var milestones: [Int]
  var gamma: Double

  func validate(_ name: String) throws {
    guard milestones.allSatisfy({ $0 >= 0 }), zip(milestones, milestones.dropFirst()).allSatisfy(<=) else {
      throw ScheduleError(fact: .milestones(found: milestones), schedule: name)
    }
    try ScheduleError.Check(schedule: name).positive("gamma", gamma)
  }

  func learningRate(at epoch: Int, from initial: Double) -> Double {
    initial * Math.pow(gamma, Double(milestones.count { $0 <= epoch }))
  }
}

struct ExponentialDecay: Sendable, Hashable, Codable {
  var gamma: Double

  func validate(_ name: String) throws {
    try ScheduleError.Check(schedule: name).positive("gamma", gamma)
  }

  func learningRate(at epoch: Int, from initial: Double) -> Double {
    initial * Math.pow(gamma, Double(epoch))
  }
}
