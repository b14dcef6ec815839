extension Optimizer {
  /// Adamax: Adam with the largest recent gradient in place of the mean square (PyTorch: `optim.Adamax`; Kingma and Ba,
  /// ICLR 2015). Weight decay is added to the gradient.
  ///
  ///     Optimizer.adamax(learningRate: 0.002)
  /// - Parameters:
  ///   - learningRate: the learning rate before a schedule changes it; at least 0.
  ///   - beta1: decay of the mean gradient, at least 0 and below 1; schedules that cycle the momentum change it.
  ///   - beta2: decay of the largest gradient, at least 0 and below 1.
  ///   - eps: added to the size of each gradient; at least 0.
  ///   - weightDecay: added to the gradient as `weightDecay` × parameter; at least 0.
  public static func adamax(
    learningRate: Double = 0.002, beta1: Double = 0.9, beta2: Double = 0.999, eps: Double = 1e-8,
    weightDecay: Double = 0
  ) -> Optimizer {
    Optimizer(
      Adamax(beta1: beta1, beta2: beta2, eps: eps, weightDecay: weightDecay), learningRate: learningRate)
  }
}

struct Adamax: AdamRule {
  let beta1: Double
  let beta2: Double
  let eps: Double
  let weightDecay: Double

  var name: String { "Adamax" }
  var slotNames: [String] { ["exp_avg", "exp_inf"] }
  var momentum: Double? { beta1 }

  /// m = β₁m + (1−β₁)g; u = max(β₂u, |g| + ε); w −= lr/(1−β₁ᵗ) · m/u, β₁ as cycled.
  func update(_ stretch: ParameterStretch, at step: OptimizerStep) {
    let cycled = step.momentum ?? beta1
    let rate = Float(step.learningRate / (1 - Math.pow(cycled, Double(step.time))))
    let (gain, decay, epsilon) = (Float(1 - cycled), Float(beta2), Float(eps))
    let weightDecay = Float(step.weightDecay ?? weightDecay)
    let (parameters, gradients) = (stretch.parameters, stretch.gradients)
    let (mean, largest) = (stretch.slot(0), stretch.slot(1))
    for i in 0..<stretch.count {
      let gradient = gradients[i] + weightDecay * parameters[i]
      mean[i] += gain * (gradient - mean[i])
      let (old, new) = (decay * largest[i], abs(gradient) + epsilon)
      largest[i] = old > new ? old : new
      parameters[i] -= rate * (mean[i] / largest[i])
    }
  }
}
