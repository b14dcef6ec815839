extension Optimizer {
  /// NAdam: Adam with Nesterov momentum (PyTorch: `optim.NAdam`; Dozat, ICLR workshop 2016).
  ///
  ///     Optimizer.nAdam(learningRate: 0.002)
  /// - Parameters:
  ///   - learningRate: the learning rate before a schedule changes it; at least 0.
  ///   - beta1: decay of the mean gradient, at least 0 and below 1. Schedules cannot cycle it.
  ///   - beta2: decay of the mean squared gradient, at least 0 and below 1.
  ///   - eps: added to the denominator; at least 0.
  ///   - weightDecay: added to the gradient as `weightDecay` × parameter; at least 0.
  ///   - momentumDecay: how fast the momentum grows from half of `beta1` to `beta1`; at least 0.
  ///   - decoupledWeightDecay: whether weight decay acts on the parameters as in AdamW, not through the gradient.
  public static func nAdam(
    learningRate: Double = 0.002, beta1: Double = 0.9, beta2: Double = 0.999, eps: Double = 1e-8,
    weightDecay: Double = 0, momentumDecay: Double = 0.004, decoupledWeightDecay: Bool = false
  ) -> Optimizer {
    Optimizer(
      NAdam(
        beta1: beta1, beta2: beta2, eps: eps, weightDecay: weightDecay, momentumDecay: momentumDecay,
        isDecoupled: decoupledWeightDecay), learningRate: learningRate)
  }
}

struct NAdam: AdamRule {
  let beta1: Double
  let beta2: Double
  let eps: Double
  let weightDecay: Double
  let momentumDecay: Double
  let isDecoupled: Bool

  var name: String { "NAdam" }
  var slotNames: [String] { ["exp_avg", "exp_avg_sq"] }
  /// The update depends on the beta1 of all earlier updates, which are known only if it is constant.
  var momentum: Double? { nil }
  var hyperparameters: [Hyperparameter] {
    adamHyperparameters + [
      ("momentumDecay", "\(momentumDecay)"), ("decoupledWeightDecay", "\(isDecoupled)"),
    ]
  }

  func validate() throws {
    try checkAdamHyperparameters()
    try OptimizerError.check(name, "momentumDecay", momentumDecay, .nonNegative)
  }

  /// The momentum of an update: β₁(1 − ½·0.96^(t·ψ)).
  private func mu(_ time: Int) -> Double {
    beta1 * (1 - 0.5 * Math.pow(0.96, Double(time) * momentumDecay))
  }

  /// The product of the momenta up to an update. It soon is too small to matter in 1 − product.
  private func muProduct(_ time: Int) -> Double {
    var product = 1.0
    for t in 1...max(1, time) where product > 1e-20 { product *= mu(t) }
    return product
  }

  /// m = β₁m + (1−β₁)g; v = β₂v + (1−β₂)g²; d = √(v/(1−β₂ᵗ)) + ε;
  /// w −= lr(1−μₜ)/(1−Πμ) · g/d + lr·μₜ₊₁/(1−Πμ·μₜ₊₁) · m/d.
  func update(_ stretch: ParameterStretch, at step: OptimizerStep) {
    let (mu, next, product) = (mu(step.time), mu(step.time + 1), muProduct(step.time))
    let gradientRate = Float(step.learningRate * (1 - mu) / (1 - product))
    let meanRate = Float(step.learningRate * next / (1 - product * next))
    let correction = Float(1 - Math.pow(beta2, Double(step.time)))
    let (gain, decay, squareGain, epsilon) = (
      Float(1 - beta1), Float(beta2), Float(1 - beta2), Float(eps)
    )
    let weightDecay = step.weightDecay ?? weightDecay
    let shrink = isDecoupled ? Float(1 - step.learningRate * weightDecay) : 1
    let penalty = isDecoupled ? 0 : Float(weightDecay)
    let (parameters, gradients) = (stretch.parameters, stretch.gradients)
    let (mean, square) = (stretch.slot(0), stretch.slot(1))
    for i in 0..<stretch.count {
      let parameter = parameters[i] * shrink
      let gradient = gradients[i] + penalty * parameter
      mean[i] += gain * (gradient - mean[i])
      square[i] = decay * square[i] + squareGain * gradient * gradient
      let denominator = (square[i] / correction).squareRoot() + epsilon
      parameters[i] = parameter - gradientRate * (gradient / denominator) - meanRate * (mean[i] / denominator)
    }
  }
}
