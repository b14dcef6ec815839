/// Times the engine on made-up data.
///
///     try EngineBenchmark.trainStep(model, batchSize: 64, threads: 2)   // images a second
public enum EngineBenchmark {
  /// Images a second of whole training steps: forward, backward and a flat AdamW update. The median of
  /// `steps` steps after two that are not counted.
  ///
  /// - Throws: ``PlanError`` where the model cannot be compiled for training.
  public static func trainStep(
    _ model: Model, batchSize: Int = 64, loss: Loss = .nll, threads: Int = 2, steps: Int = 10
  ) throws -> Double {
    let plan = try Plan(model, batchSize: batchSize, loss: loss, threads: threads, seed: 1)
    var random = RandomStream(seed: 1, .synthetic)
    let images = (0..<batchSize * model.input.elements).map { _ in Float(random.uniform(-2, 2)) }
    let labels = (0..<batchSize).map { _ in Int32(random.below(model.output.elements)) }
    var first = [Float](repeating: 0, count: plan.parameters.count)
    var second = first
    var seconds: [Double] = []
    for step in 0..<max(1, steps) + 2 {
      let time = try ContinuousClock().measure {
        _ = try plan.trainStep(images: images, labels: labels, count: batchSize, step: step)
        update(plan, &first, &second)
      }
      if step >= 2 { seconds.append(time / .seconds(1)) }
    }
    return Double(batchSize) / seconds.sorted()[seconds.count / 2]
  }

  /// AdamW's arithmetic at a fixed step; the benchmark is after its time only.
  private static func update(_ plan: Plan, _ first: inout [Float], _ second: inout [Float]) {
    for i in plan.parameters.indices {
      let gradient = plan.gradients[i]
      first[i] = 0.9 * first[i] + 0.1 * gradient
      second[i] = 0.999 * second[i] + 0.001 * gradient * gradient
      plan.parameters[i] -= 1e-4 * plan.parameters[i] + 1e-3 * first[i] / (second[i].squareRoot() + 1e-8)
    }
  }
}
