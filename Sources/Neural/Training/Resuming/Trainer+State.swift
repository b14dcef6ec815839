extension Trainer {
  /// Resumes a training run with the same identity (``TrainingIdentity``). Call this before ``run()``, which
  /// then gives the same bytes as without an interruption.
  ///
  /// The recipe may have more epochs than before. If all epochs are already trained, ``run()`` restores
  /// weights, checkpoints and history without training.
  ///
  /// - Throws: ``ResumeError`` or ``CheckpointError`` if the state does not fit; the trainer is then
  ///   unchanged.
  public func resume(from state: TrainingState) throws {
    if let obstacle = recipe.obstacle(to: state) { throw obstacle }
    try state.check(fits: model, recipe, history)
    history.epochs = state.epochs
    history.stoppedEarly = recipe.earlyEnd(of: state.epochs) != nil
    lastWeights = state.endWeights
    bestWeights = state.bestWeights ?? (state.epochs.last?.isBest == true ? state.endWeights : nil)
    if let lastWeights, let last = history.last {
      model.setState(lastWeights, origin: origin(of: last.epoch, knownAfter: last.epoch))
    }
    for (name, buffer) in zip(recipe.optimizer.slotNames, loop.update.slots) {
      try plan.fill(buffer, from: state.slots[name] ?? [:])
    }
    if isComplete, state.unfinished != nil {
      // The saved state is further than this training goes, so it is left alone.
      keeping.isOver = true
      try plan.load(lastWeights ?? state.weights)
      if let average = loop.average, let lastWeights { try average.load(lastWeights, count: 1) }
    } else {
      try plan.load(state.weights)
      if let average = loop.average, let averaged = state.average {
        try average.load(averaged.weights, count: averaged.count)
      }
      if let sum = loop.gradientSum, let gradients = state.gradients {
        try sum.load(gradients, count: (state.unfinished?.batch ?? 0) % recipe.accumulate)
      }
      unfinished = state.unfinished
      if isComplete { history.trainEvaluation = state.trainEvaluation }
    }
    if isComplete || state.threads != threads { threads = isComplete ? state.threads : nil }
    loop.fastForward(
      epochsEndedWith: state.epochs.map { recipe.schedule.watched(in: $0.evaluation) },
      batches: unfinished?.batch ?? 0)
  }

  /// Writes the checkpoints of the epochs that ended before an interruption, and reports their records.
  func tellRestoredEpochs() throws {
    let restored = history
    guard !restored.epochs.isEmpty else { return }
    try saveCheckpoints(isBest: true)
    history.epochs = []
    history.stoppedEarly = false
    for record in restored.epochs {
      history.epochs.append(record)
      history.stoppedEarly = restored.stoppedEarly && record.epoch == restored.epochs.count
      try onEpoch(history)
    }
  }

  /// Saves the current state; a failure is reported once and does not end the training.
  func keepState() {
    guard let onState, !keeping.isOver else { return }
    keeping.begin()
    let state = state()
    guard state.isFinite else {
      keeping.isOver = true
      return
    }
    do {
      try onState(state)
    } catch {
      if !keeping.hasFailed { onStateFailure(error) }
      keeping.hasFailed = true
    }
  }

  private func state() -> TrainingState {
    let names = recipe.optimizer.slotNames
    let slots = zip(names, loop.update.slots).map { ($0, plan.tensors(from: UnsafeBufferPointer($1))) }
    let average = loop.average.flatMap { $0.count > 0 ? $0 : nil }
    let sum = loop.gradientSum.flatMap { $0.count > 0 ? $0 : nil }
    return TrainingState(
      task: history.task, split: data.outline.evaluationSplit, epochs: history.epochs, unfinished: unfinished,
      plannedEpochs: recipe.epochs,
      batchesPerEpoch: history.batchesPerEpoch, batchSize: history.batchSize,
      imagesPerEpoch: history.imagesPerEpoch, trainEvaluation: history.trainEvaluation, threads: threads,
      weights: plan.state(), slots: Dictionary(slots) { $1 },
      lastWeights: unfinished == nil && average == nil ? nil : lastWeights,
      bestWeights: history.last?.isBest == false ? bestWeights : nil,
      average: average.map { TrainingState.Average(count: $0.count, weights: $0.state) },
      gradients: sum.map { plan.tensors(from: UnsafeBufferPointer($0.sum.buffer)) })
  }
}

/// The time of the last saved state, and whether more are saved.
final class StateKeeping {
  private var last = ContinuousClock.now
  /// Whether nothing more is saved.
  var isOver = false
  /// Whether a state could not be saved.
  var hasFailed = false

  /// Counts from now on.
  func begin() { last = .now }

  func isDue(after seconds: Double) -> Bool { (ContinuousClock.now - last).seconds >= seconds }

  private var lastSync = ContinuousClock.now

  /// Whether files should be synced, the last time being this long ago; it is then counted from now on.
  func isSyncDue(after seconds: Double) -> Bool {
    guard (ContinuousClock.now - lastSync).seconds >= seconds else { return false }
    lastSync = .now
    return true
  }
}
