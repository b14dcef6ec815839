import Foundation
import Neural
import Steps
import Store
import Support

/// The cache of one notebook, on top of the store that all runs with the same output folder share.
final class StepCache {
  /// A notebook's last run: used for comparison and for keeping the data of its report.
  struct Index: Codable, Sendable {
    struct Step: Codable, Sendable {
      /// Identifies the step in the next run, whatever else changes.
      var title: String
      var key: StepKey
      /// Whether its result was cached.
      var isKept: Bool
    }

    var steps: [Step] = []
    /// The values of inline expressions, by key.
    var expressions: [String: String] = [:]
    var trainings: [TrainingCache.Used] = []
  }

  let store: Store
  /// The index of the previous run.
  let earlier: Index
  private(set) var index = Index()
  private let name: String
  private let settings: RunSettings
  let isFresh: Bool
  /// Cached steps, read for the plan or created by this run.
  private var known: [StepKey: CachedStep] = [:]
  private let earlierByKey: [StepKey: Index.Step]
  private let earlierByTitle: [String: Index.Step]
  /// Steps that were run and whose results are not in the store yet.
  private var unwritten: [(key: StepKey, title: String)] = []
  private var saysFailure: (String) -> Void
  private var hasFailed = false

  /// Opens the cache.
  ///
  /// - Parameters:
  ///   - isFresh: whether results of earlier runs are ignored; new results are cached in any case.
  ///   - saysFailure: called once if nothing can be cached.
  init(
    store: Store, notebook name: String, _ settings: RunSettings, isFresh: Bool,
    saysFailure: @escaping (String) -> Void
  ) {
    self.store = store
    self.name = name
    self.settings = settings
    self.isFresh = isFresh
    self.saysFailure = saysFailure
    earlier = Self.decode(Index.self, store.read(.notebook, key: name)) ?? Index()
    earlierByKey = Dictionary(earlier.steps.map { ($0.key, $0) }) { first, _ in first }
    earlierByTitle = Dictionary(earlier.steps.map { ($0.title, $0) }) { first, _ in first }
  }

  static func decode<T: Decodable>(_ type: T.Type, _ record: Record?) -> T? {
    record.flatMap { try? JSON.value(type, from: $0.payload) }
  }

  // MARK: Steps

  /// The corresponding step of the last run: the one with the same key, otherwise the one with the same title.
  ///
  /// - Parameters:
  ///   - position: the step's index among the steps that run; identifies a step whose title changed.
  ///   - titles: the titles of all steps of this run.
  func earlierStep(titled title: String, key: StepKey?, at position: Int, among titles: [String]) -> Index
    .Step?
  {
    if let found = key.flatMap({ earlierByKey[$0] }) ?? earlierByTitle[title] { return found }
    guard earlier.steps.count == titles.count, earlier.steps.indices.contains(position) else { return nil }
    let there = earlier.steps[position]
    return titles.contains(there.title) ? nil : there
  }

  /// The cached step with this key, if everything that it read outside the notebook is unchanged.
  func step(_ key: StepKey) -> CachedStep? {
    guard let kept = kept(key), changedRead(of: kept) == nil else { return nil }
    return kept
  }

  /// A description of an input that has changed; `nil` if the step is not cached.
  func changedRead(_ key: StepKey) -> String? { kept(key).flatMap(changedRead) }

  private func kept(_ key: StepKey) -> CachedStep? {
    if isFresh { return nil }
    if let known = known[key] { return known }
    let found = Self.decode(CachedStep.self, store.read(.step, key: key.digest))
    known[key] = found
    return found
  }

  /// The inputs of the cached steps that were looked up.
  var reads: [CachedStep.Read] { Array(Set(known.values.compactMap(\.self).flatMap(\.reads))) }

  func changedRead(of step: CachedStep) -> String? {
    step.reads.first { settings.stamp(of: $0.input) != $0.stamp }?.input.description
  }

  /// Caches a step; the next ``write(isWhole:)`` writes it to the store.
  func keep(_ step: CachedStep, _ key: StepKey, title: String) {
    known[key] = step
    unwritten.append((key, title))
  }

  /// Steps that ran longer than this, in seconds, are synced, to survive a power failure.
  private static let worthSyncing = 1.0

  /// Writes new step results to the store.
  private func writeSteps() {
    for (key, title) in unwritten {
      guard let step = known[key] else { continue }
      let isWritten = attempt {
        let payload = Array(JSON.text(step).utf8)
        try store.write(
          Record(.step, key: key.digest, label: "\(name): \(title)", payload: payload, uses: step.blobs),
          isSynced: step.seconds >= Self.worthSyncing)
      }
      if isWritten { continue }
      for index in index.steps.indices where self.index.steps[index].key == key {
        self.index.steps[index].isKept = false
      }
    }
    unwritten = []
  }

  /// Records a step of this run, restored or run; also called with partial information while it runs.
  func note(_ key: StepKey, title: String, isKept: Bool, trainings: [TrainingCache.Used]) {
    if let last = index.steps.last, last.title == title, last.key == key, !last.isKept {
      index.steps.removeLast()
    }
    index.steps.append(Index.Step(title: title, key: key, isKept: isKept))
    index.trainings += trainings.filter { !index.trainings.contains($0) }
  }

  /// Discards all records because the run starts over.
  func forgetNotes() {
    index = Index()
  }

  // MARK: Expressions

  func text(ofExpression key: String) -> String? { isFresh ? nil : earlier.expressions[key] }

  func keep(text: String, ofExpression key: String) { index.expressions[key] = text }

  // MARK: Blobs

  func put(_ bytes: [UInt8]) -> ContentDigest? {
    var digest: ContentDigest?
    attempt { digest = try store.put(bytes) }
    return digest
  }

  func blob(_ digest: ContentDigest) -> [UInt8]? { store.blob(digest, limit: 1 << 32) }

  // MARK: The run's end

  /// Writes the index of this run for the next one; its report pins its trainings.
  ///
  /// - Parameter isWhole: whether the run finished; otherwise the steps that it did not reach are taken from the
  ///   previous index.
  func write(isWhole: Bool) {
    writeSteps()
    attempt {
      var index = index
      if !isWhole {
        let titles = Set(index.steps.map(\.title))
        index.steps += earlier.steps.filter { !titles.contains($0.title) }
        index.expressions.merge(earlier.expressions) { new, _ in new }
        index.trainings += earlier.trainings.filter { !index.trainings.contains($0) }
      }
      let steps = index.steps.filter(\.isKept).map { RecordName(.step, key: $0.key.digest) }
      let records = index.trainings.map { RecordName(.training, key: $0.key) }
      try store.write(
        Record(
          .notebook, key: name, label: name, payload: Array(JSON.text(index).utf8), parts: steps + records,
          pins: Pins(report: "\(name).html", records: records)),
        isSynced: !records.isEmpty)
    }
  }

  @discardableResult
  private func attempt(_ body: () throws -> Void) -> Bool {
    do {
      try body()
      return true
    } catch {
      if !hasFailed { saysFailure("cannot save results for the next run: \(error)") }
      hasFailed = true
      return false
    }
  }
}
