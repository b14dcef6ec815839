extension Schedule {
  /// How the height of the triangles in a cyclic schedule changes.
  public enum CyclicMode: String, Sendable, Hashable, Codable, CaseIterable {
    /// Constant height.
    case triangular
    /// Halved after every cycle.
    case triangular2
    /// Multiplied by `gamma` at every batch.
    case expRange
  }

  /// Triangles between two learning rates, updated every batch (PyTorch: `CyclicLR`; Smith, WACV 2017).
  ///
  /// Replaces the optimizer's learning rate. The momentum (or beta1) moves in the opposite direction.
  ///
  ///     Schedule.cyclic(baseLR: 1e-4, maxLR: 0.01, stepSizeUp: 4, stepSizeDown: 4)
  ///
  /// - Parameters:
  ///   - baseLR: the minimum learning rate.
  ///   - maxLR: the maximum learning rate, above `baseLR`.
  ///   - stepSizeUp: batches in the rising half, at least 1.
  ///   - stepSizeDown: batches in the falling half; `nil` uses `stepSizeUp`.
  ///   - mode: how the height changes.
  ///   - gamma: the factor for `.expRange`, above 0.
  ///   - cycleMomentum: whether the momentum changes too.
  ///   - baseMomentum: the momentum at `maxLR`.
  ///   - maxMomentum: the momentum at `baseLR`.
  public static func cyclic(
    baseLR: Double, maxLR: Double, stepSizeUp: Int = 2000, stepSizeDown: Int? = nil,
    mode: CyclicMode = .triangular, gamma: Double = 1.0, cycleMomentum: Bool = true,
    baseMomentum: Double = 0.8, maxMomentum: Double = 0.9
  ) -> Schedule {
    Schedule(
      rule: Cyclic(
        baseLR: baseLR, maxLR: maxLR, stepSizeUp: stepSizeUp, stepSizeDown: stepSizeDown ?? stepSizeUp,
        mode: mode, gamma: gamma, cycleMomentum: cycleMomentum, baseMomentum: baseMomentum,
        maxMomentum: maxMomentum))
  }
}

struct Cyclic: ScheduleRule {
  static let key = "cyclic"
  static let name = "CyclicLR"
  static let unit = Schedule.Unit.batch

  var baseLR: Double
  var maxLR: Double
  var stepSizeUp: Int
  var stepSizeDown: Int
  var mode: Schedule.CyclicMode
  var gamma: Double
  var cycleMomentum: Bool
  var baseMomentum: Double
  var maxMomentum: Double

  var replacesLearningRate: Bool { true }
  var cyclesMomentum: Bool { cycleMomentum }

  func validate() throws {
    try check.rate("baseLR", baseLR)
    try check.rate("maxLR", maxLR)
    try check.require("maxLR", maxLR, "above baseLR, which is \(baseLR)") { $0 > baseLR }
    try check.count("stepSizeUp", stepSizeUp)
    try check.count("stepSizeDown", stepSizeDown)
    try check.positive("gamma", gamma)
    if cycleMomentum {
      try check.momentum("baseMomentum", baseMomentum)
      try check.momentum("maxMomentum", maxMomentum)
    }
  }

  /// PyTorch's formula, operation for operation, so that rounding agrees.
  func point(at step: Int, learningRate: Double, run: ScheduleSteps) -> SchedulePoint {
    let size = Double(stepSizeUp) + Double(stepSizeDown)
    let cycle = (1 + Double(step) / size).rounded(.down)
    let x = 1 + Double(step) / size - cycle
    let ratio = Double(stepSizeUp) / size
    let height = (x <= ratio ? x / ratio : (x - 1) / (ratio - 1)) * scale(cycle: cycle, step: step)
    return SchedulePoint(
      learningRate: baseLR + (maxLR - baseLR) * height,
      momentum: cycleMomentum ? maxMomentum - (maxMomentum - baseMomentum) * height : nil)
  }

  func mismatch(with run: ScheduleSteps) -> ScheduleMismatch? {
    let cycle = stepSizeUp.addingClamped(stepSizeDown)
    return cycle > run.total
      ? longer("a cycle takes \(cycle) batches but the training has \(run.total)") : nil
  }

  private func scale(cycle: Double, step: Int) -> Double {
    switch mode {
    case .triangular: 1
    case .triangular2: 1 / Math.pow(2, cycle - 1)
    case .expRange: Math.pow(gamma, Double(step))
    }
  }
}
