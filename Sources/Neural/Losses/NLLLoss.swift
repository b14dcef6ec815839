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
  var classWeights: [Double]?

  var description: String { labelSmoothing == 0 ? ".nll" : ".nll(labelSmoothing: \(labelSmoothing))" }

  var takesMixedLabels: Bool { true }

  func validate() throws { try LossError.check(labelSmoothing: labelSmoothing) }

  func weighted(by classWeights: [Double]) -> Loss? {
    Loss(NLLLoss(labelSmoothing: labelSmoothing, classWeights: classWeights))
  }

  private func target(_ label: Int, of classes: Int) -> SmoothedTarget {
    SmoothedTarget(label: label, classes: classes, smoothing: labelSmoothing, classWeights: classWeights)
  }

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
    guard labelSmoothing > 0 else { return classWeights.map { $0[label] * hit } ?? hit }
    guard let start = output.baseAddress, classWeights == nil else {
      return output.baseAddress.map(target(label, of: output.count).loss) ?? .nan
    }
    let mean = (0..<output.count).reduce(0.0) { $0 - Double(start[$1]) } / Double(output.count)
    return (1 - labelSmoothing) * hit + labelSmoothing * mean
  }

  func setGradient(
    _ gradient: UnsafeMutablePointer<Float>, of output: UnsafeBufferPointer<Float>, label: Int, share: Double,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let target = target(label, of: output.count)
    for c in output.indices { gradient[c] = Float(-share * target(c)) }
  }
}
