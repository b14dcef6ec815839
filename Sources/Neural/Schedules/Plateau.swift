import Support

extension Schedule {
  /// The quantity that a plateau schedule watches, by the direction in which it improves (PyTorch: `mode` of `ReduceLROnPlateau`).
  public enum PlateauMode: String, Sendable, Hashable, Codable, CaseIterable {
    /// The loss, where lower is better.
    case min
    /// The task's metric, where higher is better: the accuracy.
    case max
  }

  /// Multiplies the learning rate by `factor` after the loss or the metric on the evaluated images has not improved
  /// for more than `patience` epochs (PyTorch: `ReduceLROnPlateau` with a relative threshold).
  ///
  ///     Schedule.plateau(factor: 0.5, patience: 3)
  ///
  /// - Parameters:
  ///   - mode: `.min` watches the loss; `.max` watches the accuracy, and is an error in a task whose metric improves
  ///     downwards, such as regression.
  ///   - factor: above 0 and below 1.
  ///   - patience: epochs without improvement before the rate drops, at least 0.
  ///   - threshold: the minimum relative change that counts as an improvement, at least 0.
  ///   - cooldown: epochs after a reduction that do not count as bad.
  ///   - minLR: the minimum learning rate.
  public static func plateau(
    mode: PlateauMode = .min, factor: Double = 0.1, patience: Int = 10, threshold: Double = 1e-4,
    cooldown: Int = 0, minLR: Double = 0
  ) -> Schedule {
    Schedule(
      rule: Plateau(
        mode: mode, factor: factor, patience: patience, threshold: threshold, cooldown: cooldown,
        minLR: minLR))
  }
}

struct Plateau: ScheduleRule {
  static let key = "plateau"
  static let name = "ReduceLROnPlateau"
  static let unit = Schedule.Unit.epoch

  var mode: Schedule.PlateauMode
  var factor: Double
  var patience: Int
  var threshold: Double
  var cooldown: Int
  var minLR: Double

  /// Smaller changes of the learning rate are skipped.
  private static let eps = 1e-8

  var watched: WatchedQuantity? { mode == .min ? .loss : .metric }

  func validate() throws {
    try check.require("factor", factor, "above 0 and below 1") { $0 > 0 && $0 < 1 }
    try check.count("patience", patience, atLeast: 0)
    try check.rate("threshold", threshold)
    try check.count("cooldown", cooldown, atLeast: 0)
    try check.rate("minLR", minLR)
  }

  func point(at epoch: Int, learningRate: Double, run: ScheduleSteps) -> SchedulePoint {
    SchedulePoint(learningRate: learningRate)
  }

  func mismatch(with run: ScheduleSteps) -> ScheduleMismatch? {
    patience >= run.epochs
      ? longer("patience is \(Number.counted(patience, "epoch")) but \(run.text), so the rate never drops")
      : nil
  }

  func next(_ state: WatchState, metric: Double) -> WatchState {
    var state = state
    if isBetter(metric, than: state.best) {
      state.best = metric
      state.badEpochs = 0
    } else {
      state.badEpochs += 1
    }
    if state.cooldownLeft > 0 {
      state.cooldownLeft -= 1
      state.badEpochs = 0
    }
    if state.badEpochs > patience {
      let reduced = max(state.learningRate * factor, minLR)
      if state.learningRate - reduced > Self.eps { state.learningRate = reduced }
      state.cooldownLeft = cooldown
      state.badEpochs = 0
    }
    return state
  }

  private func isBetter(_ metric: Double, than best: Double?) -> Bool {
    guard metric.isFinite else { return false }
    guard let best else { return true }
    switch mode {
    case .min: return metric < best * (1 - threshold)
    case .max: return metric > best * (1 + threshold)
    }
  }
}
