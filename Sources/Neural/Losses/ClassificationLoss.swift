/// A loss of a model's outputs against a class label.
public protocol ClassificationLoss: LossFunction {
  /// The weight of each class (PyTorch: `weight`); `nil` if all weights are 1.
  var classWeights: [Double]? { get }

  /// The same loss with a weight for each class; `nil` if the loss has no weights.
  func weighted(by classWeights: [Double]) -> Loss?

  /// The loss of one sample.
  func value(
    of output: UnsafeBufferPointer<Float>, label: Int, scratch: UnsafeMutablePointer<Float>
  ) -> Double

  /// Sets the gradient of `share` × the sample's loss with respect to the output.
  func setGradient(
    _ gradient: UnsafeMutablePointer<Float>, of output: UnsafeBufferPointer<Float>, label: Int, share: Double,
    scratch: UnsafeMutablePointer<Float>)
}

extension ClassificationLoss {
  public var task: TrainingTask { .classification }
  public var classWeights: [Double]? { nil }
  public func weighted(by classWeights: [Double]) -> Loss? { nil }

  public func weight(of target: SampleTarget) -> Double {
    // PyTorch divides the loss of class probabilities by the number of samples.
    guard let classWeights, case .label(let label) = target else { return 1 }
    return classWeights[label]
  }

  public func value(
    of output: UnsafeBufferPointer<Float>, target: SampleTarget, scratch: UnsafeMutablePointer<Float>
  ) -> Double {
    switch target {
    case .label(let label): return value(of: output, label: label, scratch: scratch)
    case .mixed(let label, let other, let share):
      let (one, two) = (
        value(of: output, label: label, scratch: scratch), value(of: output, label: other, scratch: scratch)
      )
      return share * one + (1 - share) * two
    case .values: return .nan
    }
  }

  public func setGradient(
    _ gradient: UnsafeMutablePointer<Float>, of output: UnsafeBufferPointer<Float>, target: SampleTarget,
    share: Double, scratch: UnsafeMutablePointer<Float>
  ) {
    switch target {
    case .label(let label):
      setGradient(gradient, of: output, label: label, share: share, scratch: scratch)
    case .mixed(let label, let other, let part):
      setGradient(gradient, of: output, label: label, share: share * part, scratch: scratch)
      withUnsafeTemporaryAllocation(of: Float.self, capacity: output.count) { second in
        guard let start = second.baseAddress else { return }
        setGradient(start, of: output, label: other, share: share * (1 - part), scratch: scratch)
        for c in output.indices { gradient[c] += second[c] }
      }
    case .values: return
    }
  }
}

extension Loss {
  /// - Throws: ``LossError`` if the loss has class weights and their number is not that of the model's outputs.
  func checkClassWeights(outputs: Int) throws {
    guard let count = (function as? any ClassificationLoss)?.classWeights?.count, count != outputs else {
      return
    }
    throw LossError(
      name: "classWeights", expected: "one for each of the model's \(outputs) outputs", found: Double(count))
  }
}
