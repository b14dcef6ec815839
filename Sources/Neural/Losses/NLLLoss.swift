extension Loss {
  /// −logp[label]; the model ends with log-probabilities (PyTorch: `nn.NLLLoss`).
  public static let nll = Loss(NLLLoss())
}

struct NLLLoss: ClassificationLoss {
  var description: String { ".nll" }

  func validate() throws {}

  func remedy(forModelEndingIn ending: OutputKind) -> String? {
    ending == .logProbabilities ? nil : "end the model in LogSoftmax() or train with loss: .crossEntropy()"
  }

  func value(
    of output: UnsafeBufferPointer<Float>, label: Int, scratch: UnsafeMutablePointer<Float>
  ) -> Double {
    -Double(output[label])
  }

  func setGradient(
    _ gradient: UnsafeMutablePointer<Float>, of output: UnsafeBufferPointer<Float>, label: Int, share: Double,
    scratch: UnsafeMutablePointer<Float>
  ) {
    for c in output.indices { gradient[c] = c == label ? Float(-share) : 0 }
  }
}
