import Neural
import Steps
import Store
import Synchronization

/// Saves the states of trainings in the store, so that they can be resumed after an interruption or with more
/// epochs.
final class TrainingCache: TrainingKeeper {
  private struct State {
    /// The key of the running step.
    var step: String?
    var retellsEpochs = true
    var isCached = true
    /// The number of trainings that the step has begun.
    var begun = 0
    /// The trainings that it looked up or saved.
    var used: [Used] = []
    /// Records saved by this run.
    var written: Set<String> = []
    /// Longer trainings that a shorter one must not overwrite.
    var guarded: [String: Guarded] = [:]
  }

  /// A record with more epochs of a training than the one that now runs.
  private struct Guarded {
    /// The key of the record in which the running training is saved.
    var aside: String
    /// The longer training's progress, if it includes the beginning of the running one and may be replaced once
    /// that exceeds it; `nil` if it must never be replaced.
    var exceeded: TrainingState.Progress?
  }

  /// A training in a run's index.
  struct Used: Codable, Sendable, Hashable {
    /// The key of its record.
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
  /// Called for each record that the step comes to rely on, from the training thread.
  private let noteUse = Mutex<(@Sendable (Used) -> Void)?>(nil)

  /// Creates a keeper without a step.
  ///
  /// - Parameters:
  ///   - isFresh: whether to use only records saved by this run.
  ///   - earlier: the trainings of the previous run.
  init(store: Store, notebook: String, isFresh: Bool, earlier: [Used]) {
    self.store = store
    self.notebook = notebook
    self.isFresh = isFresh
    self.earlier = earlier
  }

  /// Begins a step.
  ///
  /// - Parameters:
  ///   - retellsEpochs: see ``StepDependencies/canRetellEpochs(of:reading:_:)``.
  ///   - isCached: whether the step's trainings are resumed and saved.
  ///   - noteUse: called for each record as soon as the step relies on it, from the training thread.
  func begin(
    _ key: StepKey?, retellsEpochs: Bool, isCached: Bool = true, noteUse: (@Sendable (Used) -> Void)? = nil
  ) {
    self.noteUse.withLock { $0 = noteUse }
    state.withLock { state in
      state.step = key?.contentDigest
      state.begun = 0
      state.used = []
      state.retellsEpochs = retellsEpochs
      state.isCached = isCached
    }
  }

  /// The trainings of the step that ends.
  func takeUsed() -> [Used] {
    state.withLock { state in
      defer { state.used = [] }
      return state.used
    }
  }

  /// Whether the running step's results are saved.
  var isCached: Bool { state.withLock { $0.isCached } }

  // MARK: TrainingKeeper

  /// Functions have no content: this text identifies them by the step's code and inputs and the training's index
  /// within the step.
  var salt: String? { state.withLock { state in state.step.map { "\($0) \(state.begun)" } } }

  var retellsEpochs: Bool { state.withLock { $0.retellsEpochs } }

  func state(of identity: TrainingIdentity, for recipe: TrainingRecipe) throws -> TrainingState? {
    guard state.withLock({ $0.isCached }) else { return nil }
    state.withLock { state in
      state.begun += 1
      state.guarded[identity.digest] = nil
    }
    let aside = Self.key(of: identity, epochs: recipe.epochs)
    let longest = try stored(identity.digest)
    // A fresh run ignores the record of an earlier run, but keeps it until it has trained longer.
    let isUsable = longest == nil || mayUse(identity.digest)
    let fits = longest.map { recipe.obstacle(to: $0) == nil } ?? true
    if let longest, !fits || !isUsable {
      let exceeded = fits ? longest.howFar : nil
      state.withLock { $0.guarded[identity.digest] = Guarded(aside: aside, exceeded: exceeded) }
    }
    var found = fits && isUsable ? longest.map { ($0, identity.digest) } : nil
    if mayUse(aside), let other = try stored(aside), recipe.obstacle(to: other) == nil,
      found.map({ $0.0.howFar < other.howFar }) ?? true
    {
      found = (other, aside)
    }
    if let (state, key) = found {
      use(state, of: identity, key: key)
      return state
    }
    return isUsable ? longest : nil
  }

  func keep(_ training: TrainingState, of identity: TrainingIdentity) throws {
    guard state.withLock({ $0.isCached }) else { return }
    let key = state.withLock { state in
      guard let guarded = state.guarded[identity.digest] else { return identity.digest }
      if let exceeded = guarded.exceeded, exceeded < training.howFar { return identity.digest }
      return guarded.aside
    }
    try store.write(
      Record(
        .training, key: key, label: "\(notebook): training, \(training.progress)", payload: training.bytes()))
    state.withLock { _ = $0.written.insert(key) }
    use(training, of: identity, key: key)
  }

  private func use(_ training: TrainingState, of identity: TrainingIdentity, key: String) {
    let used = Used(
      key: key, digest: identity.digest, family: identity.family, plannedEpochs: training.plannedEpochs)
    let isNew = state.withLock { state in
      if state.used.contains(used) { return false }
      state.used.append(used)
      return true
    }
    if isNew { noteUse.withLock { $0 }?(used) }
  }

  /// The key for a training with fewer epochs than were saved before, or one that stopped earlier: a separate
  /// record, so that the longer one is not lost.
  private static func key(of identity: TrainingIdentity, epochs: Int) -> String {
    "\(identity.digest)-\(epochs)"
  }

  private func mayUse(_ key: String) -> Bool { !isFresh || state.withLock { $0.written.contains(key) } }

  private func stored(_ key: String) throws -> TrainingState? {
    guard let record = store.read(.training, key: key) else { return nil }
    return try TrainingState(bytes: record.payload)
  }

  func plannedEpochs(ofFamily identity: TrainingIdentity) -> [Int] {
    earlier.filter { $0.family == identity.family && $0.digest != identity.digest }.map(\.plannedEpochs)
  }

  // MARK: Foresight

  /// The saved progress of a training, as far as it can be determined in advance; `nil` if nothing is saved.
  ///
  /// - Parameters:
  ///   - models: the possible digests of the model.
  ///   - data: the possible digests of the data.
  func progress(of recipe: TrainingRecipe, models: [String], data: [String], seed: UInt64) -> TrainingState? {
    for model in models {
      for data in data {
        guard let identity = try? TrainingIdentity(model: model, data: data, recipe, seed: seed) else {
          continue
        }
        for key in [identity.digest, Self.key(of: identity, epochs: recipe.epochs)] {
          if mayUse(key), let kept = try? stored(key), recipe.obstacle(to: kept) == nil { return kept }
        }
      }
    }
    return nil
  }
}

extension TrainingState {
  /// Orders the states of one training.
  struct Progress: Comparable {
    var epochs: Int
    var batch: Int

    static func < (a: Progress, b: Progress) -> Bool { (a.epochs, a.batch) < (b.epochs, b.batch) }
  }

  fileprivate var howFar: Progress { Progress(epochs: epochs.count, batch: unfinished?.batch ?? 0) }

  /// The progress in words: `7 epochs and 120 batches`.
  var progress: String {
    let ended = "\(epochs.count) \(epochs.count == 1 ? "epoch" : "epochs")"
    guard let unfinished else { return ended }
    let batches = "\(unfinished.batch) \(unfinished.batch == 1 ? "batch" : "batches")"
    return epochs.isEmpty ? batches : "\(ended) and \(batches)"
  }

  /// `epoch 7, batch 120`.
  var position: String {
    let parts = [
      epochs.isEmpty ? nil : "epoch \(epochs.count)", unfinished.map { "batch \($0.batch)" },
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }
}
