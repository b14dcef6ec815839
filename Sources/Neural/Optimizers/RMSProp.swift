extension Optimizer {
  /// RMSprop (PyTorch: `optim.RMSprop`; Hinton's lecture 6e, 2012), not centred.
  ///
  ///     Optimizer.rmsProp(learningRate: 0.01, momentum: 0.9)
  /// - Parameters:
  ///   - alpha: decay of the mean squared gradient, at least 0 and below 1.
  ///   - eps: added to the root; at least 0.
  ///   - weightDecay: added to the gradient as `weightDecay` × parameter; at least 0.
  ///   - momentum: the share of the last step that is kept; at least 0 and below 1.
  public static func rmsProp(
    learningRate: Double = 0.01, alpha: Double = 0.99, eps: Double = 1e-8, weightDecay: Double = 0,
    momentum: Double = 0
  ) -> Optimizer {
    Optimizer(
      learningRate: learningRate,
      rule: .rmsProp(RMSProp(alpha: alpha, eps: eps, weightDecay: weightDecay, momentum: momentum)))
  }
}

struct RMSProp: Sendable, Hashable, Codable {
  var alpha: Double
  var eps: Double
  var weightDecay: Double
  var momentum: Double

  var hyperparameters: [(name: String, value: String)] {
    [
      ("alpha", "\(alpha)"), ("eps", "\(eps)"), ("weightDecay", "\(weightDecay)"),
      ("momentum", "\(momentum)"),
    ]
  }

  func validate(_ name: String) throws {
    try OptimizerError.check(name, "alpha", alpha, .fraction)
    try OptimizerError.check(name, "eps", eps, .nonNegative)
    try OptimizerError.check(name, "weightDecay", weightDecay, .nonNegative)
    try OptimizerError.check(name, "momentum", momentum, .fraction)
  }

  /// d = g + λw; s = αs + (1−α)d²; b = μb + d/(√s + ε); w −= lr·b.
  func update(
    _ parameters: UnsafeMutableBufferPointer<Float>, _ gradients: UnsafeBufferPointer<Float>,
    _ slots: [UnsafeMutableBufferPointer<Float>], _ learningRate: Double, _ cycledMomentum: Double
  ) {
    let square = slots[0]
    let (rate, decay, momentum) = (Float(learningRate), Float(weightDecay), Float(cycledMomentum))
    let (squareDecay, squareGain, epsilon) = (Float(alpha), Float(1 - alpha), Float(eps))
    if slots.count > 1 {
      let buffer = slots[1]
      for i in 0..<parameters.count {
        let gradient = gradients[i] + decay * parameters[i]
        let s = squareDecay * square[i] + squareGain * gradient * gradient
        square[i] = s
        let step = momentum * buffer[i] + gradient / (s.squareRoot() + epsilon)
        buffer[i] = step
        parameters[i] -= rate * step
      }
    } else {
      for i in 0..<parameters.count {
        let gradient = gradients[i] + decay * parameters[i]
        let s = squareDecay * square[i] + squareGain * gradient * gradient
        square[i] = s
        parameters[i] -= rate * (gradient / (s.squareRoot() + epsilon))
      }
    }
  }
}
