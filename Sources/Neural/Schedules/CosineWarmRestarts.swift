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
    Schedule(rule: .cosineWarmRestarts(CosineWarmRestarts(t0: t0, tMult: tMult, etaMin: etaMin)))
  }
}

struct CosineWarmRestarts: Sendable, Hashable, Codable {
  var t0: Int
  var tMult: Int
  var etaMin: Double

  func validate(_ name: String) throws {
    let check = ScheduleError.Check(schedule: name)
    try check.count("t0", t0)
    try check.count("tMult", tMult)
    try check.rate("etaMin", etaMin)
  }

  func learningRate(at epoch: Int, from initial: Double) -> Double {
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
    return etaMin + (initial - etaMin) * (1 + Math.cos(.pi * Double(position) / Double(length))) / 2
  }
}
