import Support

/// Trains a model on image data: batches, steps, evaluation, checkpoints.
///
///     let trainer = try Trainer(model, data, TrainingRecipe(epochs: 2), threads: 2, seed: 1)
///     let history = try trainer.run()
///
/// The same seed gives the same bytes for any number of threads, and for a training that was interrupted and
/// resumed: see ``onState`` and ``resume(from:)``.
public final class Trainer {
  let model: Model
  let data: ImageData
  let recipe: TrainingRecipe
  private let seed: UInt64
  let plan: Plan
  private let slots: [FloatBuffer]
  let slotBuffers: [UnsafeMutableBufferPointer<Float>]
  var cursor: ScheduleCursor
  var history: History
  /// The epochs that have ended, also when the run was cut short.
  public var partialHistory: History { history }

  // Where the training stands.
  /// The epoch that has begun.
  var unfinished: TrainingState.UnfinishedEpoch?
  /// The weights after the last epoch that ended, and after the best one.
  var lastWeights: [String: Tensor]?
  var bestWeights: [String: Tensor]?
  let keeping = StateKeeping()
  /// How many threads train; `nil` where that is not known, or another number of them trained before a break.
  public internal(set) var threads: Int?

  /// What training steps are computed with; ``Precision/float32`` where the processor cannot do what was asked.
  public var precision: Precision { plan.precision }

  /// Where `best.safetensors` and `last.safetensors` go; `nil`: nowhere.
  public var checkpointDirectory: String?
  public var onBatch: (BatchProgress) -> Void = { _ in }
  /// Called after every epoch, its record last in the history.
  ///
  /// A resumed training calls it for the epochs that ended before, too, each with the history up to it, and then
  /// goes on: whoever collects them sees the same sequence. Weights and checkpoints are then already the last ones.
  public var onEpoch: (History) throws -> Void = { _ in }
  /// Called before the training set is scored in evaluation mode, after the last epoch.
  public var onFinalScore: () -> Void = {}
  /// Asked after every batch.
  public var shouldStop: () -> Bool = { false }

  /// Keeps what the training needs to go on; `nil`: nothing is kept.
  ///
  /// Called after an epoch once ``stateInterval`` has passed, within long epochs (``stateIntervalWithinEpochs``,
  /// ``stateEvery``), after the last epoch, again when the training set is scored, and before the training throws
  /// `.interrupted`. Once the loss, a weight or the optimizer's state is not finite, nothing more is kept.
  public var onState: ((TrainingState) throws -> Void)?
  /// Called with the first error that ``onState`` throws. The training goes on.
  public var onStateFailure: (any Error) -> Void = { _ in }
  /// The least number of seconds between two states that are kept after epochs.
  public var stateInterval = 1.0
  /// Within an epoch a state is kept after so many seconds without one.
  public var stateIntervalWithinEpochs = 15.0
  /// Within an epoch a state is kept after every so many batches; `nil`: by the clock alone.
  public var stateEvery: Int?

  /// Compiles the model for the data's batches; all of the run's memory is allocated here.
  public init(_ model: Model, _ data: ImageData, _ recipe: TrainingRecipe, threads: Int, seed: UInt64) throws
  {
    try recipe.check(model, on: data.outline)
    self.model = model
    self.data = data
    self.recipe = recipe
    self.seed = seed
    self.threads = threads
    plan = try Plan(
      model, batchSize: data.batchSize, loss: recipe.loss, threads: threads, seed: seed,
      precision: recipe.precision, mode: .training)
    try plan.load(model.state)
    let count = plan.parameters.count
    slots = (0..<recipe.optimizer.slotCount).map { _ in FloatBuffer(zeros: count) }
    slotBuffers = slots.map(\.buffer)
    cursor = ScheduleCursor(
      schedule: recipe.schedule, optimizer: recipe.optimizer, batchesPerEpoch: data.batchesPerEpoch,
      epochs: recipe.epochs)
    history = History(
      modelName: model.name, plannedEpochs: recipe.epochs, batchesPerEpoch: data.batchesPerEpoch,
      batchSize: data.batchSize,
      imagesPerEpoch: data.dropLast ? data.batchesPerEpoch * data.batchSize : data.train.count)
    history.patience = recipe.earlyStopping
    history.target = recipe.target
  }

  /// Runs all epochs, or until early stopping; leaves the last weights in the model.
  ///
  /// - Throws: ``TrainingError`` where the loss is not finite or the user stopped; what `onEpoch` throws;
  ///   ``CheckpointError`` where weights cannot be written.
  public func run() throws -> History {
    keeping.begin()
    try tellRestoredEpochs()
    if !isComplete {
      let stream = try BatchStream(
        set: data.train, pipeline: data.pipeline, batchSize: data.batchSize, dropLast: data.dropLast,
        shuffle: true, seed: seed)
      while !isComplete { try trainEpoch(stream) }
    }
    history.scheduleCurve = try recipe.schedule.curve(
      optimizer: recipe.optimizer, batches: min(40, data.batchesPerEpoch * recipe.epochs),
      batchesPerEpoch: data.batchesPerEpoch)
    if history.trainEvaluation == nil {
      onFinalScore()
      history.trainEvaluation = try Scorer.score(
        plan, data.train, data.pipeline, batchSize: data.batchSize, shouldStop: shouldStop)
      keepState()
    }
    return history
  }

  /// Whether all epochs have ended, or early stopping has ended the training.
  var isComplete: Bool { history.epochs.count >= recipe.epochs || history.stoppedEarly }

  private func trainEpoch(_ stream: BatchStream) throws {
    let epoch = history.epochs.count + 1
    let timer = EpochTimer(before: unfinished?.seconds ?? 0)
    try trainBatches(of: epoch, stream, timer)
    let sums = unfinished ?? TrainingState.UnfinishedEpoch()
    let weights = plan.state()
    model.state = weights
    let test: Score
    do {
      test = try Scorer.score(
        plan, data.held, data.pipeline, batchSize: data.batchSize, shouldStop: shouldStop)
    } catch {
      unfinished?.seconds = timer.seconds
      keepState()
      throw error
    }
    // Read after the epoch's last step, before a per-epoch schedule moves on, as the published log does.
    let learningRate = try cursor.learningRate
    cursor.epochEnded(metric: test.loss)
    let isBest = history.best.map { test.accuracy > $0.testAccuracy } ?? true
    let seen = Double(max(1, imagesSeen(sums.batch)))
    history.epochs.append(
      EpochRecord(
        epoch: epoch, trainLoss: sums.loss / seen, trainAccuracy: Double(sums.correct) / seen,
        testLoss: test.loss, testAccuracy: test.accuracy, learningRate: learningRate, seconds: timer.seconds,
        isBest: isBest,
        epochsWithoutImprovement: isBest ? 0 : (history.last?.epochsWithoutImprovement ?? 0) + 1))
    history.stoppedEarly = recipe.earlyEnd(of: history.epochs) != nil
    unfinished = nil
    lastWeights = weights
    if isBest { bestWeights = weights }
    try saveCheckpoints(isBest: isBest)
    if isComplete || keeping.isDue(after: stateInterval) { keepState() }
    try onEpoch(history)
  }

  private func trainBatches(of epoch: Int, _ stream: BatchStream, _ timer: EpochTimer) throws {
    var sums = unfinished ?? TrainingState.UnfinishedEpoch()
    try stream.epoch(epoch - 1, startingAt: sums.batch) { batch in
      let point = try cursor.point
      guard let images = batch.images.baseAddress, let labels = batch.labels.baseAddress else { return }
      let result = try plan.trainStep(
        images: images, labels: labels, count: batch.count, step: cursor.batches)
      guard result.loss.isFinite else {
        throw TrainingError(
          .notFinite(
            epoch: epoch, step: cursor.batches + 1, learningRate: point.learningRate,
            kept: history.lastCheckpoint))
      }
      recipe.gradientClipping?.apply(to: plan.gradients)
      recipe.optimizer.update(
        plan.parameters, gradients: UnsafeBufferPointer(plan.gradients), slots: slotBuffers,
        time: cursor.batches + 1, learningRate: point.learningRate, momentum: point.momentum)
      cursor.batchEnded()
      sums.batch += 1
      sums.correct += result.correct
      sums.loss += result.loss * Double(batch.count)
      sums.seconds = timer.seconds
      unfinished = sums
      report(epoch, sums)
      let stops = shouldStop()
      if stops || keeping.isDue(after: stateIntervalWithinEpochs)
        || stateEvery.map({ sums.batch.isMultiple(of: $0) }) ?? false
      {
        keepState()
      }
      if stops { throw TrainingError(.interrupted(epoch: epoch)) }
    }
  }

  private func imagesSeen(_ batches: Int) -> Int { min(batches * data.batchSize, history.imagesPerEpoch) }

  private func report(_ epoch: Int, _ sums: TrainingState.UnfinishedEpoch) {
    let seen = Double(imagesSeen(sums.batch))
    let rate = seen / max(sums.seconds, 1e-9)
    let imagesLeft = Double(history.imagesPerEpoch) * Double(recipe.epochs - epoch + 1) - seen
    // An epoch also evaluates; what earlier epochs took tells how long that is.
    let perEpoch = history.last.map { $0.seconds } ?? Double(history.imagesPerEpoch) / rate
    let left = min(imagesLeft / rate, .infinity)
    let known = Double(recipe.epochs - epoch) * perEpoch + max(0, perEpoch - sums.seconds)
    onBatch(
      BatchProgress(
        epoch: epoch, epochs: recipe.epochs, batch: sums.batch, batches: history.batchesPerEpoch,
        imagesPerSecond: rate, loss: sums.loss / seen, accuracy: Double(sums.correct) / seen,
        secondsLeft: history.epochs.isEmpty ? left : known))
  }

  /// Writes the last epoch's weights, and those of the best epoch where they are to be written.
  func saveCheckpoints(isBest: Bool) throws {
    guard let directory = checkpointDirectory, let last = history.last, let best = history.best else {
      return
    }
    try AtomicFile.createDirectory(directory)
    let path = (last: "\(directory)/last.safetensors", best: "\(directory)/best.safetensors")
    try checkpoint(lastWeights, after: last).write(to: path.last)
    history.lastCheckpoint = path.last
    guard isBest else { return }
    try checkpoint(bestWeights, after: best).write(to: path.best)
    history.bestCheckpoint = path.best
  }

  private func checkpoint(_ weights: [String: Tensor]?, after record: EpochRecord) -> Checkpoint {
    Checkpoint(
      state: weights ?? [:], batchesTracked: record.epoch * data.batchesPerEpoch,
      metadata: [
        "format": "pt", "model": model.name, "epoch": "\(record.epoch)",
        "test_accuracy": "\(record.testAccuracy)",
      ])
  }
}

/// An epoch's seconds, with those before an interruption.
struct EpochTimer {
  let before: Double
  private let start = ContinuousClock.now

  init(before: Double) { self.before = before }

  var seconds: Double { before + (ContinuousClock.now - start).seconds }
}
