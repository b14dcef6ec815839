/// The loss of each sample, its gradient with respect to the model's output, and the terms of the task's metrics.
struct LossPass {
  private let function: any LossFunction
  private let metrics: MetricTerms
  private let output: Buffer
  private let scratch: Buffer

  init(_ loss: Loss, metrics: MetricTerms, output: Buffer, scratch: Buffer) {
    function = loss.function
    self.metrics = metrics
    self.output = output
    self.scratch = scratch
  }

  func forward() -> Pass {
    let body = { (f: Frame) in
      guard let target = f.run.targets?.target(at: f.image, outputs: metrics.outputs) else { return }
      let output = UnsafeBufferPointer(start: UnsafePointer(f[output]), count: metrics.outputs)
      f.run.losses[f.image] = function.value(of: output, target: target, scratch: f[scratch])
      metrics.set(f.run.metricTerms + f.image * metrics.termsPerSample, output: output, target: target)
    }
    return Pass(.images(body), [output, scratch])
  }

  func backward(_ gradient: Buffer) -> Pass {
    let body = { (f: Frame) in
      guard let target = f.run.targets?.target(at: f.image, outputs: metrics.outputs) else { return }
      function.setGradient(
        f[gradient], of: UnsafeBufferPointer(start: UnsafePointer(f[output]), count: metrics.outputs),
        target: target, share: 1 / f.run.totalWeight, scratch: f[scratch])
    }
    return Pass(.images(body), [output, gradient, scratch])
  }
}
