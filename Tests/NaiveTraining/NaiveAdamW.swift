import Neural

/// AdamW with the assignment's CyclicLR, as defined in `semantics.md`.
struct NaiveAdamW {
  var first: [Double]
  var second: [Double]
  var step = 0

  init(count: Int) {
    first = Array(repeating: 0, count: count)
    second = first
  }

  mutating func update(_ plan: Plan) {
    let (parameters, gradients) = (plan.parameters, plan.gradients)
    let phase = Double(step % 8)
    let phi = phase <= 4 ? phase / 4 : (8 - phase) / 4
    let (rate, beta) = (1e-4 + 0.0099 * phi, 0.9 - 0.1 * phi)
    step += 1
    var (firstShare, secondShare) = (1.0, 1.0)
    for _ in 0..<step { (firstShare, secondShare) = (firstShare * beta, secondShare * 0.999) }
    for i in parameters.indices {
      let g = Double(gradients[i])
      first[i] = beta * first[i] + (1 - beta) * g
      second[i] = 0.999 * second[i] + 0.001 * g * g
      let scale = (second[i] / (1 - secondShare)).squareRoot() + 1e-8
      parameters[i] = Float(
        Double(parameters[i]) * (1 - rate * 1e-4) - rate / (1 - firstShare) * first[i] / scale)
    }
  }
}
