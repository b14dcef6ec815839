import Support

/// Trains a model on image data, evaluates it after each epoch and writes checkpoints.
///
///     let trainer = try Trainer(model, data, TrainingRecipe(epochs: 2), threads: 2, seed: 1)
///     let history = try trainer.run()
///
/// The same seed gives the same bytes for any number of threads, and for an interrupted and resumed training
/// run: see ``onState`` and ``resume(from:)``.
public final class Trainer {
  let model: Model
  let data: ImageData
  let recipe: TrainingRecipe
  private let seed: UInt64
  let loop: TrainingLoop
  var plan: Plan { loop.plan }
  var history: History
  /// The history of the finished epochs, even if the run was interrupted.
  public var partialHistory: History { history }

  /// Which training of the model this is, counted from 1.
  private let number: Int

  // The training's progress.
  /// The epoch that has begun.
  var unfinished: TrainingState.UnfinishedEpoch?
  /// The weights after the last epoch that ended, and after the best one.
  var lastWeights: [String: Tensor]?
  var bestWeights: [String: Tensor]?
  let keeping = StateKeeping()
  /// The number of threads; `nil` if it is unknown, or differed before an interruption.
  public internal(set) var threads: Int?

  /// The precision of training steps; ``Precision/float32`` if the processor lacks the requested one.
  public var precision: Precision { plan.precision }

  /// The folder for `best.safetensors` and `last.safetensors`; `nil` writes neither.
  public var checkpointDirectory: String?
  /// Called after every batch.
  public var onBatch: (BatchProgress) -> Void = { _ in }
  /// Called after every epoch, its record last in the history.
  ///
  /// When training resumes, this is first called for each epoch that is already trained, with the history up
  /// to that epoch, so the sequence of calls is the same as without an interruption. Weights and checkpoints
  /// are then already those of the last epoch.
  public var onEpoch: (History) throws -> Void = { _ in }
  /// Called before the training set is scored in evaluation mode, after the last epoch.
  public var onFinalScore: () -> Void = {}
  /// Called after every batch; return true to stop training.
  public var shouldStop: () -> Bool = { false }

  /// Saves the state that the training needs to resume; `nil`: nothing is saved.
  ///
  /// Called after an epoch once ``stateInterval`` has passed, within long epochs (``stateIntervalWithinEpochs``,
  /// ``stateEvery``), after the last epoch, again when the training set is scored, and before the training throws
  /// `.interrupted`. Once the loss, a weight or the optimizer's state is not finite, no more states are saved.
  public var onState: ((TrainingState) throws -> Void)?
  /// Called with the first error that ``onState`` throws. The training continues.
  public var onStateFailure: (any Error) -> Void = { _ in }
  /// The minimum number of seconds between two states that are saved after epochs.
  public var stateInterval = 1.0
  /// The number of seconds within an epoch after which a state is saved.
  public var stateIntervalWithinEpochs = 15.0
  /// How often to save a state within an epoch, in batches; `nil` uses only ``stateIntervalWithinEpochs``.
  public var stateEvery: Int?

  /// Compiles the model for the data's batches; all of the run's memory is allocated here.
  public init(_ model: Model, _ data: ImageData, _ recipe: TrainingRecipe, threads: Int, seed: UInt64) throws
  {
    try recipe.check(model, on: data.outline)
    self.model = model
    number = model.trainings + 1
    self.data = data
    self.recipe = recipe
    self.seed = seed
    self.threads = threads
    loop = try TrainingLoop(
      model, try recipe.withWeightedLoss(for: data.outline), batchSize: data.batchSize,
      batchesPerEpoch: data.batchesPerEpoch, threads: threads,
      seed: seed)
    history = History(
      modelName: model.name, task: recipe.task, plannedEpochs: recipe.epochs,
      batchesPerEpoch: data.batchesPerEpoch,
      batchSize: data.batchSize,
      imagesPerEpoch: data.dropLast ? data.batchesPerEpoch * data.batchSize : data.train.count)
    history.isOfTable = data.dataset.table != nil
    history.patience = recipe.earlyStopping
    history.target = recipe.target
    history.averaging = recipe.averaging
  }

  /// Trains until the last epoch or early stopping. The model then has the weights of the last epoch, or of the best one
  /// with ``TrainingRecipe/restoreBestWeights``.
  ///
  /// - Throws: ``TrainingError`` if the loss is not finite or the user stops training; errors of `onEpoch`;
  ///   ``CheckpointError`` if weights cannot be written.
  public func run() throws -> History {
    keeping.begin()
    try tellRestoredEpochs()
    if !isComplete {
      let stream = try BatchStream(
        set: data.train, pipeline: data.pipeline, mixing: data.mixing, batchSize: data.batchSize,
        dropLast: data.dropLast, shuffle: true, seed: seed, sampler: data.sampler)
      while !isComplete { try trainEpoch(stream) }
    }
    history.scheduleCurve = try recipe.schedule.curve(
      optimizer: recipe.optimizer, batches: min(40, updatesPerEpoch * recipe.epochs),
      batchesPerEpoch: updatesPerEpoch)
    if history.trainEvaluation == nil {
      onFinalScore()
      history.trainEvaluation = try loop.withEvaluatedWeights {
        try Scorer.score(
          plan, data.train, data.pipeline, batchSize: data.batchSize, shouldStop: shouldStop)
      }
      keepState()
    }
    if recipe.restoreBestWeights, let best = history.best, let last = history.last, let bestWeights {
      model.setState(bestWeights, origin: origin(of: best.epoch, knownAfter: last.epoch))
    }
    return history
  }

  private var updatesPerEpoch: Int { recipe.updatesPerEpoch(batches: data.batchesPerEpoch) }

  /// Whether all epochs have ended, or early stopping has ended the training.
  var isComplete: Bool { history.epochs.count >= recipe.epochs || history.stoppedEarly }

  private func trainEpoch(_ stream: BatchStream) throws {
    let epoch = history.epochs.count + 1
    let timer = EpochTimer(before: unfinished?.seconds ?? 0)
    try trainBatches(of: epoch, stream, timer)
    let sums = unfinished ?? TrainingState.UnfinishedEpoch()
    let (weights, evaluation): ([String: Tensor], Score)
    do {
      try loop.averageEpoch(epoch, of: stream, shouldStop: shouldStop)
      (weights, evaluation) = try loop.withEvaluatedWeights {
        let weights = plan.state()
        model.state = weights
        return (
          weights,
          try Scorer.score(
            plan, data.held, data.pipeline, batchSize: data.batchSize, shouldStop: shouldStop)
        )
      }
    } catch {
      unfinished?.seconds = timer.seconds
      keepState()
      throw error
    }
    // Read after the epoch's last step, before a per-epoch schedule moves on, as the published log does.
    let learningRate = try loop.cursor.learningRate
    loop.epochEnded(metric: recipe.schedule.watched(in: evaluation))
    let best = history.epochs.last(where: \.isBest)
    let isBest = history.metric.isImprovement(evaluation.values[0], over: best?.evaluation.values[0])
    history.epochs.append(
      EpochRecord(
        epoch: epoch, train: running(sums).score, evaluation: evaluation, on: data.outline.evaluationSplit,
        learningRate: learningRate, seconds: timer.seconds, isBest: isBest,
        epochsWithoutImprovement: isBest ? 0 : (history.last?.epochsWithoutImprovement ?? 0) + 1))
    history.stoppedEarly = recipe.earlyEnd(of: history.epochs) != nil
    unfinished = nil
    lastWeights = weights
    if isBest { bestWeights = weights }
    model.setState(weights, origin: origin(of: epoch, knownAfter: epoch))
    try saveCheckpoints(isBest: isBest)
    if isComplete || keeping.isDue(after: stateInterval) { keepState() }
    try onEpoch(history)
  }

  private func trainBatches(of epoch: Int, _ stream: BatchStream, _ timer: EpochTimer) throws {
    var sums = unfinished ?? TrainingState.UnfinishedEpoch()
    var totals = running(sums)
    try loop.epoch(epoch - 1, of: stream, startingAt: sums.batch) { batch in
      sums.batch += 1
      totals.add(batch.result, plan.metricSums)
      (sums.loss, sums.sums, sums.seconds) = (totals.loss, totals.sums, timer.seconds)
      unfinished = sums
      report(epoch, sums, totals.score)
      let stops = shouldStop()
      if stops || keeping.isDue(after: stateIntervalWithinEpochs)
        || stateEvery.map({ sums.batch.isMultiple(of: $0) }) ?? false
      {
        keepState()
      }
      if stops { throw TrainingError(.interrupted(epoch: epoch)) }
    }
  }

  private func running(_ epoch: TrainingState.UnfinishedEpoch) -> ScoreTotals {
    ScoreTotals(plan, loss: epoch.loss, sums: epoch.sums, count: imagesSeen(epoch.batch))
  }

  private func imagesSeen(_ batches: Int) -> Int { min(batches * data.batchSize, history.imagesPerEpoch) }

  private func report(_ epoch: Int, _ sums: TrainingState.UnfinishedEpoch, _ score: Score) {
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
        imagesPerSecond: rate, score: score, secondsLeft: history.epochs.isEmpty ? left : known,
        learningRate: try? loop.cursor.learningRate))
  }

  /// Writes the last epoch's weights, and those of the best epoch where they are to be written. Files that short epochs
  /// soon replace are not synced to the disk.
  func saveCheckpoints(isBest: Bool) throws {
    guard let directory = checkpointDirectory, let last = history.last else { return }
    try AtomicFile.createDirectory(directory)
    let path = (last: "\(directory)/last.safetensors", best: "\(directory)/best.safetensors")
    let isSynced = isComplete || keeping.isSyncDue(after: stateInterval)
    try checkpoint(lastWeights, after: last).write(to: path.last, isSynced: isSynced)
    history.lastCheckpoint = path.last
    loop.lastCheckpoint = path.last
    guard isBest, let best = history.best else { return }
    try checkpoint(bestWeights, after: best).write(to: path.best, isSynced: isSynced)
    history.bestCheckpoint = path.best
  }

  /// The origin of the weights after an epoch, known after the epoch `last`.
  func origin(of epoch: Int, knownAfter last: Int) -> WeightsOrigin {
    .training(
      WeightsOrigin.TrainedEpoch(
        epoch: epoch, last: last, best: history.epochs.prefix(last).last(where: \.isBest)?.epoch,
        split: data.outline.evaluationSplit, training: number, isOfTable: data.dataset.table != nil,
        averaged: recipe.averaging.flatMap { $0.count(afterEpoch: epoch, updates: 1) > 0 ? $0.name : nil }))
  }

  private func checkpoint(_ weights: [String: Tensor]?, after record: EpochRecord) -> Checkpoint {
    Checkpoint(
      state: weights ?? [:], batchesTracked: record.epoch * data.batchesPerEpoch,
      metadata: origin(of: record.epoch, knownAfter: record.epoch).metadata.merging([
        "format": "pt", "model": model.name,
        "\(record.split.rawValue)_\(history.metric.key)": "\(record.evaluation[history.metric] ?? .nan)",
      ]) { $1 })
  }
}

/// An epoch's seconds, with those before an interruption.
struct EpochTimer {
  let before: Double
  private let start = ContinuousClock.now

  init(before: Double) { self.before = before }

  var seconds: Double { before + (ContinuousClock.now - start).seconds }
}
