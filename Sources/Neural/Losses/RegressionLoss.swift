/// A loss of each output's error, output − target; the sample's loss is the mean over its outputs.
///
/// With the mean over the batch this is PyTorch's `reduction="mean"`.
public protocol RegressionLoss: LossFunction {
  /// The loss of one error.
  func value(of error: Double) -> Double

  /// The derivative of ``value(of:)``.
  func slope(at error: Double) -> Double
}

extension RegressionLoss {
  public var task: TrainingTask { .regression }

  public func validate() throws {}

  public func remedy(forModelEndingIn ending: OutputKind) -> String? {
    switch ending {
    case .scores: nil
    case .logProbabilities: "remove LogSoftmax(): the loss compares the outputs with the targets"
    case .probabilities: "remove Softmax(): the loss compares the outputs with the targets"
    }
  }

  public func value(
    of output: UnsafeBufferPointer<Float>, target: SampleTarget, scratch: UnsafeMutablePointer<Float>
  ) -> Double {
    guard let values = target.values else { return .nan }
    var sum = 0.0
    for index in output.indices { sum += value(of: Double(output[index]) - Double(values[index])) }
    return sum / Double(output.count)
  }

  public func setGradient(
    _ gradient: UnsafeMutablePointer<Float>, of output: UnsafeBufferPointer<Float>, target: SampleTarget,
    share: Double, scratch: UnsafeMutablePointer<Float>
  ) {
    guard let values = target.values else { return }
    let share = share / Double(output.count)
    for index in output.indices {
      gradient[index] = Float(slope(at: Double(output[index]) - Double(values[index])) * share)
    }
  }
}
