import CKernels

extension Optimizer {
  /// Stochastic gradient descent with optional momentum (PyTorch: `optim.SGD`; Sutskever et al., ICML 2013).
  ///
  ///     Optimizer.sgd(learningRate: 0.1, momentum: 0.9, weightDecay: 5e-4, nesterov: true)
  /// - Parameters:
  ///   - learningRate: the learning rate before a schedule changes it; at least 0.
  ///   - momentum: the fraction of the previous update that is kept; at least 0 and below 1.
  ///   - weightDecay: added to the gradient as `weightDecay` × parameter; at least 0.
  ///   - nesterov: uses Nesterov momentum; requires momentum above 0.
  public static func sgd(
    learningRate: Double = 0.001, momentum: Double = 0, weightDecay: Double = 0, nesterov: Bool = false
  ) -> Optimizer {
    Optimizer(
      SGD(momentum: momentum, weightDecay: weightDecay, nesterov: nesterov), learningRate: learningRate)
  }
}

struct SGD: OptimizerRule {
  private let ownMomentum: Double
  private let weightDecay: Double
  private let nesterov: Bool

  init(momentum: Double, weightDecay: Double, nesterov: Bool) {
    ownMomentum = momentum
    self.weightDecay = weightDecay
    self.nesterov = nesterov
  }

  var name: String { "SGD" }
  var slotNames: [String] { ownMomentum > 0 ? ["momentum_buffer"] : [] }
  var momentum: Double? { ownMomentum > 0 ? ownMomentum : nil }
  var hyperparameters: [Hyperparameter] {
    [("momentum", "\(ownMomentum)"), ("weightDecay", "\(weightDecay)"), ("nesterov", "\(nesterov)")]
  }

  func validate() throws {
    try OptimizerError.check(name, "momentum", ownMomentum, .proportion)
    try OptimizerError.check(name, "weightDecay", weightDecay, .nonNegative)
    if nesterov && ownMomentum == 0 { throw OptimizerError(fact: .nesterovWithoutMomentum, optimizer: name) }
  }

  /// d = g + λw; b = μb + d; w −= lr·b, or lr·(d + μb) with Nesterov.
  func update(_ stretch: ParameterStretch, at step: OptimizerStep) {
    var numbers = quire_sgd(
      rate: Float(step.learningRate), decay: Float(step.weightDecay ?? weightDecay),
      momentum: Float(step.momentum ?? ownMomentum),
      nesterov: nesterov ? 1 : 0)
    stretch.kernels.pointee.sgd(
      &numbers, stretch.parameters, stretch.gradients, slotNames.isEmpty ? nil : stretch.slot(0),
      Int64(stretch.count))
  }
}
