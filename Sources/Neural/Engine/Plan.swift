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
  /// Weight gradients are summed within so many groups of a batch's images, then over the groups: the order
  /// of the sums, and so every bit of them, is the same for any number of threads.
  static let gradientGroups = 8

  public let model: String
  public let input: Shape
  public let output: Shape
  public let batchSize: Int
  public let mode: Mode
  /// What training steps are computed with: what was asked for, or ``Precision/float32`` where the processor
  /// cannot.
  public let precision: Precision
  private let engine: Engine

  /// - Parameters:
  ///   - batchSize: the most samples a step may take, 1…65536.
  ///   - threads: 1…256; the number changes no result.
  ///   - seed: keys the dropout's random numbers.
  /// - Throws: ``PlanError`` where the model does not fit the loss or the memory.
  public init(
    _ model: Model, batchSize: Int, loss: Loss, threads: Int, seed: UInt64, precision: Precision = .float32,
    mode: Mode = .training
  ) throws {
    let request = try Self.request(
      model.graph, model: model.name, batchSize: batchSize, loss: loss, threads: threads, seed: seed,
      mode: mode, precision: precision)
    engine = try Engine(model.graph, model: model.name, request: request)
    self.model = model.name
    input = model.input
    output = model.output
    self.batchSize = batchSize
    self.mode = mode
    self.precision = request.options.precision
    try load(model.state)
  }

  private static func request(
    _ graph: ModelGraph, model: String, batchSize: Int, loss: Loss, threads: Int, seed: UInt64, mode: Mode,
    precision: Precision
  ) throws -> EngineRequest {
    func check(_ holds: Bool, _ fact: PlanError.Fact) throws {
      if !holds { throw PlanError(fact: fact, model: model) }
    }
    try check((1...largestBatch).contains(batchSize), .batchSize(batchSize))
    try check((1...mostThreads).contains(threads), .threads(threads))
    if case .crossEntropy(let smoothing) = loss {
      try check((0...1).contains(smoothing), .labelSmoothing(smoothing))
    }
    try check(!graph.output.isImage, .outputNotFeatures(graph.output))
    return EngineRequest(
      options: Compiler.Options(
        batchSize: batchSize, trains: mode == .training, precision: precision.supported),
      objective: .loss(loss),
      threads: threads, seed: seed)
  }

  /// Bytes a plan holds, known without allocating them.
  ///
  /// - Throws: ``PlanError`` as the initialiser does.
  public static func memoryBytes(
    graph: ModelGraph, batchSize: Int, mode: Mode = .training, threads: Int = 1,
    precision: Precision = .float32
  ) throws -> Int {
    let request = try request(
      graph, model: "", batchSize: batchSize, loss: .nll, threads: threads, seed: 0, mode: mode,
      precision: precision)
    return try Blueprint(graph, model: "", request: request).bytes
  }

  public var memoryBytes: Int { engine.memoryBytes }

  // MARK: Parameters

  /// Every trained number, in the layout that ``parameterSlices`` describes; valid as long as the plan lives.
  public var parameters: UnsafeMutableBufferPointer<Float> { engine.parameters }
  /// The gradient of the mean loss of the last training step, in the same layout; empty in inference.
  public var gradients: UnsafeMutableBufferPointer<Float> { engine.gradients }
  /// Where each trained parameter lies in ``parameters`` and ``gradients``; together they cover both.
  public var parameterSlices: [ParameterSlice] { engine.store.slices }

  /// Sets parameters and running statistics from PyTorch's names and shapes; `num_batches_tracked` is
  /// ignored.
  ///
  /// - Throws: ``PlanError`` for a missing or unexpected name or another shape; nothing is changed then.
  public func load(_ state: [String: Tensor]) throws {
    try check(state, trainedOnly: false)
    for entry in engine.store.entries {
      let arena = entry.specification.isTrained ? engine.parameters : engine.statistics
      if let base = arena.baseAddress, let tensor = state[entry.name] {
        entry.load(tensor.values, into: base)
      }
    }
  }

  /// Parameters and running statistics by PyTorch's names, in PyTorch's shapes: the inverse of ``load(_:)``.
  public func state() -> [String: Tensor] {
    var state = tensors(from: UnsafeBufferPointer(engine.parameters))
    for entry in engine.store.entries where !entry.specification.isTrained {
      if let base = engine.statistics.baseAddress { state[entry.name] = entry.tensor(from: base) }
    }
    return state
  }

  /// Numbers laid out as ``parameters`` (an optimizer's momentum, say) by PyTorch's names and shapes.
  ///
  /// - Precondition: `arena` holds as many numbers as ``parameters``.
  public func tensors(from arena: UnsafeBufferPointer<Float>) -> [String: Tensor] {
    precondition(arena.count == parameters.count, "an arena of this plan holds \(parameters.count) numbers")
    var tensors: [String: Tensor] = [:]
    for entry in engine.store.entries where entry.specification.isTrained {
      if let base = arena.baseAddress { tensors[entry.name] = entry.tensor(from: base) }
    }
    return tensors
  }

  /// The inverse of ``tensors(from:)``.
  ///
  /// - Throws: ``PlanError`` as ``load(_:)`` does.
  /// - Precondition: `arena` holds as many numbers as ``parameters``.
  public func fill(_ arena: UnsafeMutableBufferPointer<Float>, from tensors: [String: Tensor]) throws {
    precondition(arena.count == parameters.count, "an arena of this plan holds \(parameters.count) numbers")
    try check(tensors, trainedOnly: true)
    for entry in engine.store.entries where entry.specification.isTrained {
      if let base = arena.baseAddress, let tensor = tensors[entry.name] {
        entry.load(tensor.values, into: base)
      }
    }
  }

  private func check(_ state: [String: Tensor], trainedOnly: Bool) throws {
    if let fact = engine.store.fault(in: state, trainedOnly: trainedOnly) {
      throw PlanError(fact: fact, model: model)
    }
  }

  // MARK: Steps

  /// Forward and backward: leaves the gradient of the mean loss in ``gradients`` and moves the running
  /// statistics. It does not change ``parameters``.
  ///
  /// - Parameters:
  ///   - images: [count, height, width, channels].
  ///   - labels: [count], each in 0 ..< classes.
  ///   - count: 1…batchSize, so that a short last batch works.
  ///   - step: keys the dropout's random numbers together with the seed; nothing else is remembered.
  /// - Throws: ``PlanError`` for a count or label out of range; nothing is changed then.
  public func trainStep(
    images: UnsafePointer<Float>, labels: UnsafePointer<Int32>, count: Int, step: Int
  ) throws -> StepResult {
    guard mode == .training else { throw PlanError(fact: .inferenceOnly, model: model) }
    try check(labels, count: count)
    engine.run.labels = labels
    engine.run.output = nil
    engine.train(images: images, count: count, imageElements: input.elements, step: step)
    return result(count)
  }

  /// Forward with running statistics and without dropout.
  ///
  /// - Parameters:
  ///   - labels: `nil` where they are not known; loss and correct are then 0.
  ///   - output: [count, classes], what the model ends with: logits, probabilities or their logarithms.
  ///   - losses: [count], the loss of each sample; not touched without labels.
  /// - Throws: ``PlanError`` for a count or label out of range.
  public func evaluate(
    images: UnsafePointer<Float>, labels: UnsafePointer<Int32>?, count: Int,
    into output: UnsafeMutablePointer<Float>? = nil, losses: UnsafeMutablePointer<Float>? = nil
  ) throws -> StepResult {
    try check(labels, count: count)
    engine.run.labels = labels
    engine.run.output = output
    engine.evaluate(images: images, count: count, imageElements: input.elements)
    guard labels != nil else { return StepResult(loss: 0, correct: 0, count: count) }
    if let losses {
      for sample in 0..<count { losses[sample] = Float(engine.run.losses[sample]) }
    }
    return result(count)
  }

  private func check(_ labels: UnsafePointer<Int32>?, count: Int) throws {
    guard (1...batchSize).contains(count) else {
      throw PlanError(fact: .count(found: count, batchSize: batchSize), model: model)
    }
    guard let labels else { return }
    for sample in 0..<count where !(0..<output.elements).contains(Int(labels[sample])) {
      throw PlanError(
        fact: .label(found: labels[sample], classes: output.elements, sample: sample), model: model)
    }
  }

  private func result(_ count: Int) -> StepResult {
    let sum = (0..<count).reduce(0.0) { $0 + engine.run.losses[$1] }
    return StepResult(
      loss: sum / Double(count), correct: (0..<count).count { engine.run.hits[$0] }, count: count)
  }
}

/// What a step found.
public struct StepResult: Sendable, Hashable {
  /// The mean over the samples; not finite where training has diverged.
  public var loss: Double
  /// Samples whose largest output is the label's.
  public var correct: Int
  public var count: Int

  public init(loss: Double, correct: Int, count: Int) {
    self.loss = loss
    self.correct = correct
    self.count = count
  }
}
