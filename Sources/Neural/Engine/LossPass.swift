import CKernels

/// The loss of each sample, and its gradient with respect to the model's output.
struct LossPass {
  let loss: Loss
  let classes: Int
  let output: Buffer
  private let scratch: Buffer

  init(_ loss: Loss, classes: Int, output: Buffer, scratch: Buffer) {
    self.loss = loss
    self.classes = classes
    self.output = output
    self.scratch = scratch
  }

  func forward() -> Pass {
    let body = { (f: Frame) in
      guard let label = f.run.labels?[f.image] else { return }
      let scores = f[output]
      f.run.losses[f.image] = value(scores, Int(label), scratch: f[scratch])
      f.run.hits[f.image] = largest(scores) == Int(label)
    }
    return Pass(.images(body), [output, scratch])
  }

  func backward(_ gradient: Buffer) -> Pass {
    let body = { (f: Frame) in
      guard let label = f.run.labels?[f.image] else { return }
      setGradient(f[gradient], f[output], Int(label), share: 1 / Double(f.count), scratch: f[scratch])
    }
    return Pass(.images(body), [output, gradient, scratch])
  }

  /// The first of the largest; -1 where a score is not a number.
  private func largest(_ scores: UnsafePointer<Float>) -> Int {
    var best = 0
    for c in 0..<classes {
      if scores[c].isNaN { return -1 }
      if scores[c] > scores[best] { best = c }
    }
    return best
  }

  private func value(_ scores: UnsafePointer<Float>, _ label: Int, scratch: UnsafeMutablePointer<Float>)
    -> Double
  {
    switch loss {
    case .nll: return -Double(scores[label])
    case .crossEntropy(let smoothing):
      quire_log_softmax(scores, scratch, Int64(classes))
      let hit = -Double(scratch[label])
      guard smoothing > 0 else { return hit }
      let mean = (0..<classes).reduce(0.0) { $0 - Double(scratch[$1]) } / Double(classes)
      return (1 - smoothing) * hit + smoothing * mean
    }
  }

  private func setGradient(
    _ gradient: UnsafeMutablePointer<Float>, _ scores: UnsafePointer<Float>, _ label: Int, share: Double,
    scratch: UnsafeMutablePointer<Float>
  ) {
    switch loss {
    case .nll:
      for c in 0..<classes { gradient[c] = c == label ? Float(-share) : 0 }
    case .crossEntropy(let smoothing):
      quire_log_softmax(scores, scratch, Int64(classes))
      for c in 0..<classes {
        let target = (c == label ? 1 - smoothing : 0) + smoothing / Double(classes)
        gradient[c] = Float((Math.exp(Double(scratch[c])) - target) * share)
      }
    }
  }
}
