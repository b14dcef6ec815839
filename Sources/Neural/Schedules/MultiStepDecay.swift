extension Schedule {
  /// Multiplies the learning rate by `gamma` after each of the given epochs (PyTorch: `MultiStepLR`).
  ///
  ///     Schedule.multiStep(milestones: [30, 80], gamma: 0.1)
  ///
  /// - Parameters:
  ///   - milestones: numbers of finished epochs in ascending order; one that occurs twice counts twice.
  ///   - gamma: the factor, above 0.
  public static func multiStep(milestones: [Int], gamma: Double = 0.1) -> Schedule {
    Schedule(rule: MultiStepDecay(milestones: milestones, gamma: gamma))
  }
}

struct MultiStepDecay: ScheduleRule {
  static let key = "multiStep"
  static let name = "MultiStepLR"
  static let unit = Schedule.Unit.epoch

  var milestones: [Int]
  var gamma: Double

  func validate() throws {
    guard milestones.allSatisfy({ $0 >= 0 }), zip(milestones, milestones.dropFirst()).allSatisfy(<=) else {
      throw ScheduleError(fact: .milestones(found: milestones), schedule: Self.name)
    }
    try check.positive("gamma", gamma)
  }

  func point(at epoch: Int, learningRate: Double, run: ScheduleSteps) -> SchedulePoint {
    SchedulePoint(learningRate: learningRate * Math.pow(gamma, Double(milestones.count { $0 <= epoch })))
  }

  func mismatch(with run: ScheduleSteps) -> ScheduleMismatch? {
    milestones.first { $0 >= run.epochs }.map {
      longer("milestone \($0) is after the last epoch (\(run.text))")
    }
  }
}
