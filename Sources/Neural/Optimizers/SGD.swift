extension Optimizer {
  /// Stochastic gradient descent with optional momentum (PyTorch: `optim.SGD`; Sutskever et al., ICML 2013).
  ///
  ///     Optimizer.sgd(learningRate: 0.1, momentum: 0.9, weightDecay: 5e-4, nesterov: true)
  /// - Parameters:
  ///   - momentum: the share of the last step that is kept; at least 0 and below 1.
  ///   - weightDecay: added to the gradient as `weightDecay` × parameter; at least 0.
  ///   - nesterov: evaluates the step after the momentum; needs momentum above 0.
  public static func sgd(
    learningRate: Double = 0.001, momentum: Double = 0, weightDecay: Double = 0, nesterov: Bool = false
  ) -> Optimizer {
    Optimizer(
      learningRate: learningRate,
      rule: .sgd(SGD(momentum: momentum, weightDecay: weightDecay, nesterov: nesterov)))
  }
}

struct SGD: Sendable, Hashable, Codable {
  var momentum: Double
  var weightDecay: Double
  var nesterov: Bool

  var hyperparameters: [(name: String, value: String)] {
    [("momentum", "\(momentum)"), ("weightDecay", "\(weightDecay)"), ("nesterov", "\(nesterov)")]
  }

  func validate(_ name: String) throws {
    try OptimizerError.check(name, "momentum", momentum, .fraction)
    try OptimizerError.check(name, "weightDecay", weightDecay, .nonNegative)
    if nesterov && momentum == 0 {
      throw OptimizerError(fact: .nesterovWithoutMomentum, optimizer: name)
    }
  }

  /// d = g + λw; b = μb + d; w −= lr·b, or lr·(d + μb) with Nesterov.
  func update(
    _ parameters: UnsafeMutableBufferPointer<Float>, _ gradients: UnsafeBufferPointer<Float>,
    _ slots: [UnsafeMutableBufferPointer<Float>], _ learningRate: Double, _ cycledMomentum: Double
  ) {
    let (rate, decay, momentum) = (Float(learningRate), Float(weightDecay), Float(cycledMomentum))
    guard let buffer = slots.first else {
      for i in 0..<parameters.count {
        let gradient = gradients[i] + decay * parameters[i]
        parameters[i] -= rate * gradient
      }
      return
    }
    if nesterov {
      for i in 0..<parameters.count {
        let gradient = gradients[i] + decay * parameters[i]
        let velocity = momentum * buffer[i] + gradient
        buffer[i] = velocity
        parameters[i] -= rate * (gradient + momentum * velocity)
      }
    } else {
      for i in 0..<parameters.count {
        let gradient = gradients[i] + decay * parameters[i]
        let velocity = momentum * buffer[i] + gradient
        buffer[i] = velocity
        parameters[i] -= rate * velocity
      }
    }
  }
}
