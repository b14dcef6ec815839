/// A model compiled for a batch size: memory is allocated once, and batches then run without allocations.
///
/// Images have the layout NHWC; state has PyTorch's names and shapes. The same seed, state and
/// batches give the same bytes for any number of threads. Use a plan from one thread at a time.
///
///     let plan = try Plan(model, batchSize: 64, loss: .nll, threads: 2, seed: 1)
///     let result = try plan.trainStep(images: pixels, labels: labels, count: 64, step: 0)
///     // the optimizer reads plan.gradients and changes plan.parameters
///     model.state = plan.state()
public final class Plan {
  /// The purpose that a plan is compiled for.
  public enum Mode: Sendable, Hashable {
    /// Forward and backward passes.
    case training
    /// No gradients and far less memory; ``trainStep(images:labels:count:step:)`` throws.
    case inference
  }

  /// The largest batch size.
  public static let largestBatch = 1 << 16
  /// The largest number of threads.
  public static let mostThreads = 256

  /// The name of the model.
  public let model: String
  /// The shape of one image.
  public let input: Shape
  /// The shape of the output for one image.
  public let output: Shape
  /// The maximum number of samples in a batch.
  public let batchSize: Int
  /// The purpose that the plan was compiled for.
  public let mode: Mode
  /// The precision of training steps: the one requested, or ``Precision/float32`` if the processor lacks it.
  public let precision: Precision
  private let loss: Loss
  private let engine: Engine
  /// Of the metrics' terms.
  private let sums: UnsafeMutableBufferPointer<Double>

  /// - Parameters:
  ///   - model: the model; its weights are copied.
  ///   - batchSize: the maximum number of samples in a batch, 1…65,536.
  ///   - loss: the loss of training and evaluation.
  ///   - threads: number of threads, 1…256; does not affect the results.
  ///   - seed: the seed of dropout.
  ///   - precision: the precision of training, if the processor supports it.
  ///   - mode: inference needs less memory and cannot train.
  ///   - frozen: the parameters that training leaves as they are; `nil` for the model's.
  ///   - recomputesStatistics: whether `observe` will be called, which recomputes running statistics.
  /// - Throws: ``PlanError`` if the model does not fit into memory, ``LossError`` for an invalid parameter of
  ///   the loss.
  public init(
    _ model: Model, batchSize: Int, loss: Loss, threads: Int, seed: UInt64, precision: Precision = .float32,
    mode: Mode = .training, frozen: Set<String>? = nil, recomputesStatistics: Bool = false
  ) throws {
    var request = try Self.request(
      model.graph, model: model.name, batchSize: batchSize, loss: loss, threads: threads, seed: seed,
      mode: mode, precision: precision)
    request.options.frozen = frozen ?? model.frozen
    request.recomputesStatistics = recomputesStatistics
    engine = try Engine(model.graph, model: model.name, request: request)
    self.loss = loss
    sums = .allocate(capacity: engine.metrics.termsPerSample)
    sums.initialize(repeating: 0)
    self.model = model.name
    input = model.input
    output = model.output
    self.batchSize = batchSize
    self.mode = mode
    self.precision = request.options.precision
    try load(model.state)
  }

  deinit { sums.deallocate() }

  private static func request(
    _ graph: ModelGraph, model: String, batchSize: Int, loss: Loss, threads: Int, seed: UInt64, mode: Mode,
    precision: Precision
  ) throws -> EngineRequest {
    func check(_ holds: Bool, _ fact: PlanError.Fact) throws {
      if !holds { throw PlanError(fact: fact, model: model) }
    }
    try check((1...largestBatch).contains(batchSize), .batchSize(batchSize))
    try check((1...mostThreads).contains(threads), .threads(threads))
    try loss.function.validate()
    try loss.checkClassWeights(outputs: graph.output.elements)
    try check(!graph.output.isImage, .outputNotFeatures(graph.output))
    return EngineRequest(
      options: CompilerOptions(
        batchSize: batchSize, trains: mode == .training, precision: precision.supported),
      objective: .loss(loss),
      threads: threads, seed: seed)
  }

  /// The memory that a plan needs, in bytes, computed without allocating it.
  ///
  /// - Throws: ``PlanError`` as the initialiser does.
  public static func memoryBytes(
    graph: ModelGraph, batchSize: Int, mode: Mode = .training, threads: Int = 1,
    precision: Precision = .float32, recomputesStatistics: Bool = false
  ) throws -> Int {
    var request = try request(
      graph, model: "", batchSize: batchSize, loss: .nll, threads: threads, seed: 0, mode: mode,
      precision: precision)
    request.recomputesStatistics = recomputesStatistics
    return try Blueprint(graph, model: "", request: request).bytes
  }

  /// The memory that the plan has allocated, in bytes.
  public var memoryBytes: Int { engine.memoryBytes }

  // MARK: Parameters

  /// All trainable parameters, in the layout that ``parameterSlices`` describes; valid for the lifetime of
  /// the plan.
  public var parameters: UnsafeMutableBufferPointer<Float> { engine.parameters }
  /// The gradient of the mean loss of the last training batch, in the same layout; empty in inference mode.
  public var gradients: UnsafeMutableBufferPointer<Float> { engine.gradients }
  /// The position of each trainable parameter in ``parameters`` and ``gradients``.
  public var parameterSlices: [ParameterSlice] { engine.store.slices }
  /// All running statistics.
  var statistics: UnsafeMutableBufferPointer<Float> { engine.statistics }

  /// Sets parameters and running statistics from PyTorch's names and shapes; `num_batches_tracked` is
  /// ignored.
  ///
  /// - Throws: ``PlanError`` for a missing or unexpected name or a wrong shape; the plan is then unchanged.
  public func load(_ state: [String: Tensor]) throws {
    try fill(parameters: engine.parameters, statistics: engine.statistics, from: state)
  }

  /// The inverse of ``state(parameters:statistics:)``.
  ///
  /// - Throws: ``PlanError`` as ``load(_:)`` does.
  func fill(
    parameters: UnsafeMutableBufferPointer<Float>, statistics: UnsafeMutableBufferPointer<Float>,
    from state: [String: Tensor]
  ) throws {
    try check(state, trainedOnly: false)
    for entry in engine.store.entries {
      let arena = entry.specification.isTrained ? parameters : statistics
      if let base = arena.baseAddress, let tensor = state[entry.name] {
        entry.load(tensor.values, into: base)
      }
    }
  }

  /// Parameters and running statistics by PyTorch's names, in PyTorch's shapes: the inverse of ``load(_:)``.
  public func state() -> [String: Tensor] {
    state(
      parameters: UnsafeBufferPointer(engine.parameters), statistics: UnsafeBufferPointer(engine.statistics))
  }

  /// Numbers with the layout of ``parameters`` and of the running statistics, as tensors.
  func state(
    parameters: UnsafeBufferPointer<Float>, statistics: UnsafeBufferPointer<Float>
  ) -> [String: Tensor] {
    var state = tensors(from: parameters)
    for entry in engine.store.entries where !entry.specification.isTrained {
      if let base = statistics.baseAddress { state[entry.name] = entry.tensor(from: base) }
    }
    return state
  }

  /// Splits values with the layout of ``parameters``, such as an optimizer's momentum, into tensors with
  /// PyTorch's names and shapes.
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

  /// Runs the forward and backward passes: writes the gradient of the mean loss to ``gradients`` and updates
  /// the running statistics. Does not change ``parameters``.
  ///
  /// - Parameters:
  ///   - images: [count, height, width, channels].
  ///   - targets: of the kind that the loss takes; labels in 0 ..< classes.
  ///   - count: 1…batchSize, so that a short last batch works.
  ///   - step: the number of the batch; with the seed, determines the random numbers of dropout.
  /// - Throws: ``PlanError`` for a count or label out of range, or targets of the wrong kind; the plan is
  ///   then unchanged.
  public func trainStep(
    images: UnsafePointer<Float>, targets: BatchTargets, count: Int, step: Int
  ) throws -> StepResult {
    guard mode == .training else { throw PlanError(fact: .inferenceOnly, model: model) }
    try check(targets, count: count)
    engine.run.targets = targets
    engine.run.totalWeight = totalWeight(of: targets, count: count)
    engine.run.output = nil
    engine.train(images: images, count: count, imageElements: input.elements, step: step)
    return result(count)
  }

  /// The same for class labels, [count], each in 0 ..< classes.
  public func trainStep(
    images: UnsafePointer<Float>, labels: UnsafePointer<Int32>, count: Int, step: Int
  ) throws -> StepResult {
    try trainStep(images: images, targets: .labels(labels), count: count, step: step)
  }

  /// Runs the forward pass in evaluation mode: with running statistics and without dropout.
  ///
  /// - Parameters:
  ///   - images: [count, height, width, channels], normalised.
  ///   - targets: `nil` if they are unknown; loss and metrics are then 0.
  ///   - count: the number of images, at most ``batchSize``.
  ///   - output: [count, outputs], the model's outputs: logits, probabilities, log-probabilities or numbers.
  ///   - losses: [count], the loss of each sample; unchanged without targets.
  /// - Throws: ``PlanError`` for a count or label out of range, or targets of the wrong kind.
  public func evaluate(
    images: UnsafePointer<Float>, targets: BatchTargets?, count: Int,
    into output: UnsafeMutablePointer<Float>? = nil, losses: UnsafeMutablePointer<Float>? = nil
  ) throws -> StepResult {
    try check(targets, count: count)
    engine.run.targets = targets
    engine.run.totalWeight = totalWeight(of: targets, count: count)
    engine.run.output = output
    engine.evaluate(images: images, count: count, imageElements: input.elements)
    guard targets != nil else {
      sums.update(repeating: 0)
      return StepResult(loss: 0, metric: 0, count: count)
    }
    if let losses {
      for sample in 0..<count { losses[sample] = Float(engine.run.losses[sample]) }
    }
    return result(count)
  }

  /// The same for class labels, [count], each in 0 ..< classes.
  public func evaluate(
    images: UnsafePointer<Float>, labels: UnsafePointer<Int32>?, count: Int,
    into output: UnsafeMutablePointer<Float>? = nil, losses: UnsafeMutablePointer<Float>? = nil
  ) throws -> StepResult {
    try evaluate(
      images: images, targets: labels.map { .labels($0) }, count: count, into: output, losses: losses)
  }

  /// Runs the forward pass in training mode and takes the batch into the running statistics, which become their mean
  /// over the batches so far (PyTorch: BatchNorm with `momentum=None`). Does not change ``parameters``.
  ///
  /// - Parameters:
  ///   - images: [count, height, width, channels].
  ///   - step: with the seed, determines the random numbers of dropout.
  ///   - batch: the number of the batch, from 0; the first one replaces the statistics.
  /// - Throws: ``PlanError`` for a count out of range.
  func observe(images: UnsafePointer<Float>, count: Int, step: Int, batch: Int) throws {
    try check(nil, count: count)
    engine.observe(images: images, count: count, imageElements: input.elements, step: step, batch: batch)
  }

  /// Runs a region of an update on the plan's threads.
  func perform(_ region: PassSchedule.Region) { engine.perform(region) }

  /// The task's metrics and their terms.
  var metrics: MetricTerms { engine.metrics }

  /// The sums of the metrics' terms over the last step's samples; valid until the next step.
  var metricSums: UnsafeBufferPointer<Double> { UnsafeBufferPointer(sums) }

  private func check(_ targets: BatchTargets?, count: Int) throws {
    guard (1...batchSize).contains(count) else {
      throw PlanError(fact: .count(found: count, batchSize: batchSize), model: model)
    }
    guard let targets else { return }
    guard targets.kind == loss.task.targets else {
      throw PlanError(fact: .targets(found: targets.kind, loss: "\(loss)"), model: model)
    }
    switch targets {
    case .labels(let labels): try check(labels: labels, count)
    case .mixed(let labels, let others, _):
      try check(labels: labels, count)
      try check(labels: others, count)
    case .values: break
    }
  }

  private func check(labels: UnsafePointer<Int32>, _ count: Int) throws {
    for sample in 0..<count where !(0..<output.elements).contains(Int(labels[sample])) {
      throw PlanError(
        fact: .label(found: labels[sample], classes: output.elements, sample: sample), model: model)
    }
  }

  /// The sum of the samples' weights, which divides the sum of their losses.
  private func totalWeight(of targets: BatchTargets?, count: Int) -> Double {
    guard let targets, (loss.function as? any ClassificationLoss)?.classWeights != nil else {
      return Double(count)
    }
    return (0..<count).reduce(0) {
      $0 + loss.function.weight(of: targets.target(at: $1, outputs: output.elements))
    }
  }

  /// Adds up the samples in their order, whichever threads they were on.
  private func result(_ count: Int) -> StepResult {
    let sum = (0..<count).reduce(0.0) { $0 + engine.run.losses[$1] }
    let terms = engine.metrics.termsPerSample
    sums.update(repeating: 0)
    for sample in 0..<count {
      for index in 0..<terms { sums[index] += engine.run.metricTerms[sample * terms + index] }
    }
    let metric = engine.metrics.first(UnsafeBufferPointer(sums), count: count)
    return StepResult(loss: sum / engine.run.totalWeight, metric: metric, count: count)
  }
}

/// The result of a training or evaluation batch.
public struct StepResult: Sendable, Hashable {
  /// The mean loss over the samples, weighted by their class if the loss has class weights; not finite if training has diverged.
  public var loss: Double
  /// The task's deciding metric over the samples, for example the accuracy.
  public var metric: Double
  /// The number of samples.
  public var count: Int

  /// Creates a result.
  public init(loss: Double, metric: Double, count: Int) {
    self.loss = loss
    self.metric = metric
    self.count = count
  }
}
