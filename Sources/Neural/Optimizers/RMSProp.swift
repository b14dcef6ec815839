import CKernels

extension Optimizer {
  /// RMSprop (PyTorch: `optim.RMSprop`; Hinton's lecture 6e, 2012), not centred.
  ///
  ///     Optimizer.rmsProp(learningRate: 0.01, momentum: 0.9)
  /// - Parameters:
  ///   - learningRate: the learning rate before a schedule changes it; at least 0.
  ///   - alpha: decay of the mean squared gradient, at least 0 and below 1.
  ///   - eps: added to the root; at least 0.
  ///   - weightDecay: added to the gradient as `weightDecay` × parameter; at least 0.
  ///   - momentum: the fraction of the previous update that is kept; at least 0 and below 1.
  public static func rmsProp(
    learningRate: Double = 0.01, alpha: Double = 0.99, eps: Double = 1e-8, weightDecay: Double = 0,
    momentum: Double = 0
  ) -> Optimizer {
    Optimizer(
      RMSProp(alpha: alpha, eps: eps, weightDecay: weightDecay, momentum: momentum),
      learningRate: learningRate)
  }
}

struct RMSProp: OptimizerRule {
  private let alpha: Double
  private let eps: Double
  private let weightDecay: Double
  private let ownMomentum: Double

  init(alpha: Double, eps: Double, weightDecay: Double, momentum: Double) {
    self.alpha = alpha
    self.eps = eps
    self.weightDecay = weightDecay
    ownMomentum = momentum
  }

  var name: String { "RMSprop" }
  var slotNames: [String] { ownMomentum > 0 ? ["square_avg", "momentum_buffer"] : ["square_avg"] }
  var momentum: Double? { ownMomentum > 0 ? ownMomentum : nil }
  var hyperparameters: [Hyperparameter] {
    [
      ("alpha", "\(alpha)"), ("eps", "\(eps)"), ("weightDecay", "\(weightDecay)"),
      ("momentum", "\(ownMomentum)"),
    ]
  }

  func validate() throws {
    try OptimizerError.check(name, "alpha", alpha, .proportion)
    try OptimizerError.check(name, "eps", eps, .nonNegative)
    try OptimizerError.check(name, "weightDecay", weightDecay, .nonNegative)
    try OptimizerError.check(name, "momentum", ownMomentum, .proportion)
  }

  /// d = g + λw; s = αs + (1−α)d²; b = μb + d/(√s + ε); w −= lr·b.
  func update(_ stretch: ParameterStretch, at step: OptimizerStep) {
    var numbers = quire_rmsprop(
      rate: Float(step.learningRate), decay: Float(step.weightDecay ?? weightDecay),
      momentum: Float(step.momentum ?? ownMomentum), square_decay: Float(alpha),
      square_gain: Float(1 - alpha), epsilon: Float(eps))
    stretch.kernels.pointee.rmsprop(
      &numbers, stretch.parameters, stretch.gradients, stretch.slot(0),
      ownMomentum > 0 ? stretch.slot(1) : nil, Int64(stretch.count))
  }
}
