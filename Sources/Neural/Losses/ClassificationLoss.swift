/// A loss of a model's outputs against a class label.
public protocol ClassificationLoss: LossFunction {
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
