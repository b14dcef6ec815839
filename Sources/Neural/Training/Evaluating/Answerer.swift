/// Runs batches through a model and, with test-time augmentation, averages its outputs over variants of the images.
final class Answerer {
  /// [batch size][outputs]: the model's outputs for the last batch.
  private(set) var outputs: [Float]
  /// [batch size]: the loss of each sample of the last batch that had targets.
  private(set) var losses: [Float]
  private let plan: Plan
  private let model: Model
  private let testTimeAugmentation: TestTimeAugmentation?
  private var variants: [Float] = []
  private var variantOutputs: [Float] = []
  private var scratch: [Float]

  init(_ plan: Plan, _ model: Model, batchSize: Int, testTimeAugmentation: TestTimeAugmentation?) {
    let width = model.output.elements
    self.plan = plan
    self.model = model
    self.testTimeAugmentation = testTimeAugmentation
    outputs = [Float](repeating: 0, count: batchSize * width)
    losses = [Float](repeating: 0, count: batchSize)
    scratch = [Float](repeating: 0, count: width)
    if testTimeAugmentation != nil {
      variants = [Float](repeating: 0, count: batchSize * model.input.elements)
      variantOutputs = outputs
    }
  }

  /// Sets ``outputs`` and ``losses`` for a batch.
  ///
  /// - Throws: ``PlanError``.
  func answer(
    _ images: UnsafePointer<Float>, _ targets: BatchTargets?, count: Int, loss: Loss
  ) throws -> StepResult {
    let result = try plan.evaluate(
      images: images, targets: targets, count: count, into: &outputs, losses: &losses)
    guard let testTimeAugmentation else { return result }
    variants.withUnsafeMutableBufferPointer { variants in
      guard let to = variants.baseAddress else { return }
      testTimeAugmentation.write(images, count: count, shape: model.input, to: to)
    }
    _ = try plan.evaluate(images: variants, targets: nil, count: count, into: &variantOutputs)
    for index in 0..<count * model.output.elements {
      outputs[index] = (outputs[index] + variantOutputs[index]) / 2
    }
    for sample in 0..<count { settle(sample, targets, loss) }
    return result
  }

  /// Normalises the mean of log-probabilities, and computes the loss of the mean.
  private func settle(_ sample: Int, _ targets: BatchTargets?, _ loss: Loss) {
    let range = sample * model.output.elements..<(sample + 1) * model.output.elements
    if model.outputKind == .logProbabilities {
      let top = outputs[range].max() ?? 0
      let sum = outputs[range].reduce(0.0) { $0 + Math.exp(Double($1 - top)) }
      for index in range { outputs[index] -= top + Float(Math.log(sum)) }
    }
    guard let target = targets?.target(at: sample, outputs: range.count) else { return }
    losses[sample] = outputs.withUnsafeBufferPointer { outputs in
      scratch.withUnsafeMutableBufferPointer { scratch in
        guard let scratch = scratch.baseAddress else { return .nan }
        return Float(
          loss.function.value(
            of: UnsafeBufferPointer(rebasing: outputs[range]), target: target, scratch: scratch))
      }
    }
  }
}
