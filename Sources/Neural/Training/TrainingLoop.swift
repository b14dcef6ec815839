import Support

/// The training loop: for each batch, forward, backward, clipping, update, and the schedule's next point.
///
/// All training uses this loop: ``Trainer`` adds evaluation, checkpoints and records.
/// ``TrainingOutline/measure(steps:seconds:)`` and the benchmarks add clocks.
///
///     let loop = try TrainingLoop(model, recipe, batchSize: 64, batchesPerEpoch: 781, threads: 2, seed: 1)
///     try loop.epoch(0, of: stream) { batch in print(batch.result.loss) }
public final class TrainingLoop {
  public let plan: Plan
  let update: ParameterUpdate
  /// Where the training is on its schedule.
  var cursor: ScheduleCursor
  /// Named in the error where the loss is not finite; `nil` where no weights were saved.
  var lastCheckpoint: String?

  /// Compiles the model; all of the memory is allocated here.
  ///
  /// - Parameters:
  ///   - model: the model; its weights are copied.
  ///   - batchSize: the maximum number of images in a batch.
  ///   - recipe: the optimizer, the schedule, the loss and the clipping.
  ///   - batchesPerEpoch: for the schedule.
  ///   - threads: number of threads, 1…256; does not affect the results.
  ///   - seed: the seed of dropout.
  /// - Throws: ``PlanError``, or ``LossError`` for a parameter of the loss.
  public init(
    _ model: Model, _ recipe: TrainingRecipe, batchSize: Int, batchesPerEpoch: Int, threads: Int, seed: UInt64
  ) throws {
    plan = try Plan(
      model, batchSize: batchSize, loss: recipe.loss, threads: threads, seed: seed,
      precision: recipe.precision)
    update = ParameterUpdate(recipe.optimizer, clipping: recipe.gradientClipping, of: plan)
    cursor = ScheduleCursor(
      schedule: recipe.schedule, optimizer: recipe.optimizer, batchesPerEpoch: batchesPerEpoch,
      epochs: recipe.epochs)
  }

  /// Trains one batch.
  ///
  /// - Throws: ``TrainingError`` if the loss is not finite, before anything is updated; ``PlanError``; errors
  ///   of the schedule.
  @discardableResult
  public func step(
    images: UnsafePointer<Float>, targets: BatchTargets, count: Int
  ) throws -> StepResult {
    let point = try cursor.point
    let result = try plan.trainStep(images: images, targets: targets, count: count, step: cursor.batches)
    let time = cursor.batches + 1
    guard result.loss.isFinite else {
      throw TrainingError(
        .notFinite(
          epoch: cursor.epochs + 1, step: time, learningRate: point.learningRate, kept: lastCheckpoint))
    }
    update.apply(
      at: OptimizerStep(time: time, learningRate: point.learningRate, momentum: point.momentum))
    cursor.batchEnded()
    return result
  }

  /// A batch that was trained on.
  public struct TrainedBatch: Sendable {
    /// The loss and the metric.
    public var result: StepResult
    /// Seconds until the batch was ready.
    public var waiting: Double
    /// Seconds since the previous batch, including waiting.
    public var seconds: Double
  }

  /// Trains the batches of an epoch, in order.
  ///
  /// - Parameters:
  ///   - number: the epoch, from 0; decides the order of the images.
  ///   - stream: the batches.
  ///   - start: the first batch, to resume an epoch.
  ///   - limit: maximum number of batches; `nil` for all remaining ones.
  ///   - body: called after every batch.
  /// - Throws: as ``step(images:targets:count:)``, and what `body` throws.
  public func epoch(
    _ number: Int, of stream: BatchStream, startingAt start: Int = 0, limit: Int? = nil,
    _ body: (TrainedBatch) throws -> Void
  ) throws {
    let clock = ContinuousClock()
    var last = clock.now
    try stream.epoch(number, startingAt: start, limit: limit) { batch in
      let ready = clock.now
      guard let input = batch.input else { return }
      let result = try step(images: input.images, targets: input.targets, count: batch.count)
      let end = clock.now
      defer { last = end }
      try body(
        TrainedBatch(result: result, waiting: (ready - last).seconds, seconds: (end - last).seconds))
    }
  }
}
