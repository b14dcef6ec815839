import CKernels

extension Optimizer {
  /// Adam (PyTorch: `optim.Adam`; Kingma and Ba, ICLR 2015). Weight decay is added to the gradient.
  ///
  ///     Optimizer.adam(learningRate: 0.001)
  /// - Parameters:
  ///   - learningRate: the learning rate before a schedule changes it; at least 0.
  ///   - beta1: decay of the mean gradient, at least 0 and below 1; schedules that cycle the momentum change it.
  ///   - beta2: decay of the mean squared gradient, at least 0 and below 1.
  ///   - eps: added to the denominator; at least 0.
  ///   - weightDecay: added to the gradient as `weightDecay` × parameter; at least 0.
  public static func adam(
    learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, eps: Double = 1e-8,
    weightDecay: Double = 0
  ) -> Optimizer {
    Optimizer(
      Adam(beta1: beta1, beta2: beta2, eps: eps, weightDecay: weightDecay, isDecoupled: false),
      learningRate: learningRate)
  }

  /// Adam with decoupled weight decay (PyTorch: `optim.AdamW`; Loshchilov and Hutter, ICLR 2019).
  ///
  /// Every update first multiplies the parameters by 1 − learning rate × `weightDecay`.
  ///
  ///     Optimizer.adamW(learningRate: 0.001, weightDecay: 1e-4)
  /// - Parameters:
  ///   - learningRate: the learning rate before a schedule changes it; at least 0.
  ///   - beta1: decay of the mean gradient, at least 0 and below 1; schedules that cycle the momentum change it.
  ///   - beta2: decay of the mean squared gradient, at least 0 and below 1.
  ///   - eps: added to the denominator; at least 0.
  ///   - weightDecay: the decay of the parameters, at least 0.
  public static func adamW(
    learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, eps: Double = 1e-8,
    weightDecay: Double = 0.01
  ) -> Optimizer {
    Optimizer(
      Adam(beta1: beta1, beta2: beta2, eps: eps, weightDecay: weightDecay, isDecoupled: true),
      learningRate: learningRate)
  }
}

struct Adam: AdamRule {
  let beta1: Double
  let beta2: Double
  let eps: Double
  let weightDecay: Double
  /// AdamW: the decay acts on the parameters, not through the gradient.
  let isDecoupled: Bool

  var name: String { isDecoupled ? "AdamW" : "Adam" }
  var slotNames: [String] { ["exp_avg", "exp_avg_sq"] }
  var momentum: Double? { beta1 }

  /// m = β₁m + (1−β₁)g; v = β₂v + (1−β₂)g²; w −= lr/(1−β₁ᵗ) · m / (√v/√(1−β₂ᵗ) + ε), β₁ as cycled.
  func update(_ stretch: ParameterStretch, at step: OptimizerStep) {
    let (time, cycled) = (Double(step.time), step.momentum ?? beta1)
    let weightDecay = step.weightDecay ?? weightDecay
    var numbers = quire_adam(
      step_size: Float(step.learningRate / (1 - Math.pow(cycled, time))),
      correction: Float((1 - Math.pow(beta2, time)).squareRoot()), mean_gain: Float(1 - cycled),
      square_decay: Float(beta2), square_gain: Float(1 - beta2), epsilon: Float(eps),
      shrink: isDecoupled ? Float(1 - step.learningRate * weightDecay) : 1,
      decay: isDecoupled ? 0 : Float(weightDecay))
    stretch.kernels.pointee.adam(
      &numbers, stretch.parameters, stretch.gradients, stretch.slot(0), stretch.slot(1),
      Int64(stretch.count))
  }
}

/// The hyperparameters that Adam shares with its variants, and their ranges.
protocol AdamRule: OptimizerRule {
  /// The decay of the mean gradient.
  var beta1: Double { get }
  /// The decay of the mean squared or the largest gradient.
  var beta2: Double { get }
  /// Added to the denominator.
  var eps: Double { get }
  /// The decay of the parameters.
  var weightDecay: Double { get }
}

extension AdamRule {
  var hyperparameters: [Hyperparameter] { adamHyperparameters }
  func validate() throws { try checkAdamHyperparameters() }

  var adamHyperparameters: [Hyperparameter] {
    [
      ("beta1", "\(beta1)"), ("beta2", "\(beta2)"), ("eps", "\(eps)"), ("weightDecay", "\(weightDecay)"),
    ]
  }

  func checkAdamHyperparameters() throws {
    try OptimizerError.check(name, "beta1", beta1, .proportion)
    try OptimizerError.check(name, "beta2", beta2, .proportion)
    try OptimizerError.check(name, "eps", eps, .nonNegative)
    try OptimizerError.check(name, "weightDecay", weightDecay, .nonNegative)
  }
}
