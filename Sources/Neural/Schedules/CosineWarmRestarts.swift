import Support

extension Schedule {
  /// Half cosines down to `etaMin`, each restarting at the optimizer's learning rate (PyTorch:
  /// `CosineAnnealingWarmRestarts`; Loshchilov and Hutter, ICLR 2017).
  ///
  ///     Schedule.cosineWarmRestarts(t0: 10, tMult: 2)   // restarts after 10, 30, 70, … epochs
  ///
  /// - Parameters:
  ///   - t0: epochs of the first descent, at least 1.
  ///   - tMult: the ratio of each descent's length to the previous one's, at least 1.
  ///   - etaMin: the minimum learning rate, at least 0.
  public static func cosineWarmRestarts(t0: Int, tMult: Int = 1, etaMin: Double = 0) -> Schedule {
    Schedule(rule: CosineWarmRestarts(t0: t0, tMult: tMult, etaMin: etaMin))
  }
}

struct CosineWarmRestarts: ScheduleRule {
  static let key = "cosineWarmRestarts"
  static let name = "CosineAnnealingWarmRestarts"
  static let unit = Schedule.Unit.epoch

  var t0: Int
  var tMult: Int
  var etaMin: Double

  func validate() throws {
    try check.count("t0", t0)
    try check.count("tMult", tMult)
    try check.rate("etaMin", etaMin)
  }

  func point(at epoch: Int, learningRate: Double, run: ScheduleSteps) -> SchedulePoint {
    var (position, length) = (epoch, max(1, t0))
    if tMult <= 1 {
      position %= length
    } else {
      while position >= length {
        position -= length
        let (next, overflow) = length.multipliedReportingOverflow(by: tMult)
        length = overflow ? Int.max : next
      }
    }
    return SchedulePoint(
      learningRate: etaMin + (learningRate - etaMin) * (1 + Math.cos(.pi * Double(position) / Double(length)))
        / 2)
  }

  func mismatch(with run: ScheduleSteps) -> ScheduleMismatch? {
    t0 > run.epochs
      ? longer("t0 is \(Number.counted(t0, "epoch")) but \(run.text), so the rate never reaches etaMin") : nil
  }
}
