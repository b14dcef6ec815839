/// An optimizer at work on a plan: clips the gradients and updates the parameters on the plan's threads.
///
///     let update = ParameterUpdate(.adamW(), clipping: .norm(1), of: plan)
///     _ = try plan.trainStep(images: pixels, labels: labels, count: 64, step: 0)
///     update.apply(at: OptimizerStep(time: 1, learningRate: 0.001))
///
/// The bytes are the same for any number of threads. An update allocates nothing. Use it from the plan's thread.
public final class ParameterUpdate {
  /// The optimizer whose formula updates the parameters.
  public let optimizer: Optimizer
  private let plan: Plan
  private let settings: ParameterSettings
  private let arrays: [FloatBuffer]
  /// The beginnings of the optimizer's arrays.
  private let slotPointers: UnsafeMutableBufferPointer<UnsafeMutablePointer<Float>>
  /// The sums of the squares of the gradients' blocks.
  private let squareSums: UnsafeMutableBufferPointer<Double>
  private var regions: [PassSchedule.Region] = []
  private var step = OptimizerStep(time: 1, learningRate: 0)
  /// The learning rates of the groups in the next update, in the order of the groups.
  var groupRates: [Double]
  /// The gradients' L2 norm before clipping by norm, in the last update.
  private var norm = 0.0

  /// - Parameters:
  ///   - optimizer: the optimizer; its state starts as zeros.
  ///   - clipping: the gradient clipping; `nil` for none.
  ///   - groups: parameters with their own weight decay, and with a learning rate that `groupRates` sets.
  ///   - decay: the parameters that weight decay applies to.
  ///   - plan: a plan that was compiled for training.
  public init(
    _ optimizer: Optimizer, clipping: GradientClipping? = nil, groups: [ParameterGroup] = [],
    decay: DecayScope = .allParameters, of plan: Plan
  ) {
    self.optimizer = optimizer
    self.plan = plan
    settings = ParameterSettings(plan.parameterSlices, groups: groups, decay: decay)
    groupRates = groups.map { $0.learningRate ?? optimizer.learningRate }
    let count = plan.gradients.count
    arrays = (0..<optimizer.slotCount).map { _ in FloatBuffer(zeros: count) }
    let beginnings = arrays.compactMap(\.buffer.baseAddress)
    slotPointers = .allocate(capacity: beginnings.count)
    _ = slotPointers.initialize(from: beginnings)
    squareSums = .allocate(capacity: GradientClipping.blocks(of: count))
    squareSums.initialize(repeating: 0)
    regions = clipping.map(clippingRegions) ?? []
    regions.append(updateRegion)
  }

  deinit {
    slotPointers.deallocate()
    squareSums.deallocate()
  }

  /// The optimizer's arrays, in the order of its ``Optimizer/slotNames``, each laid out as the plan's parameters.
  var slots: [UnsafeMutableBufferPointer<Float>] { arrays.map(\.buffer) }

  /// Clips the plan's gradients in place and updates its parameters and the optimizer's state.
  public func apply(at step: OptimizerStep) {
    precondition(step.time >= 1, "updates count from 1")
    self.step = step
    for region in regions { plan.perform(region) }
  }

  private func clippingRegions(_ clipping: GradientClipping) -> [PassSchedule.Region] {
    let count = plan.gradients.count
    // A frozen layer between trained ones has gradients, which PyTorch does not compute.
    let ignore = { [unowned self] (f: Frame) in
      for range in settings.frozen {
        (f.run.gradients + range.lowerBound).update(repeating: 0, count: range.count)
      }
    }
    let sum = { [unowned self] (f: Frame, blocks: Range<Int>) in
      for block in blocks {
        squareSums[block] = GradientClipping.squareSum(of: block, f.run.gradients, count, f.kernels)
      }
    }
    let total = { [unowned self] (_: Frame) in norm = GradientClipping.norm(squareSums) }
    let clip = { [unowned self] (f: Frame, part: Range<Int>) in
      clipping.clip(f.run.gradients + part.lowerBound, part.count, norm: norm, f.kernels)
    }
    return (settings.frozen.isEmpty ? [] : [.once(ignore)])
      + (clipping.needsNorm ? [.split(count: squareSums.count, sum), .once(total)] : [])
      + [.split(count: count, clip)]
  }

  private var updateRegion: PassSchedule.Region {
    let rule = optimizer.rule
    let update = { [unowned self] (f: Frame, part: Range<Int>) in
      for segment in settings.segments {
        let some = segment.range.clamped(to: part)
        if some.isEmpty { continue }
        var step = step
        if let group = segment.group { step.learningRate = groupRates[group] }
        step.weightDecay = segment.weightDecay
        rule.update(
          ParameterStretch(
            offset: some.lowerBound, count: some.count, parameters: f.run.parameters,
            gradients: f.run.gradients, slots: slotPointers.baseAddress.map { UnsafePointer($0) },
            kernels: f.kernels),
          at: step)
      }
    }
    return .split(count: plan.gradients.count, update)
  }
}
