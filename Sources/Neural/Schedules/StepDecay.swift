import Support

extension Schedule {
  /// Multiplies the learning rate by `gamma` every `stepSize` epochs (PyTorch: `StepLR`).
  ///
  ///     Schedule.step(stepSize: 8, gamma: 0.1)   // 0.1, then 0.01 from epoch 9 on, …
  public static func step(stepSize: Int, gamma: Double = 0.1) -> Schedule {
    Schedule(rule: StepDecay(stepSize: stepSize, gamma: gamma))
  }
}

struct StepDecay: ScheduleRule {
  static let key = "step"
  static let name = "StepLR"
  static let unit = Schedule.Unit.epoch

  var stepSize: Int
  var gamma: Double

  func validate() throws {
    try check.count("stepSize", stepSize)
    try check.positive("gamma", gamma)
  }

  func point(at epoch: Int, learningRate: Double, run: ScheduleSteps) -> SchedulePoint {
    SchedulePoint(learningRate: learningRate * Math.pow(gamma, Double(epoch / max(1, stepSize))))
  }

  func mismatch(with run: ScheduleSteps) -> ScheduleMismatch? {
    stepSize >= run.epochs
      ? longer("stepSize is \(Number.counted(stepSize, "epoch")) but \(run.text), so the rate never drops")
      : nil
  }
}
