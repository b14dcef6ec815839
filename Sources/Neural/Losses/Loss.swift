import Support

/// The loss that training minimises: the mean of the samples' losses over the batch.
///
///     let loss = Loss.crossEntropy(labelSmoothing: 0.1)
///
/// Each loss is a ``LossFunction`` in a file of its own, with a factory here.
public struct Loss: Sendable, Hashable, CustomStringConvertible {
  let function: any LossFunction

  /// Creates a custom loss.
  public init(_ function: some LossFunction) { self.function = function }

  /// The loss as a notebook writes it: `.crossEntropy(labelSmoothing: 0.1)`.
  public var description: String { function.description }

  /// The task that the loss trains for.
  public var task: TrainingTask { function.task }

  /// The default loss of evaluations: cross-entropy for class labels, mean squared error for numbers.
  public static func ofEvaluations(on targets: TargetKind) -> Loss {
    switch targets {
    case .labels: .crossEntropy()
    case .values: .mse
    }
  }

  /// The losses of the library, which errors suggest.
  static let all: [Loss] = [.nll, .crossEntropy(), .mse, .l1, .smoothL1()]

  /// The losses for a kind of target, as errors suggest them: `.nll or .crossEntropy()`.
  static func choice(
    for targets: TargetKind, where suits: (any LossFunction) -> Bool = { _ in true }
  ) -> String {
    all.filter { $0.task.targets == targets && suits($0.function) }.map(\.suggestion).list("or")
  }

  /// The loss with its default arguments: `.smoothL1()`.
  private var suggestion: String {
    let name = description.prefix { $0 != "(" }
    return name.count == description.count ? description : "\(name)()"
  }

  public static func == (a: Loss, b: Loss) -> Bool { a.hashable == b.hashable }
  public func hash(into hasher: inout Hasher) { hasher.combine(hashable) }

  private var hashable: AnyHashable { function.hashable }
}

/// The loss of one sample and its gradient.
///
///     struct HalfSquaredError: RegressionLoss {
///       let description = ".halfMSE"
///       func value(of error: Double) -> Double { error * error / 2 }
///       func slope(at error: Double) -> Double { error }
///     }
///     let loss = Loss(HalfSquaredError())
///
/// Write a ``ClassificationLoss`` for class labels and a ``RegressionLoss`` for numbers.
public protocol LossFunction: Sendable, Hashable, CustomStringConvertible {
  /// The task that the loss trains for.
  var task: TrainingTask { get }

  /// - Throws: ``LossError`` for a parameter out of range.
  func validate() throws

  /// Advice if a model with this kind of output does not suit the loss, for example `end the model in
  /// LogSoftmax()`; `nil` if it does.
  func remedy(forModelEndingIn ending: OutputKind) -> String?

  /// The weight of one sample in the mean over the batch: the mean is the sum of the losses divided by the sum of the
  /// weights. 1 unless the loss has ``ClassificationLoss/classWeights``.
  func weight(of target: SampleTarget) -> Double

  /// Whether targets may be two classes with shares, which ``Mixing`` makes; the loss is then the sum of both losses
  /// with these weights. By default, no.
  var takesMixedLabels: Bool { get }

  /// The loss of one sample. Called from several threads at once.
  ///
  /// - Parameters:
  ///   - output: the model's outputs for the sample.
  ///   - target: the sample's class or numbers.
  ///   - scratch: room for as many floats as there are outputs.
  func value(
    of output: UnsafeBufferPointer<Float>, target: SampleTarget, scratch: UnsafeMutablePointer<Float>
  ) -> Double

  /// Sets the gradient of `share` × the sample's loss with respect to the output.
  ///
  /// - Parameters:
  ///   - gradient: as long as `output`.
  ///   - output: the model's outputs for the sample.
  ///   - target: the sample's class or numbers.
  ///   - share: 1 / the sum of the samples' weights in the batch: without class weights, 1 / the number of samples.
  ///   - scratch: room for as many floats as there are outputs.
  func setGradient(
    _ gradient: UnsafeMutablePointer<Float>, of output: UnsafeBufferPointer<Float>, target: SampleTarget,
    share: Double, scratch: UnsafeMutablePointer<Float>)
}

extension LossFunction {
  public func weight(of target: SampleTarget) -> Double { 1 }

  public var takesMixedLabels: Bool { false }
  fileprivate var hashable: AnyHashable { AnyHashable(self) }
}

/// The meaning of a model's outputs, determined by its last layer.
public enum OutputKind: Sendable, Hashable {
  /// Log-softmax.
  case logProbabilities
  /// Softmax.
  case probabilities
  /// Anything else: logits or numbers.
  case scores
}

extension Loss: Encodable {
  /// The loss's type and all of its hyperparameters, for example `Neural.CrossEntropyLoss(labelSmoothing: 0.1)`.
  public var contentDescription: String { describeContent(function) }

  /// Encodes ``contentDescription``.
  public func encode(to encoder: any Encoder) throws { try contentDescription.encode(to: encoder) }
}
