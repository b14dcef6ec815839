extension Loss {
  /// −logp[label]; the model ends with log-probabilities (PyTorch: `nn.NLLLoss`).
  public static let nll = Loss(NLLLoss())

  /// The negative log-likelihood with label smoothing; the model ends with log-probabilities. On log-softmax(logits),
  /// it equals ``crossEntropy(labelSmoothing:)`` of the logits.
  ///
  /// - Parameter labelSmoothing: the weight of the uniform distribution in the target, 0…1 (Szegedy et al., 2016).
  public static func nll(labelSmoothing: Double) -> Loss { Loss(NLLLoss(labelSmoothing: labelSmoothing)) }
}

struct NLLLoss: ClassificationLoss {
  var labelSmoothing = 0.0

  var description: String { labelSmoothing == 0 ? ".nll" : ".nll(labelSmoothing: \(labelSmoothing))" }

  func validate() throws { try LossError.check(labelSmoothing: labelSmoothing) }

  func remedy(forModelEndingIn ending: OutputKind) -> String? {
    ending == .logProbabilities
      ? nil
      : "end the model in LogSoftmax() or train with loss: "
        + CrossEntropyLoss(labelSmoothing: labelSmoothing).description
  }

  func value(
    of output: UnsafeBufferPointer<Float>, label: Int, scratch: UnsafeMutablePointer<Float>
  ) -> Double {
    let hit = -Double(output[label])
    guard labelSmoothing > 0 else { return hit }
    let mean = output.reduce(0.0) { $0 - Double($1) } / Double(output.count)
    return (1 - labelSmoothing) * hit + labelSmoothing * mean
  }

  func setGradient(
    _ gradient: UnsafeMutablePointer<Float>, of output: UnsafeBufferPointer<Float>, label: Int, share: Double,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let rest = labelSmoothing / Double(output.count)
    for c in output.indices {
      gradient[c] = Float(-share * ((c == label ? 1 - labelSmoothing : 0) + rest))
    }
  }
}
