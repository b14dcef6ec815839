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
    var isCached = true
    /// Trainings that the step has begun.
    var begun = 0
    /// Those that it asked for or kept.
    var used: [Used] = []
    /// Records that this run itself kept.
    var written: Set<String> = []
    /// What must not be lost to a shorter training of the same.
    var guarded: [String: Guarded] = [:]
  }

  /// A record that holds more of a training than the one that runs now.
  private struct Guarded {
    /// Of the record that the one that runs now is kept in.
    var aside: String
    /// Whether the longer one holds the beginning of what is asked for, so that its place may be taken once that is
    /// exceeded; how far it is. `nil`: never.
    var exceeded: TrainingState.Progress?
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
  /// Told of every record that the step comes to rely on, from the thread that trains.
  private let noteUse = Mutex<(@Sendable (Used) -> Void)?>(nil)

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
  /// - Parameters:
  ///   - retellsEpochs: see ``StepDependencies/canRetellEpochs(of:reading:_:)``.
  ///   - isCached: whether its trainings are resumed and saved.
  ///   - noteUse: told of every record as soon as the step relies on it, from the thread that trains.
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

  // MARK: TrainingKeeper

  /// A function has no content: the step's code and all that it reads stand for it, and which training of the step it
  /// is.
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
    // What an earlier run kept is not used by a fresh one, but neither is it lost to it before it is exceeded.
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

  /// The same training with fewer epochs than were kept before, or stopped earlier: a record of its own, so that the
  /// longer one is not lost.
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
          if mayUse(key), let kept = try? stored(key), recipe.obstacle(to: kept) == nil { return kept }
        }
      }
    }
    return nil
  }
}

extension TrainingState {
  /// Orders states of one training.
  struct Progress: Comparable {
    var epochs: Int
    var batch: Int

    static func < (a: Progress, b: Progress) -> Bool { (a.epochs, a.batch) < (b.epochs, b.batch) }
  }

  fileprivate var howFar: Progress { Progress(epochs: epochs.count, batch: unfinished?.batch ?? 0) }

  /// `7 epochs and 120 batches`.
  var progress: String {
    let ended = "\(epochs.count) \(epochs.count == 1 ? "epoch" : "epochs")"
    guard let unfinished else { return ended }
    let batches = "\(unfinished.batch) \(unfinished.batch == 1 ? "batch" : "batches")"
    return epochs.isEmpty ? batches : "\(ended) and \(batches)"
  }
}
