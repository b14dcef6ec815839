extension Optimizer {
  /// Adam (PyTorch: `optim.Adam`; Kingma and Ba, ICLR 2015). Weight decay is added to the gradient.
  ///
  ///     Optimizer.adam(learningRate: 0.001)
  /// - Parameters:
  ///   - beta1: decay of the mean gradient, at least 0 and below 1; what momentum cycling changes.
  ///   - beta2: decay of the mean squared gradient, at least 0 and below 1.
  ///   - eps: added to the denominator; at least 0.
  public static func adam(
    learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, eps: Double = 1e-8,
    weightDecay: Double = 0
  ) -> Optimizer {
    Optimizer(
      learningRate: learningRate,
      rule: .adam(Adam(beta1: beta1, beta2: beta2, eps: eps, weightDecay: weightDecay, isDecoupled: false)))
  }

  /// Adam with decoupled weight decay (PyTorch: `optim.AdamW`; Loshchilov and Hutter, ICLR 2019).
  ///
  /// Every step first multiplies the parameters by 1 − learning rate × `weightDecay`.
  ///
  ///     Optimizer.adamW(learningRate: 0.001, weightDecay: 1e-4)
  /// - Parameters:
  ///   - beta1: decay of the mean gradient, at least 0 and below 1; what momentum cycling changes.
  ///   - beta2: decay of the mean squared gradient, at least 0 and below 1.
  ///   - eps: added to the denominator; at least 0.
  public static func adamW(
    learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, eps: Double = 1e-8,
    weightDecay: Double = 0.01
  ) -> Optimizer {
    Optimizer(
      learningRate: learningRate,
      rule: .adam(Adam(beta1: beta1, beta2: beta2, eps: eps, weightDecay: weightDecay, isDecoupled: true)))
  }
}

struct Adam: Sendable, Hashable, Codable {
  var beta1: Double
  var beta2: Double
  var eps: Double
  var weightDecay: Double
  /// AdamW: the decay acts on the parameters, not through the gradient.
  var isDecoupled: Bool

  var hyperparameters: [(name: String, value: String)] {
    [
      ("beta1", "\(beta1)"), ("beta2", "\(beta2)"), ("eps", "\(eps)"), ("weightDecay", "\(weightDecay)"),
    ]
  }

  func validate(_ name: String) throws {
    try OptimizerError.check(name, "beta1", beta1, .fraction)
    try OptimizerError.check(name, "beta2", beta2, .fraction)
    try OptimizerError.check(name, "eps", eps, .nonNegative)
    try OptimizerError.check(name, "weightDecay", weightDecay, .nonNegative)
  }

  /// m = β₁m + (1−β₁)g; v = β₂v + (1−β₂)g²; w −= lr/(1−β₁ᵗ) · m / (√v/√(1−β₂ᵗ) + ε), β₁ as cycled.
  func update(
    _ parameters: UnsafeMutableBufferPointer<Float>, _ gradients: UnsafeBufferPointer<Float>,
    _ slots: [UnsafeMutableBufferPointer<Float>], _ time: Int, _ learningRate: Double, _ cycledBeta1: Double
  ) {
    let (mean, square) = (slots[0], slots[1])
    let stepSize = Float(learningRate / (1 - Math.pow(cycledBeta1, Double(time))))
    let correction = Float((1 - Math.pow(beta2, Double(time))).squareRoot())
    let gain = Float(1 - cycledBeta1)
    let (squareDecay, squareGain) = (Float(beta2), Float(1 - beta2))
    let epsilon = Float(eps)
    let shrink = isDecoupled ? Float(1 - learningRate * weightDecay) : 1
    let decay = isDecoupled ? 0 : Float(weightDecay)
    for i in 0..<parameters.count {
      let parameter = parameters[i] * shrink
      let gradient = gradients[i] + decay * parameter
      let m = mean[i] + gain * (gradient - mean[i])
      let v = squareDecay * square[i] + squareGain * gradient * gradient
      mean[i] = m
      square[i] = v
      parameters[i] = parameter - stepSize * (m / (v.squareRoot() / correction + epsilon))
    }
  }
}
