import Neural
import Steps
import Store
import Synchronization

/// Keeps the states of trainings in the store, so that they go on after a break and with more epochs.
final class TrainingMemory: TrainingKeeper {
  private struct State {
    /// The key of the step that runs.
    var step: String?
    var retellsEpochs = true
    /// Trainings that the step has begun.
    var begun = 0
    /// Those that it asked for or kept.
    var used: [Used] = []
    /// Kept by this run.
    var written: Set<String> = []
  }

  /// A training as a run remembers it.
  struct Used: Codable, Sendable, Hashable {
    var digest: String
    var family: String
    var plannedEpochs: Int
  }

  private let store: Store
  private let notebook: String
  private let isFresh: Bool
  private let earlier: [Used]
  private let state = Mutex(State())

  /// - Parameters:
  ///   - isFresh: only what this run itself kept is used.
  ///   - earlier: the trainings of the run before.
  init(store: Store, notebook: String, isFresh: Bool, earlier: [Used]) {
    self.store = store
    self.notebook = notebook
    self.isFresh = isFresh
    self.earlier = earlier
  }

  /// A step begins.
  ///
  /// - Parameter steps: what it may call.
  func begin(_ key: StepKey?, calling steps: Set<String>) {
    state.withLock { state in
      state.step = key?.digest
      state.begun = 0
      state.used = []
      // In a callback these would see the last weights in place of the epoch's.
      state.retellsEpochs = steps.isDisjoint(with: ["evaluate", "predict", "save", "loadWeights"])
    }
  }

  /// The trainings of the step that ends.
  func takeUsed() -> [Used] {
    state.withLock { state in
      defer { state.used = [] }
      return state.used
    }
  }

  // MARK: TrainingKeeper

  /// A function has no content: the step's code and all that it reads stand for it, and which training of the step it
  /// is.
  var salt: String? { state.withLock { state in state.step.map { "\($0) \(state.begun)" } } }

  var retellsEpochs: Bool { state.withLock { $0.retellsEpochs } }

  func state(of identity: TrainingIdentity) throws -> TrainingState? {
    let isUsable = state.withLock { state in
      state.begun += 1
      return !isFresh || state.written.contains(identity.digest)
    }
    guard isUsable, let record = store.read(.training, key: identity.digest) else { return nil }
    return try TrainingState(bytes: record.payload)
  }

  func keep(_ training: TrainingState, of identity: TrainingIdentity) throws {
    try store.write(
      Record(
        .training, key: identity.digest, label: "\(notebook): training, \(training.progress)",
        payload: training.bytes()))
    let used = Used(
      digest: identity.digest, family: identity.family, plannedEpochs: training.plannedEpochs)
    state.withLock { state in
      state.written.insert(identity.digest)
      if !state.used.contains(used) { state.used.append(used) }
    }
  }

  func plannedEpochs(ofFamily identity: TrainingIdentity) -> [Int] {
    earlier.filter { $0.family == identity.family && $0.digest != identity.digest }.map(\.plannedEpochs)
  }

  // MARK: Foresight

  /// How a training would go on, as far as it can be told before it is asked for; `nil` where nothing is kept of it.
  ///
  /// - Parameters:
  ///   - models: digests of what the model may be.
  ///   - data: and the data.
  func progress(of recipe: TrainingRecipe, models: [String], data: [String], seed: UInt64) -> String? {
    if isFresh { return nil }
    for model in models {
      for data in data {
        guard let identity = try? TrainingIdentity(model: model, data: data, recipe, seed: seed),
          let record = store.read(.training, key: identity.digest),
          let kept = try? TrainingState(bytes: record.payload), recipe.obstacle(to: kept) == nil
        else { continue }
        return kept.epochs.count >= recipe.epochs
          ? "all epochs were trained" : "goes on after \(kept.progress)"
      }
    }
    return nil
  }
}

extension TrainingState {
  /// `7 epochs and 120 batches`.
  fileprivate var progress: String {
    let ended = "\(epochs.count) \(epochs.count == 1 ? "epoch" : "epochs")"
    guard let unfinished else { return ended }
    let batches = "\(unfinished.batch) \(unfinished.batch == 1 ? "batch" : "batches")"
    return epochs.isEmpty ? batches : "\(ended) and \(batches)"
  }
}
