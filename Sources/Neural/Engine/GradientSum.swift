/// The gradients of several batches, added up for a single update (gradient accumulation).
///
/// The bytes are the same for any number of threads. Use it from the plan's thread.
final class GradientSum {
  /// The number of batches in the sum.
  private(set) var count = 0
  /// The sum, in the layout of the plan's parameters.
  let sum: FloatBuffer
  private let plan: Plan
  private var add: PassSchedule.Region?
  private var mean: PassSchedule.Region?

  init(of plan: Plan) {
    self.plan = plan
    let size = plan.gradients.count
    let sum = FloatBuffer(zeros: size)
    self.sum = sum
    add = .split(count: size) { [unowned self] f, part in
      guard let sum = sum.buffer.baseAddress.map({ $0 + part.lowerBound }) else { return }
      let gradients = f.run.gradients + part.lowerBound
      if count == 0 {
        sum.update(from: gradients, count: part.count)
      } else {
        f.kernels.pointee.add(gradients, sum, sum, Int64(part.count))
      }
    }
    mean = .split(count: size) { [unowned self] f, part in
      guard let sum = sum.buffer.baseAddress.map({ $0 + part.lowerBound }) else { return }
      let gradients = f.run.gradients + part.lowerBound
      f.kernels.pointee.add(sum, gradients, gradients, Int64(part.count))
      f.kernels.pointee.scale(gradients, 1 / Float(count + 1), Int64(part.count))
    }
  }

  /// Takes the gradients of a batch into the sum.
  func addBatch() {
    if let add { plan.perform(add) }
    count += 1
  }

  /// Replaces the plan's gradients, which are those of the last batch, by the mean over all batches, and starts the next sum.
  func setMean() {
    if count > 0, let mean { plan.perform(mean) }
    count = 0
  }

  /// Continues a sum of `count` batches.
  ///
  /// - Throws: ``PlanError`` if a tensor is missing or has another shape.
  func load(_ tensors: [String: Tensor], count: Int) throws {
    try plan.fill(sum.buffer, from: tensors)
    self.count = count
  }
}
