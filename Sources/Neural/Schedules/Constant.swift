extension Schedule {
  /// Constant: the optimizer's learning rate throughout.
  public static let constant = Schedule(rule: Constant())
}

struct Constant: ScheduleRule {
  static let key = "constant"
  static let name = "ConstantLR"
  static let unit = Schedule.Unit.epoch

  func validate() throws {}

  func point(at step: Int, learningRate: Double, run: ScheduleSteps) -> SchedulePoint {
    SchedulePoint(learningRate: learningRate)
  }

  // There is nothing to encode.
  func encodeParameters(_ container: inout KeyedEncodingContainer<Schedule.ParametersKey>) throws {}
}
