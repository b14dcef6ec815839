extension Schedule {
  /// Multiplies the learning rate by `gamma` after every epoch (PyTorch: `ExponentialLR`).
  ///
  ///     Schedule.exponential(gamma: 0.97)
  public static func exponential(gamma: Double) -> Schedule {
    Schedule(rule: ExponentialDecay(gamma: gamma))
  }
}

struct ExponentialDecay: ScheduleRule {
  static let key = "exponential"
  static let name = "ExponentialLR"
  static let unit = Schedule.Unit.epoch

  var gamma: Double

  func validate() throws { try check.positive("gamma", gamma) }

  func point(at epoch: Int, learningRate: Double, run: ScheduleSteps) -> SchedulePoint {
    SchedulePoint(learningRate: learningRate * Math.pow(gamma, Double(epoch)))
  }
}
