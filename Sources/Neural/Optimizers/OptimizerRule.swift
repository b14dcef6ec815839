import CKernels

/// An optimizer's formula: its hyperparameters, its state, and the update of a range of parameters.
///
///     struct SignSGD: OptimizerRule {
///       var name: String { "SignSGD" }
///       var slotNames: [String] { [] }
///       var momentum: Double? { nil }
///       var hyperparameters: [Hyperparameter] { [] }
///       func validate() throws {}
///       func update(_ stretch: ParameterStretch, at step: OptimizerStep) {
///         for i in 0..<stretch.count {
///           stretch.parameters[i] -= Float(step.learningRate) * (stretch.gradients[i] < 0 ? -1 : 1)
///         }
///       }
///     }
///     let optimizer = Optimizer(SignSGD(), learningRate: 0.01)
public protocol OptimizerRule: Sendable, Hashable {
  /// PyTorch's class name, for example `AdamW`.
  var name: String { get }
  /// The arrays kept for every parameter, by PyTorch's names; each is as long as the parameters.
  var slotNames: [String] { get }
  /// The value that a schedule may cycle, momentum or beta1; `nil` if there is none.
  var momentum: Double? { get }
  /// Every hyperparameter but the learning rate, by its argument label.
  var hyperparameters: [Hyperparameter] { get }

  /// - Throws: ``OptimizerError`` for the first hyperparameter that is out of its range.
  func validate() throws

  /// Updates parameters and state elementwise: any split into ranges must give the same bytes. Called from
  /// several threads at the same time, each with its own ranges.
  func update(_ stretch: ParameterStretch, at step: OptimizerStep)
}

/// A hyperparameter with its value as text, for summaries.
public typealias Hyperparameter = (name: String, value: String)

/// The values of an update that are the same for a group of parameters.
public struct OptimizerStep: Sendable {
  /// The number of the update, from 1.
  public var time: Int
  /// The learning rate of this update.
  public var learningRate: Double
  /// The cycled momentum or beta1; `nil` for the optimizer's own.
  public var momentum: Double?
  /// The weight decay of these parameters; `nil` for the optimizer's own.
  public var weightDecay: Double?

  /// Creates the numbers of an update.
  public init(time: Int, learningRate: Double, momentum: Double? = nil, weightDecay: Double? = nil) {
    self.time = time
    self.learningRate = learningRate
    self.momentum = momentum
    self.weightDecay = weightDecay
  }
}

/// A range of the parameters, with their gradients and the optimizer's state.
public struct ParameterStretch {
  /// The number of parameters in the stretch.
  public let count: Int
  /// [count]
  public let parameters: UnsafeMutablePointer<Float>
  /// [count]
  public let gradients: UnsafePointer<Float>
  private let slots: UnsafePointer<UnsafeMutablePointer<Float>>?
  private let slotOffset: Int
  let kernels: UnsafePointer<quire_kernels>

  /// - Parameters:
  ///   - offset: where the stretch begins in every array.
  ///   - slots: the beginnings of the optimizer's arrays.
  init(
    offset: Int, count: Int, parameters: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>,
    slots: UnsafePointer<UnsafeMutablePointer<Float>>?, kernels: UnsafePointer<quire_kernels>
  ) {
    self.count = count
    self.parameters = parameters + offset
    self.gradients = gradients + offset
    self.slots = slots
    slotOffset = offset
    self.kernels = kernels
  }

  /// The stretch of one of the optimizer's arrays, zeros before the first update.
  ///
  /// - Precondition: `index` is one of the rule's `slotNames`.
  public func slot(_ index: Int) -> UnsafeMutablePointer<Float> {
    guard let slots else { preconditionFailure("the optimizer keeps no state") }
    return slots[index] + slotOffset
  }
}
