extension Trainer {
  /// Goes on where a training of the same identity (``TrainingIdentity``) had come: ``run()`` then gives the bytes
  /// that it would have given without a break. To be called before it.
  ///
  /// More epochs than were planned are trained on top. Where all have ended before, ``run()`` restores weights,
  /// checkpoints and history and takes no step.
  ///
  /// - Throws: ``ResumeError`` or ``CheckpointError`` where the state does not fit; the trainer is then as before.
  public func resume(from state: TrainingState) throws {
    if let obstacle = recipe.obstacle(to: state) { throw obstacle }
    try state.check(fits: model, recipe.optimizer, history)
    history.epochs = state.epochs
    history.stoppedEarly = recipe.earlyEnd(of: state.epochs) != nil
    lastWeights = state.endWeights
    bestWeights = state.bestWeights ?? state.endWeights
    if let lastWeights { model.state = lastWeights }
    for (name, buffer) in zip(recipe.optimizer.slotNames, slotBuffers) {
      try plan.fill(buffer, from: state.slots[name] ?? [:])
    }
    if isComplete, state.unfinished != nil {
      // What was kept has come further than this training goes: it stays as it is.
      keeping.isOver = true
      try plan.load(lastWeights ?? state.weights)
    } else {
      try plan.load(state.weights)
      unfinished = state.unfinished
      if isComplete { history.trainEvaluation = state.trainEvaluation }
    }
    if isComplete || state.threads != threads { threads = isComplete ? state.threads : nil }
    cursor.fastForward(epochsEndedWith: state.epochs.map(\.testLoss), batches: unfinished?.batch ?? 0)
  }

  /// Writes the checkpoints of the epochs that ended before a break, and tells their records.
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

  /// Gives the present state away; a failure is told once and does not end the training.
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
    let slots = zip(names, slotBuffers).map { ($0, plan.tensors(from: UnsafeBufferPointer($1))) }
    return TrainingState(
      epochs: history.epochs, unfinished: unfinished, plannedEpochs: recipe.epochs,
      batchesPerEpoch: history.batchesPerEpoch, batchSize: history.batchSize,
      imagesPerEpoch: history.imagesPerEpoch, trainEvaluation: history.trainEvaluation, threads: threads,
      weights: plan.state(), slots: Dictionary(slots) { $1 },
      lastWeights: unfinished == nil ? nil : lastWeights,
      bestWeights: history.last?.isBest == false ? bestWeights : nil)
  }
}

/// When the last state was kept, and whether more are.
final class StateKeeping {
  private var last = ContinuousClock.now
  /// Nothing more is kept.
  var isOver = false
  /// A state could not be kept.
  var hasFailed = false

  /// Counts from now on.
  func begin() { last = .now }

  func isDue(after seconds: Double) -> Bool { (ContinuousClock.now - last).seconds >= seconds }
}
