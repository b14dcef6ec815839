import Support

extension Schedule {
  /// Half a cosine from the optimizer's learning rate to `etaMin` in `tMax` epochs (PyTorch: `CosineAnnealingLR`;
  /// Loshchilov and Hutter, ICLR 2017). In a longer run, the rate rises again.
  ///
  ///     Schedule.cosine(tMax: 50)
  ///
  /// - Parameters:
  ///   - tMax: epochs until the minimum, at least 1.
  ///   - etaMin: the minimum learning rate, at least 0.
  public static func cosine(tMax: Int, etaMin: Double = 0) -> Schedule {
    Schedule(rule: Cosine(tMax: tMax, etaMin: etaMin))
  }
}

struct Cosine: ScheduleRule {
  static let key = "cosine"
  static let name = "CosineAnnealingLR"
  static let unit = Schedule.Unit.epoch

  var tMax: Int
  var etaMin: Double

  func validate() throws {
    try check.count("tMax", tMax)
    try check.rate("etaMin", etaMin)
  }

  func point(at epoch: Int, learningRate: Double, run: ScheduleSteps) -> SchedulePoint {
    SchedulePoint(
      learningRate: etaMin + (learningRate - etaMin)
        * (1 + Math.cos(.pi * Double(epoch) / Double(max(1, tMax)))) / 2)
  }

  func mismatch(with run: ScheduleSteps) -> ScheduleMismatch? {
    if tMax > run.epochs {
      return longer(
        "tMax is \(Number.counted(tMax, "epoch")) but \(run.text), so the rate never reaches etaMin")
    }
    if tMax < run.epochs {
      return shorter(
        "tMax is \(Number.counted(tMax, "epoch")) but \(run.text), so the rate rises again after epoch \(tMax)"
      )
    }
    return nil
  }
}
