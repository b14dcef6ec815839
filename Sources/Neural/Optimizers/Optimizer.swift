/// How gradients change parameters; formulas and defaults are PyTorch's (`torch.optim`).
///
/// All parameters form one group: weight decay reaches biases and batch normalisation too.
///
///     let optimizer = Optimizer.adamW(learningRate: 0.001, weightDecay: 1e-4)
///     optimizer.slotNames   // ["exp_avg", "exp_avg_sq"]
public struct Optimizer: Sendable, Hashable, Codable, CustomStringConvertible {
  enum Rule: Sendable, Hashable, Codable {
    case sgd(SGD)
    case adam(Adam)
    case rmsProp(RMSProp)
  }

  /// The rate until a schedule changes it.
  public let learningRate: Double
  let rule: Rule

  /// PyTorch's class name: `SGD`, `Adam`, `AdamW` or `RMSprop`.
  public var name: String {
    switch rule {
    case .sgd: "SGD"
    case .adam(let adam): adam.isDecoupled ? "AdamW" : "Adam"
    case .rmsProp: "RMSprop"
    }
  }

  /// The state kept for every parameter, by PyTorch's names, in the order of `slots` in ``update``.
  public var slotNames: [String] {
    switch rule {
    case .sgd(let sgd): sgd.momentum > 0 ? ["momentum_buffer"] : []
    case .adam: ["exp_avg", "exp_avg_sq"]
    case .rmsProp(let rms): rms.momentum > 0 ? ["square_avg", "momentum_buffer"] : ["square_avg"]
    }
  }

  /// State arrays per parameter, each as long as the parameters.
  public var slotCount: Int { slotNames.count }

  /// What a schedule may cycle: SGD's and RMSprop's momentum where it is not 0, Adam's and AdamW's beta1.
  public var momentum: Double? {
    switch rule {
    case .sgd(let sgd): sgd.momentum > 0 ? sgd.momentum : nil
    case .adam(let adam): adam.beta1
    case .rmsProp(let rms): rms.momentum > 0 ? rms.momentum : nil
    }
  }

  /// Whether a schedule can cycle the momentum.
  public var hasMomentum: Bool { momentum != nil }

  public var weightDecay: Double {
    switch rule {
    case .sgd(let sgd): sgd.weightDecay
    case .adam(let adam): adam.weightDecay
    case .rmsProp(let rms): rms.weightDecay
    }
  }

  /// Every hyperparameter with its value, by the factories' argument labels.
  public var hyperparameters: [(name: String, value: String)] {
    [("learningRate", "\(learningRate)")] + ruleHyperparameters
  }

  private var ruleHyperparameters: [(name: String, value: String)] {
    switch rule {
    case .sgd(let sgd): sgd.hyperparameters
    case .adam(let adam): adam.hyperparameters
    case .rmsProp(let rms): rms.hyperparameters
    }
  }

  /// For example `AdamW(learningRate: 0.001, beta1: 0.9, …)`.
  public var description: String {
    "\(name)(\(hyperparameters.map { "\($0.name): \($0.value)" }.joined(separator: ", ")))"
  }

  /// - Throws: ``OptimizerError`` for the first hyperparameter that is out of its range.
  public func validate() throws {
    try OptimizerError.check(name, "learningRate", learningRate, .nonNegative)
    switch rule {
    case .sgd(let sgd): try sgd.validate(name)
    case .adam(let adam): try adam.validate(name)
    case .rmsProp(let rms): try rms.validate(name)
    }
  }

  /// One step on a stretch of the parameters. Elementwise: any split into stretches gives the same bytes.
  ///
  /// - Parameters:
  ///   - gradients: as long as `parameters`.
  ///   - slots: ``slotCount`` arrays as long as `parameters`, zeros before the first step.
  ///   - time: the number of this step, counted from 1.
  ///   - learningRate: the rate of this step, as the schedule gives it.
  ///   - momentum: the cycled momentum or beta1 of this step; `nil` for the optimizer's own.
  /// - Precondition: counts agree; `time` is at least 1.
  public func update(
    _ parameters: UnsafeMutableBufferPointer<Float>, gradients: UnsafeBufferPointer<Float>,
    slots: [UnsafeMutableBufferPointer<Float>], time: Int, learningRate: Double, momentum: Double? = nil
  ) {
    precondition(time >= 1, "steps count from 1")
    precondition(gradients.count == parameters.count, "as many gradients as parameters")
    precondition(slots.count == slotCount, "\(name) keeps \(slotCount) arrays")
    precondition(slots.allSatisfy { $0.count == parameters.count }, "state as long as the parameters")
    switch rule {
    case .sgd(let sgd):
      sgd.update(parameters, gradients, slots, learningRate, momentum ?? sgd.momentum)
    case .adam(let adam):
      adam.update(parameters, gradients, slots, time, learningRate, momentum ?? adam.beta1)
    case .rmsProp(let rms):
      rms.update(parameters, gradients, slots, learningRate, momentum ?? rms.momentum)
    }
  }
}
