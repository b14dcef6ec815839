extension Optimizer {
  /// Lion: steps of equal size in the direction of the momentum's sign (lion-pytorch: `Lion`; Chen et al., NeurIPS 2023).
  ///
  /// Usually needs a learning rate 3 to 10 times lower than AdamW and a weight decay higher by as much.
  ///
  ///     Optimizer.lion(learningRate: 1e-4, weightDecay: 0.1)
  /// - Parameters:
  ///   - learningRate: the learning rate before a schedule changes it; at least 0.
  ///   - beta1: the share of the momentum in the direction, at least 0 and below 1; schedules that cycle the momentum
  ///     change it.
  ///   - beta2: decay of the momentum, at least 0 and below 1.
  ///   - weightDecay: the decay of the parameters, scaled by the learning rate; at least 0.
  public static func lion(
    learningRate: Double = 1e-4, beta1: Double = 0.9, beta2: Double = 0.99, weightDecay: Double = 0
  ) -> Optimizer {
    Optimizer(Lion(beta1: beta1, beta2: beta2, weightDecay: weightDecay), learningRate: learningRate)
  }
}

struct Lion: OptimizerRule {
  let beta1: Double
  let beta2: Double
  let weightDecay: Double

  var name: String { "Lion" }
  var slotNames: [String] { ["exp_avg"] }
  var momentum: Double? { beta1 }
  var hyperparameters: [Hyperparameter] {
    [("beta1", "\(beta1)"), ("beta2", "\(beta2)"), ("weightDecay", "\(weightDecay)")]
  }

  func validate() throws {
    try OptimizerError.check(name, "beta1", beta1, .proportion)
    try OptimizerError.check(name, "beta2", beta2, .proportion)
    try OptimizerError.check(name, "weightDecay", weightDecay, .nonNegative)
  }

  /// w −= lr·λ·w; w −= lr·sign(β₁m + (1−β₁)g); m = β₂m + (1−β₂)g.
  func update(_ stretch: ParameterStretch, at step: OptimizerStep) {
    let cycled = step.momentum ?? beta1
    let (share, gain) = (Float(cycled), Float(1 - cycled))
    let (decay, decayGain) = (Float(beta2), Float(1 - beta2))
    let shrink = Float(1 - step.learningRate * (step.weightDecay ?? weightDecay))
    let rate = Float(step.learningRate)
    let (parameters, gradients, mean) = (stretch.parameters, stretch.gradients, stretch.slot(0))
    for i in 0..<stretch.count {
      let direction = share * mean[i] + gain * gradients[i]
      // 0 and NaN are their own signs.
      let sign: Float = direction > 0 ? 1 : direction < 0 ? -1 : direction
      parameters[i] = parameters[i] * shrink - rate * sign
      mean[i] = decay * mean[i] + decayGain * gradients[i]
    }
  }
}
