/// A model compiled for a batch shape: all memory laid out once, then many steps without an allocation.
///
/// Images are NHWC inside; state comes and goes in PyTorch's names and shapes. The same seed, state and
/// batches give the same bytes for any number of threads. Use a plan from one thread at a time.
///
///     let plan = try Plan(model, batchSize: 64, loss: .nll, threads: 2, seed: 1)
///     let result = try plan.trainStep(images: pixels, labels: labels, count: 64, step: 0)
///     // the optimizer reads plan.gradients and changes plan.parameters
///     model.state = plan.state()
public final class Plan {
  public enum Mode: Sendable, Hashable {
    case training
    /// No gradients and far less memory; ``trainStep(images:labels:count:step:)`` throws.
    case inference
  }

  public static let largestBatch = 1 << 16
  public static let mostThreads = 256

  /// - Parameters:
  ///   - batchSize: the most samples a step may take, 1…65536.
  ///   - threads: 1…256; the number changes no result.
  ///   - seed: keys the dropout's random numbers.
  /// - Throws: ``PlanError`` where the model does not fit the loss or the memory.
  public init(
    _ model: Model, batchSize: Int, loss: Loss, threads: Int, seed: UInt64, mode: Mode = .training
  ) throws {
    fatalError()
  }

  /// Bytes a plan holds, known without allocating them.
  ///
  /// - Throws: ``PlanError`` as the initialiser does.
  public static func memoryBytes(
    graph: ModelGraph, batchSize: Int, mode: Mode = .training, threads: Int = 1
  ) throws -> Int { 0 }
  public var memoryBytes: Int { 0 }

  // MARK: Parameters

  /// Every trained number, in the layout that ``parameterSlices`` describes.
  public var parameters: UnsafeMutableBufferPointer<Float> { fatalError() }
  /// The gradient of the mean loss of the last training step, in the same layout.
  public var gradients: UnsafeMutableBufferPointer<Float> { fatalError() }
  /// Where each trained parameter lies in ``parameters`` and ``gradients``; together they cover both.
  public var parameterSlices: [ParameterSlice] { [] }

  /// Sets parameters and running statistics from PyTorch's names and shapes; `num_batches_tracked` is ignored.
  ///
  /// - Throws: ``PlanError`` for a missing or unexpected name or another shape; nothing is changed then.
  public func load(_ state: [String: Tensor]) throws {}
  /// Parameters and running statistics by PyTorch's names, in PyTorch's shapes.
  public func state() -> [String: Tensor] { [:] }

  /// Numbers laid out as ``parameters`` (an optimizer's momentum, say) by PyTorch's names and shapes.
  public func tensors(from arena: UnsafeBufferPointer<Float>) -> [String: Tensor] { [:] }
  /// The inverse of ``tensors(from:)``.
  ///
  /// - Throws: ``PlanError`` as ``load(_:)`` does.
  public func fill(_ arena: UnsafeMutableBufferPointer<Float>, from tensors: [String: Tensor]) throws {}

  // MARK: Steps

  /// Forward and backward: leaves the gradient of the mean loss in ``gradients`` and moves the running
  /// statistics. It does not change ``parameters``.
  ///
  /// - Parameters:
  ///   - images: [count, height, width, channels].
  ///   - labels: [count], each in 0 ..< classes.
  ///   - count: 1…batchSize, so that a short last batch works.
  ///   - step: keys the dropout's random numbers together with the seed; nothing else is remembered.
  public func trainStep(
    images: UnsafePointer<Float>, labels: UnsafePointer<Int32>, count: Int, step: Int
  ) throws -> StepResult { fatalError() }

  /// Forward with running statistics and without dropout.
  ///
  /// - Parameters:
  ///   - labels: `nil` where they are not known; loss and correct are then 0.
  ///   - output: [count, classes], what the model ends with: logits, probabilities or their logarithms.
  ///   - losses: [count], the loss of each sample.
  public func evaluate(
    images: UnsafePointer<Float>, labels: UnsafePointer<Int32>?, count: Int,
    into output: UnsafeMutablePointer<Float>? = nil, losses: UnsafeMutablePointer<Float>? = nil
  ) throws -> StepResult { fatalError() }
}

/// What a step found.
public struct StepResult: Sendable, Hashable {
  /// The mean over the samples.
  public var loss: Double
  /// Samples whose largest output is the label's.
  public var correct: Int
  public var count: Int
}

/// Where a trained parameter lies in the flat arenas of a plan.
public struct ParameterSlice: Sendable, Hashable {
  /// PyTorch's name, for example `block1.0.depthwise.weight`.
  public var name: String
  public var offset: Int
  public var count: Int
  /// Biases and BatchNorm's weights, which some recipes exempt from weight decay.
  public var isBiasOrNorm: Bool
}
