extension Loss {
  /// −logp[label]; the model ends with log-probabilities (PyTorch: `nn.NLLLoss`).
  public static let nll = Loss(NLLLoss())
}

struct NLLLoss: ClassificationLoss {
  var classWeights: [Double]?

  var description: String { ".nll" }

  var takesMixedLabels: Bool { true }

  func validate() throws {}

  func weighted(by classWeights: [Double]) -> Loss? { Loss(NLLLoss(classWeights: classWeights)) }

  func remedy(forModelEndingIn ending: OutputKind) -> String? {
    ending == .logProbabilities ? nil : "end the model in LogSoftmax() or train with loss: .crossEntropy()"
  }

  func value(
    of output: UnsafeBufferPointer<Float>, label: Int, scratch: UnsafeMutablePointer<Float>
  ) -> Double {
    let loss = -Double(output[label])
    return classWeights.map { $0[label] * loss } ?? loss
  }

  func setGradient(
    _ gradient: UnsafeMutablePointer<Float>, of output: UnsafeBufferPointer<Float>, label: Int, share: Double,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let weight = classWeights?[label] ?? 1
    for c in output.indices { gradient[c] = c == label ? Float(-share * weight) : 0 }
  }
}
