import CKernels

/// How gradients change parameters; formulas and defaults are PyTorch's (`torch.optim`).
///
/// All parameters form one group: weight decay reaches biases and batch normalisation too. Each optimizer is an
/// ``OptimizerRule`` in a file of its own, with a factory here.
///
///     let optimizer = Optimizer.adamW(learningRate: 0.001, weightDecay: 1e-4)
///     optimizer.slotNames   // ["exp_avg", "exp_avg_sq"]
public struct Optimizer: Sendable, Hashable, CustomStringConvertible {
  /// The rate until a schedule changes it.
  public let learningRate: Double
  let rule: any OptimizerRule

  /// An optimizer of your own.
  public init(_ rule: some OptimizerRule, learningRate: Double) {
    self.rule = rule
    self.learningRate = learningRate
  }

  /// PyTorch's class name: `SGD`, `Adam`, `AdamW` or `RMSprop`.
  public var name: String { rule.name }

  /// The state kept for every parameter, by PyTorch's names, in the order of `slots` in
  /// ``update(_:gradients:slots:time:learningRate:momentum:)``.
  public var slotNames: [String] { rule.slotNames }

  /// State arrays per parameter, each as long as the parameters.
  public var slotCount: Int { slotNames.count }

  /// The number that a schedule may cycle: SGD's and RMSprop's momentum where it is not 0, Adam's and AdamW's beta1.
  public var momentum: Double? { rule.momentum }

  /// Whether a schedule can cycle the momentum.
  public var hasMomentum: Bool { momentum != nil }

  /// Every hyperparameter with its value, by the factories' argument labels.
  public var hyperparameters: [Hyperparameter] {
    [("learningRate", "\(learningRate)")] + rule.hyperparameters
  }

  /// For example `AdamW(learningRate: 0.001, beta1: 0.9, …)`.
  public var description: String {
    "\(name)(\(hyperparameters.map { "\($0.name): \($0.value)" }.joined(separator: ", ")))"
  }

  /// - Throws: ``OptimizerError`` for the first hyperparameter that is out of its range.
  public func validate() throws {
    try OptimizerError.check(name, "learningRate", learningRate, .nonNegative)
    try rule.validate()
  }

  /// One step on a stretch of the parameters. Elementwise: any split into stretches gives the same bytes.
  ///
  /// ``ParameterUpdate`` does this for a plan, on all of its threads.
  ///
  /// - Parameters:
  ///   - parameters: changed in place.
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
    guard let base = parameters.baseAddress, let slopes = gradients.baseAddress else { return }
    slots.compactMap(\.baseAddress).withUnsafeBufferPointer { slots in
      let stretch = ParameterStretch(
        offset: 0, count: parameters.count, parameters: base, gradients: slopes, slots: slots.baseAddress,
        kernels: quire_kernels_best())
      rule.update(stretch, at: OptimizerStep(time: time, learningRate: learningRate, momentum: momentum))
    }
  }

  public static func == (a: Optimizer, b: Optimizer) -> Bool {
    a.learningRate == b.learningRate && a.rule.hashable == b.rule.hashable
  }
  public func hash(into hasher: inout Hasher) {
    hasher.combine(learningRate)
    hasher.combine(rule.hashable)
  }
}

extension OptimizerRule {
  fileprivate var hashable: AnyHashable { AnyHashable(self) }
}

extension Optimizer: Encodable {
  /// The rule's type and all of its numbers, after the learning rate.
  public var contentDescription: String { "\(learningRate) \(describeContent(rule))" }

  /// Encodes ``contentDescription``.
  public func encode(to encoder: any Encoder) throws { try contentDescription.encode(to: encoder) }
}
