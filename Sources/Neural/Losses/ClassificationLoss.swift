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
    guard let classWeights, let label = target.label else { return 1 }
    return classWeights[label]
  }

  public func value(
    of output: UnsafeBufferPointer<Float>, target: SampleTarget, scratch: UnsafeMutablePointer<Float>
  ) -> Double {
    target.label.map { value(of: output, label: $0, scratch: scratch) } ?? .nan
  }

  public func setGradient(
    _ gradient: UnsafeMutablePointer<Float>, of output: UnsafeBufferPointer<Float>, target: SampleTarget,
    share: Double, scratch: UnsafeMutablePointer<Float>
  ) {
    guard let label = target.label else { return }
    setGradient(gradient, of: output, label: label, share: share, scratch: scratch)
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
