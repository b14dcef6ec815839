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
    /// Records that this run itself kept.
    var written: Set<String> = []
    /// Where a training is kept that must not take a longer one's place.
    var aside: [String: String] = [:]
  }

  /// A training as a run remembers it.
  struct Used: Codable, Sendable, Hashable {
    /// Of its record.
    var key: String
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

  func state(of identity: TrainingIdentity, for recipe: TrainingRecipe) throws -> TrainingState? {
    state.withLock { $0.begun += 1 }
    guard let longest = try kept(identity.digest) else { return nil }
    if recipe.obstacle(to: longest) == nil { return longest }
    let shorter = Self.key(of: identity, epochs: recipe.epochs)
    state.withLock { $0.aside[identity.digest] = shorter }
    if let other = try kept(shorter), recipe.obstacle(to: other) == nil { return other }
    return longest
  }

  func keep(_ training: TrainingState, of identity: TrainingIdentity) throws {
    let key = state.withLock { $0.aside[identity.digest] ?? identity.digest }
    try store.write(
      Record(
        .training, key: key, label: "\(notebook): training, \(training.progress)", payload: training.bytes()))
    let used = Used(
      key: key, digest: identity.digest, family: identity.family, plannedEpochs: training.plannedEpochs)
    state.withLock { state in
      state.written.insert(key)
      if !state.used.contains(used) { state.used.append(used) }
    }
  }

  /// The same training with fewer epochs than were kept before, or stopped earlier: a record of its own, so that the
  /// longer one is not lost.
  private static func key(of identity: TrainingIdentity, epochs: Int) -> String {
    "\(identity.digest)-\(epochs)"
  }

  private func kept(_ key: String) throws -> TrainingState? {
    if isFresh, !state.withLock({ $0.written.contains(key) }) { return nil }
    guard let record = store.read(.training, key: key) else { return nil }
    return try TrainingState(bytes: record.payload)
  }

  func plannedEpochs(ofFamily identity: TrainingIdentity) -> [Int] {
    earlier.filter { $0.family == identity.family && $0.digest != identity.digest }.map(\.plannedEpochs)
  }

  // MARK: Foresight

  /// How far a training came, as far as it can be told before it is asked for; `nil` where nothing is kept of it.
  ///
  /// - Parameters:
  ///   - models: digests of what the model may be.
  ///   - data: and the data.
  func progress(of recipe: TrainingRecipe, models: [String], data: [String], seed: UInt64) -> TrainingState? {
    for model in models {
      for data in data {
        guard let identity = try? TrainingIdentity(model: model, data: data, recipe, seed: seed) else {
          continue
        }
        for key in [identity.digest, Self.key(of: identity, epochs: recipe.epochs)] {
          if let kept = try? kept(key), recipe.obstacle(to: kept) == nil { return kept }
        }
      }
    }
    return nil
  }
}

extension TrainingState {
  /// `7 epochs and 120 batches`.
  var progress: String {
    let ended = "\(epochs.count) \(epochs.count == 1 ? "epoch" : "epochs")"
    guard let unfinished else { return ended }
    let batches = "\(unfinished.batch) \(unfinished.batch == 1 ? "batch" : "batches")"
    return epochs.isEmpty ? batches : "\(ended) and \(batches)"
  }
}
