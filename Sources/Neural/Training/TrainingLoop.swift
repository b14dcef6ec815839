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
  /// The average of the weights; `nil` without one.
  let average: WeightAverage?
  /// The gradients of the batches since the last update; `nil` if every batch is an update.
  let gradientSum: GradientSum?
  /// Where the training is on its schedule, in updates.
  private(set) var cursor: ScheduleCursor
  /// The same for the groups of parameters.
  private var groupCursors: [ScheduleCursor]
  /// The number of finished batches.
  private var batches = 0
  private let batchesPerEpoch: Int
  private let recipe: TrainingRecipe
  /// Named in the error where the loss is not finite; `nil` where no weights were saved.
  var lastCheckpoint: String?

  /// Compiles the model; all of the memory is allocated here.
  ///
  /// - Parameters:
  ///   - model: the model; its weights are copied.
  ///   - batchSize: the maximum number of images in a batch.
  ///   - recipe: the optimizer and its groups, the schedule, the loss, clipping, accumulation and averaging.
  ///   - batchesPerEpoch: for the schedule.
  ///   - threads: number of threads, 1…256; does not affect the results.
  ///   - seed: the seed of dropout.
  ///   - frozen: the parameters that are not trained; `nil` for the model's.
  /// - Throws: ``PlanError``, or ``LossError`` for a parameter of the loss.
  public init(
    _ model: Model, _ recipe: TrainingRecipe, batchSize: Int, batchesPerEpoch: Int, threads: Int,
    seed: UInt64,
    frozen: Set<String>? = nil
  ) throws {
    plan = try Plan(
      model, batchSize: batchSize, loss: recipe.loss, threads: threads, seed: seed,
      precision: recipe.precision, frozen: frozen,
      recomputesStatistics: recipe.averaging?.recomputesStatistics == true)
    update = ParameterUpdate(
      recipe.optimizer, clipping: recipe.gradientClipping, groups: recipe.groups, decay: recipe.decay,
      of: plan)
    average = recipe.averaging.map { [plan] in WeightAverage($0, of: plan) }
    gradientSum = recipe.accumulate > 1 ? GradientSum(of: plan) : nil
    func cursor(_ learningRate: Double?) -> ScheduleCursor {
      ScheduleCursor(
        schedule: recipe.schedule, learningRate: learningRate ?? recipe.optimizer.learningRate,
        batchesPerEpoch: recipe.updatesPerEpoch(batches: batchesPerEpoch), epochs: recipe.epochs)
    }
    self.cursor = cursor(nil)
    groupCursors = recipe.groups.map { cursor($0.learningRate) }
    self.batchesPerEpoch = batchesPerEpoch
    self.recipe = recipe
  }

  /// Trains one batch. Its gradients are applied at once, or with those of other batches
  /// (``TrainingRecipe/accumulate``).
  ///
  /// - Throws: ``TrainingError`` if the loss is not finite, before anything is updated; ``PlanError``; errors
  ///   of the schedule.
  @discardableResult
  public func step(
    images: UnsafePointer<Float>, targets: BatchTargets, count: Int
  ) throws -> StepResult {
    let point = try cursor.point
    let result = try plan.trainStep(images: images, targets: targets, count: count, step: batches)
    guard result.loss.isFinite else {
      throw TrainingError(
        .notFinite(
          epoch: cursor.epochs + 1, step: batches + 1, learningRate: point.learningRate,
          kept: lastCheckpoint))
    }
    try applyGradients(at: point)
    return result
  }

  /// Takes a batch's gradients, which are in the plan: applies them, or keeps them for a later update.
  ///
  /// - Parameter point: the point of the schedule; `nil` for the current one.
  func applyGradients(at point: SchedulePoint? = nil) throws {
    let point = try point ?? cursor.point
    batches += 1
    if let gradientSum {
      guard gradientSum.count + 1 == recipe.accumulate || batches.isMultiple(of: batchesPerEpoch) else {
        gradientSum.addBatch()
        return
      }
      gradientSum.setMean()
    }
    try setGroupRates(point)
    update.apply(
      at: OptimizerStep(
        time: cursor.batches + 1, learningRate: point.learningRate, momentum: point.momentum))
    if recipe.averaging?.takesEveryUpdate == true { average?.add() }
    cursor.batchEnded()
    for index in groupCursors.indices { groupCursors[index].batchEnded() }
  }

  /// Sets the groups' rates: by their own course of the schedule, or in their ratio to the optimizer's rate if the
  /// schedule replaces that.
  private func setGroupRates(_ point: SchedulePoint) throws {
    for (index, group) in recipe.groups.enumerated() {
      guard let own = group.learningRate else { continue }
      update.groupRates[index] =
        recipe.schedule.replacesLearningRate
        ? point.learningRate * (own / recipe.optimizer.learningRate)
        : try groupCursors[index].learningRate
    }
  }

  /// Advances the schedule by an epoch.
  func epochEnded(metric: Double) {
    cursor.epochEnded(metric: metric)
    for index in groupCursors.indices { groupCursors[index].epochEnded(metric: metric) }
  }

  /// Moves to where a run was interrupted: after epochs that ended with these metrics, and `more` batches of the next.
  func fastForward(epochsEndedWith metrics: [Double], batches more: Int) {
    let updates = recipe.updates(after: more, of: batchesPerEpoch)
    cursor.fastForward(epochsEndedWith: metrics, batches: updates)
    for index in groupCursors.indices {
      groupCursors[index].fastForward(epochsEndedWith: metrics, batches: updates)
    }
    batches = metrics.count * batchesPerEpoch + more
  }

  // MARK: Averaged weights

  /// Takes the weights after an epoch into an average of epochs, and computes the running statistics of the average.
  ///
  /// - Parameters:
  ///   - epoch: the epoch, counted from 1. If it already is in the average, only the statistics are computed.
  ///   - stream: the training images; the epoch's batches are used.
  /// - Throws: ``TrainingError`` once `shouldStop` says so.
  func averageEpoch(_ epoch: Int, of stream: BatchStream, shouldStop: () -> Bool) throws {
    guard let averaging = recipe.averaging, averaging.recomputesStatistics, let average else { return }
    let count = averaging.count(afterEpoch: epoch, updates: 0)
    if count == 0 { return }
    if average.count < count { average.add() }
    average.exchange()
    defer { average.exchange() }
    var batch = 0
    try stream.epoch(epoch - 1) { prepared in
      guard let input = prepared.input else { return }
      try plan.observe(images: input.images, count: prepared.count, step: batch, batch: batch)
      batch += 1
      if shouldStop() { throw TrainingError(.interrupted(epoch: epoch)) }
    }
  }

  /// Runs `body` with the weights that are evaluated and saved: the average, if there is one yet.
  func withEvaluatedWeights<T>(_ body: () throws -> T) rethrows -> T {
    guard let average, average.count > 0 else { return try body() }
    average.exchange()
    defer { average.exchange() }
    return try body()
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
