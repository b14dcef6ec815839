import CKernels

extension Loss {
  /// The negative log-likelihood of log-softmax(output); the model ends with logits (PyTorch:
  /// `nn.CrossEntropyLoss`). On log-probabilities it equals ``nll``, since their log-softmax is themselves.
  ///
  /// - Parameter labelSmoothing: the weight of the uniform distribution in the target, 0…1 (Szegedy et al., 2016).
  public static func crossEntropy(labelSmoothing: Double = 0) -> Loss {
    Loss(CrossEntropyLoss(labelSmoothing: labelSmoothing))
  }
}

struct CrossEntropyLoss: ClassificationLoss {
  var labelSmoothing: Double
  var classWeights: [Double]?

  var description: String {
    labelSmoothing == 0 ? ".crossEntropy()" : ".crossEntropy(labelSmoothing: \(labelSmoothing))"
  }

  var takesMixedLabels: Bool { true }

  func validate() throws { try LossError.check(labelSmoothing: labelSmoothing) }

  func remedy(forModelEndingIn ending: OutputKind) -> String? {
    ending == .probabilities ? "remove Softmax(): .crossEntropy() expects logits" : nil
  }

  func weighted(by classWeights: [Double]) -> Loss? {
    Loss(CrossEntropyLoss(labelSmoothing: labelSmoothing, classWeights: classWeights))
  }

  private func target(_ label: Int, of classes: Int) -> SmoothedTarget {
    SmoothedTarget(label: label, classes: classes, smoothing: labelSmoothing, classWeights: classWeights)
  }

  func value(
    of output: UnsafeBufferPointer<Float>, label: Int, scratch: UnsafeMutablePointer<Float>
  ) -> Double {
    guard let scores = output.baseAddress else { return .nan }
    quire_log_softmax(scores, scratch, Int64(output.count))
    guard classWeights == nil else { return target(label, of: output.count).loss(of: scratch) }
    let hit = -Double(scratch[label])
    guard labelSmoothing > 0 else { return hit }
    let mean = output.indices.reduce(0.0) { $0 - Double(scratch[$1]) } / Double(output.count)
    return (1 - labelSmoothing) * hit + labelSmoothing * mean
  }

  func setGradient(
    _ gradient: UnsafeMutablePointer<Float>, of output: UnsafeBufferPointer<Float>, label: Int, share: Double,
    scratch: UnsafeMutablePointer<Float>
  ) {
    guard let scores = output.baseAddress else { return }
    quire_log_softmax(scores, scratch, Int64(output.count))
    let target = target(label, of: output.count)
    let sum = target.sum
    for c in output.indices {
      gradient[c] = Float((sum * Math.exp(Double(scratch[c])) - target(c)) * share)
    }
  }
}
