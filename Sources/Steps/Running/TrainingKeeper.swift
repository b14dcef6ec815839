import Neural

/// Where trainings are kept, so that they go on after a break. ``Run/train`` asks it and fills it.
///
///     let run = Run(settings, observer: observer, keeper: keeper)
///
/// A keeper holds one state for every identity: a new one takes the old one's place.
public protocol TrainingKeeper: Sendable {
  /// Stands for the function of a custom schedule: see ``TrainingIdentity``. `nil`: a training with one is not kept.
  var salt: String? { get }
  /// Whether a callback after every epoch can be told of epochs that ended before: not where it looks at the model,
  /// whose weights are then others. A training with such a callback is not kept.
  var retellsEpochs: Bool { get }
  /// What was kept last; `nil`: nothing.
  ///
  /// - Parameter recipe: what is asked for. Where nothing was kept that it can go on from, the keeper may give what it
  ///   has of another length: the training then starts anew and says so.
  /// - Throws: what is wrong with what was kept; the training then starts anew, with a warning.
  func state(of identity: TrainingIdentity, for recipe: TrainingRecipe) throws -> TrainingState?
  /// Called from the thread that trains, between two batches.
  ///
  /// - Throws: why it cannot be kept; the training goes on, with a warning.
  func keep(_ state: TrainingState, of identity: TrainingIdentity) throws
  /// How many epochs were planned for the trainings that are kept of this family and another digest: only for the
  /// line that says why such a training is not continued.
  func plannedEpochs(ofFamily identity: TrainingIdentity) -> [Int]
}

extension TrainingKeeper {
  public var retellsEpochs: Bool { true }
  public func plannedEpochs(ofFamily identity: TrainingIdentity) -> [Int] { [] }
}

extension Run {
  /// Takes up what was kept of this training, says so, and has the trainer's states kept.
  ///
  /// - Parameter number: the training's, among the run's.
  /// - Returns: what it goes on from; `nil` where it starts anew.
  func takeUp(
    _ model: Model, on data: ImageData, _ recipe: TrainingRecipe, _ trainer: Trainer, _ number: Int
  ) throws -> TrainingState? {
    guard let keeper,
      let identity = try TrainingIdentity(model, data, recipe, seed: settings.seed, salt: keeper.salt)
    else { return nil }
    trainer.stateEvery = settings.checkpointEvery
    trainer.onState = { [self] state in
      try keeper.keep(state, of: identity)
      record { $0.provenances[number].keptEpochs = state.epochs.count }
    }
    trainer.onStateFailure = { [self] error in
      // Of this run alone: the results that are kept do not depend on it.
      observer.progress(
        .warning(
          "the training goes on, but it cannot be kept, so it will not be resumed after a break: \(error)"))
    }
    do {
      guard let state = try keeper.state(of: identity, for: recipe) else {
        let planned = keeper.plannedEpochs(ofFamily: identity)
        if !planned.isEmpty {
          let name = recipe.schedule.name
          throw ResumeError(.schedule(name: name, planned: planned, asked: recipe.epochs))
        }
        return nil
      }
      try trainer.resume(from: state)
      observer.progress(.line(Self.resumption(state, trainer.partialHistory)))
      record { $0.provenances[number].keptEpochs = state.epochs.count }
      return state
    } catch let error as ResumeError where !error.isDamage {
      observer.progress(.line("The training starts anew; one that was kept is not continued: \(error)"))
    } catch {
      warn("the training starts anew: what was kept of it cannot be used: \(error)")
    }
    return nil
  }

  /// `Resumed after epoch 7 of 50, batch 120 of 781`.
  private static func resumption(_ state: TrainingState, _ history: History) -> String {
    let (ended, planned) = (history.epochs.count, history.plannedEpochs)
    if ended >= planned {
      return planned == 1
        ? "The epoch was trained before; its weights and log are restored"
        : "All \(planned) epochs were trained before; their weights and log are restored"
    }
    if history.stoppedEarly {
      return
        "Trained before, until early stopping after epoch \(ended) of \(planned); weights and log are restored"
    }
    guard let unfinished = state.unfinished else { return "Resumed after epoch \(ended) of \(planned)" }
    let batch = "batch \(unfinished.batch) of \(state.batchesPerEpoch)"
    return ended == 0
      ? "Resumed in epoch 1 of \(planned), after \(batch)"
      : "Resumed after epoch \(ended) of \(planned), \(batch)"
  }
}

extension ResumeError {
  fileprivate var isDamage: Bool { if case .damaged = fact { true } else { false } }
}
