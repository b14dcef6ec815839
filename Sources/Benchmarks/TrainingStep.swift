import Neural

/// A complete training step as in ``Trainer``: forward, backward, running statistics, AdamW.
final class TrainingStep {
  let plan: Plan
  private let optimizer = Optimizer.adamW(learningRate: 1e-3, weightDecay: 1e-4)
  /// The optimizer's state: one or more arrays, each as long as the parameters.
  private let slots: [UnsafeMutableBufferPointer<Float>]
  private var taken = 0

  init(_ model: Model, _ setting: Setting) throws {
    plan = try Plan(
      model, batchSize: setting.batchSize, loss: .nll, threads: setting.threads, seed: 1,
      precision: setting.precision)
    let count = plan.parameters.count
    slots = (0..<optimizer.slotCount).map { _ in
      let slot = UnsafeMutableBufferPointer<Float>.allocate(capacity: count)
      slot.initialize(repeating: 0)
      return slot
    }
  }

  deinit { for slot in slots { slot.deallocate() } }

  /// Trains on one batch.
  ///
  /// - Parameters:
  ///   - images: [count][height][width][channels].
  ///   - labels: [count].
  func take(_ images: UnsafePointer<Float>, _ labels: UnsafePointer<Int32>, count: Int) throws {
    let result = try plan.trainStep(images: images, labels: labels, count: count, step: taken)
    guard result.loss.isFinite else { throw BenchmarkError.notFinite(step: taken + 1) }
    taken += 1
    optimizer.update(
      plan.parameters, gradients: UnsafeBufferPointer(plan.gradients), slots: slots, time: taken,
      learningRate: optimizer.learningRate)
  }
}
