import Neural

/// Saves training states, so that training can resume after an interruption. Used by ``Run/train``.
///
///     let run = Run(settings, observer: observer, keeper: keeper)
///
/// A keeper saves one state per identity; a new state replaces the old one.
public protocol TrainingKeeper: Sendable {
  /// Identifies the function of a custom schedule: see ``TrainingIdentity``. If it is `nil`, a training with a
  /// custom schedule is not saved.
  var salt: String? { get }
  /// Whether the callback after every epoch can be called for epochs of an earlier run: not if it inspects the
  /// model, whose weights then differ. A training with such a callback is not saved.
  var retellsEpochs: Bool { get }
  /// The last saved state; `nil` if there is none.
  ///
  /// - Parameter recipe: the requested training. If no state can be resumed for it, the keeper may return one with
  ///   another length; the training then starts over and says so.
  /// - Throws: a description of what is wrong with the saved state; the training then starts over with a warning.
  func state(of identity: TrainingIdentity, for recipe: TrainingRecipe) throws -> TrainingState?
  /// Saves a state. Called on the training thread, between two batches.
  ///
  /// - Throws: the reason why it cannot be saved; the training continues with a warning.
  func keep(_ state: TrainingState, of identity: TrainingIdentity) throws
  /// The planned epochs of saved trainings with this family and another digest; used only in the message that
  /// explains why such a training is not resumed.
  func plannedEpochs(ofFamily identity: TrainingIdentity) -> [Int]
}

extension TrainingKeeper {
  public var retellsEpochs: Bool { true }
  public func plannedEpochs(ofFamily identity: TrainingIdentity) -> [Int] { [] }
}

extension Run {
  /// Resumes this training from its saved state, reports that, and saves the trainer's new states.
  ///
  /// - Parameter number: the training's index in the run.
  /// - Returns: the state to resume from; `nil` to start from the beginning.
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
      // Only for this run: cached results do not depend on it.
      observer.progress(
        .warning(
          "cannot save a checkpoint: \(error); if training is interrupted, it will start over"))
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
      observer.progress(.line("Starting the training over; cannot resume: \(error)"))
    } catch {
      warn("starting the training over; cannot resume: \(error)")
    }
    return nil
  }

  /// `Resumed in epoch 8 of 50, after batch 120 of 781`.
  private static func resumption(_ state: TrainingState, _ history: History) -> String {
    let (ended, planned) = (history.epochs.count, history.plannedEpochs)
    if ended >= planned {
      return planned == 1
        ? "Restored the epoch from the checkpoint"
        : "Restored all \(planned) epochs from the checkpoint"
    }
    if history.stoppedEarly {
      return "Restored from the checkpoint: stopped early after epoch \(ended) of \(planned)"
    }
    guard let unfinished = state.unfinished else { return "Resumed after epoch \(ended) of \(planned)" }
    let batch = "batch \(unfinished.batch) of \(state.batchesPerEpoch)"
    return "Resumed in epoch \(ended + 1) of \(planned), after \(batch)"
  }
}

extension ResumeError {
  fileprivate var isDamage: Bool { if case .damaged = fact { true } else { false } }
}
