import Support

extension Schedule {
  /// The curve between the turning points of a one-cycle schedule.
  public enum AnnealStrategy: String, Sendable, Hashable, Codable, CaseIterable {
    /// Half a cosine, or a straight line.
    case cos, linear
  }

  /// One rise to `maxLR` and one fall far below the initial rate, updated every batch (PyTorch: `OneCycleLR`; Smith
  /// and Topin, 2017).
  ///
  /// Replaces the optimizer's learning rate. The momentum (or beta1) moves in the opposite direction.
  ///
  ///     Schedule.oneCycle(maxLR: 0.01)
  ///
  /// - Parameters:
  ///   - maxLR: the maximum learning rate.
  ///   - totalSteps: batches in the whole run; `nil` uses epochs × batches per epoch.
  ///   - pctStart: the fraction of the run in which the rate rises, 0…1.
  ///   - annealStrategy: the shape of the curve.
  ///   - cycleMomentum: whether the momentum changes too.
  ///   - divFactor: the initial rate is `maxLR` / `divFactor`; above 0.
  ///   - finalDivFactor: the final rate is the initial rate / `finalDivFactor`; above 0.
  ///   - baseMomentum: the momentum at `maxLR`.
  ///   - maxMomentum: the momentum at both ends.
  public static func oneCycle(
    maxLR: Double, totalSteps: Int? = nil, pctStart: Double = 0.3, annealStrategy: AnnealStrategy = .cos,
    divFactor: Double = 25, finalDivFactor: Double = 1e4, cycleMomentum: Bool = true,
    baseMomentum: Double = 0.85, maxMomentum: Double = 0.95
  ) -> Schedule {
    Schedule(
      rule: OneCycle(
        maxLR: maxLR, totalSteps: totalSteps, pctStart: pctStart, annealStrategy: annealStrategy,
        divFactor: divFactor, finalDivFactor: finalDivFactor, cycleMomentum: cycleMomentum,
        baseMomentum: baseMomentum, maxMomentum: maxMomentum))
  }
}

struct OneCycle: ScheduleRule {
  static let key = "oneCycle"
  static let name = "OneCycleLR"
  static let unit = Schedule.Unit.batch

  var maxLR: Double
  var totalSteps: Int?
  var pctStart: Double
  var annealStrategy: Schedule.AnnealStrategy
  var divFactor: Double
  var finalDivFactor: Double
  var cycleMomentum: Bool
  var baseMomentum: Double
  var maxMomentum: Double

  var replacesLearningRate: Bool { true }
  var cyclesMomentum: Bool { cycleMomentum }
  /// Without totalSteps, the schedule is fitted to the run.
  var dependsOnPlannedEpochs: Bool { totalSteps == nil }

  func validate(for run: ScheduleSteps) throws {
    if let totalSteps, run.total > totalSteps {
      throw ScheduleError(fact: .tooShort(totalSteps: totalSteps, run: run.total), schedule: Self.name)
    }
  }

  func validate() throws {
    try check.rate("maxLR", maxLR)
    if let totalSteps { try check.count("totalSteps", totalSteps) }
    try check.require("pctStart", pctStart, "in 0…1") { $0 >= 0 && $0 <= 1 }
    try check.positive("divFactor", divFactor)
    try check.positive("finalDivFactor", finalDivFactor)
    if cycleMomentum {
      try check.momentum("baseMomentum", baseMomentum)
      try check.momentum("maxMomentum", maxMomentum)
    }
  }

  /// The point of a step; after the last one, the final point.
  func point(at step: Int, learningRate: Double, run: ScheduleSteps) -> SchedulePoint {
    let totalSteps = totalSteps ?? run.total
    let last = Double(totalSteps) - 1
    let peak = pctStart * Double(totalSteps) - 1
    let step = min(Double(step), last)
    let initial = maxLR / divFactor
    let final = initial / finalDivFactor
    let rate: Double
    let momentum: Double
    if step <= peak {
      let share = peak > 0 ? step / peak : 1
      rate = anneal(initial, maxLR, share)
      momentum = anneal(maxMomentum, baseMomentum, share)
    } else {
      let share = last > peak ? (step - peak) / (last - peak) : 1
      rate = anneal(maxLR, final, share)
      momentum = anneal(baseMomentum, maxMomentum, share)
    }
    return SchedulePoint(learningRate: rate, momentum: cycleMomentum ? momentum : nil)
  }

  func mismatch(with run: ScheduleSteps) -> ScheduleMismatch? {
    guard let totalSteps, totalSteps > run.total else { return nil }
    return longer(
      "totalSteps is \(totalSteps) but the training has \(Number.counted(run.total, "batch", plural: "batches")), so it ends before the rate drops; "
        + "remove totalSteps to match the training")
  }

  private func anneal(_ start: Double, _ end: Double, _ share: Double) -> Double {
    switch annealStrategy {
    case .cos: end + (start - end) / 2 * (Math.cos(.pi * share) + 1)
    case .linear: (end - start) * share + start
    }
  }
}
