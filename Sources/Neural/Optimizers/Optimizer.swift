import CKernels

/// An optimizer; formulas and defaults are PyTorch's (`torch.optim`).
///
/// Weight decay also applies to biases and batch normalisation, unless the training says otherwise: see
/// ``DecayScope`` and ``ParameterGroup``. Each optimizer is an ``OptimizerRule`` in a file of its own, with a factory
/// here.
///
///     let optimizer = Optimizer.adamW(learningRate: 0.001, weightDecay: 1e-4)
///     optimizer.slotNames   // ["exp_avg", "exp_avg_sq"]
public struct Optimizer: Sendable, Hashable, CustomStringConvertible {
  /// The learning rate before a schedule changes it.
  public let learningRate: Double
  let rule: any OptimizerRule

  /// Creates a custom optimizer.
  public init(_ rule: some OptimizerRule, learningRate: Double) {
    self.rule = rule
    self.learningRate = learningRate
  }

  /// PyTorch's class name: `SGD`, `Adam`, `AdamW` or `RMSprop`.
  public var name: String { rule.name }

  /// The state kept for every parameter, by PyTorch's names, in the order of `slots` in
  /// ``update(_:gradients:slots:time:learningRate:momentum:)``.
  public var slotNames: [String] { rule.slotNames }

  /// The number of state arrays, each as long as the parameters.
  public var slotCount: Int { slotNames.count }

  /// The value that a schedule may cycle: the momentum of SGD and RMSprop if it is not 0, the beta1 of Adam
  /// and AdamW.
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

  /// Updates a range of the parameters elementwise: any split into ranges gives the same bytes.
  ///
  /// ``ParameterUpdate`` does this for a plan, on all of its threads.
  ///
  /// - Parameters:
  ///   - parameters: changed in place.
  ///   - gradients: as long as `parameters`.
  ///   - slots: ``slotCount`` arrays as long as `parameters`, zeros before the first step.
  ///   - time: the number of this update, counted from 1.
  ///   - learningRate: the learning rate of this update, from the schedule.
  ///   - momentum: the cycled momentum or beta1 of this update; `nil` for the optimizer's own.
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
  /// The learning rate, then the rule's type and all of its hyperparameters.
  public var contentDescription: String { "\(learningRate) \(describeContent(rule))" }

  /// Encodes ``contentDescription``.
  public func encode(to encoder: any Encoder) throws { try contentDescription.encode(to: encoder) }
}
