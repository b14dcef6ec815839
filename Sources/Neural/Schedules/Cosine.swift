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
    Schedule(rule: .cosine(Cosine(tMax: tMax, etaMin: etaMin)))
  }
}

struct Cosine: Sendable, Hashable, Codable {
  var tMax: Int
  var etaMin: Double

  func validate(_ name: String) throws {
    let check = ScheduleError.Check(schedule: name)
    try check.count("tMax", tMax)
    try check.rate("etaMin", etaMin)
  }

  func learningRate(at epoch: Int, from initial: Double) -> Double {
    etaMin + (initial - etaMin) * (1 + Math.cos(.pi * Double(epoch) / Double(max(1, tMax)))) / 2
  }
}
