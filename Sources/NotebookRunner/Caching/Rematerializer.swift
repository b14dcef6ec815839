import Cells
import Neural
import Store

/// Tracks a run through its steps: the contents of all names, and which of their values are in memory.
///
/// After a step is restored from cache, its names' contents are known but their values are not in memory. They are
/// fetched when a step that has to run reads them: read from the cache if they are stored as data, otherwise
/// recreated by running their cells without output.
final class Rematerializer {
  let dependencies: StepDependencies
  private(set) var fingerprints = Fingerprints()
  private let evaluator: Evaluator
  private let cache: StepCache
  /// Names whose current values are in the evaluator.
  private var present: Set<String> = []
  /// The steps passed so far, in order.
  private var passed: [Passed] = []
  /// Models in memory, with their numbers in `fingerprints`.
  private var models: [(model: Model, number: Int)] = []

  private struct Passed {
    var step: Int
    var key: StepKey?
    /// The cached step; `nil` if the step was run.
    var cached: CachedStep?
    /// The models that the cached step refers to.
    var applied = Fingerprints.Applied()
  }

  init(_ dependencies: StepDependencies, evaluator: Evaluator, cache: StepCache) {
    self.dependencies = dependencies
    self.evaluator = evaluator
    self.cache = cache
  }

  // MARK: Passing steps

  /// Records a step that is restored from the store.
  ///
  /// - Throws: ``Mismatch`` if required weights no longer exist.
  func restored(_ step: Int, _ key: StepKey, _ kept: CachedStep) throws {
    let applied = fingerprints.apply(kept)
    for name in kept.names { present.remove(name.name) }
    try restore(kept, applied, among: models.map(\.model))
    passed.append(Passed(step: step, key: key, cached: kept, applied: applied))
  }

  /// The changes made by a step, to be cached.
  struct Changes {
    var names: [CachedStep.Name] = []
    var models: [CachedStep.ModelState] = []
    /// Whether all changes can be cached.
    var isWhole = true
  }

  /// Records a step that was run; determines from the values what it declared and changed.
  ///
  /// - Parameters:
  ///   - origin: identifies values without content of their own.
  ///   - keepsWeights: whether running the cell again could not restore the weights of the models that it created.
  func ran(_ step: Int, _ key: StepKey?, origin: String, keepsWeights: Bool) -> Changes {
    passed.append(Passed(step: step, key: key, cached: nil))
    guard let cell = dependencies.cell(step) else { return Changes() }
    let read = dependencies.names(readBy: cell.usedNames, at: step, fingerprints)
    let changed = dependencies.names(changedBy: cell.mutatedNames, reading: read, at: step, fingerprints)
    return changes(
      defined: cell.definedNames, read: read, changed: changed, origin: origin, keepsWeights: keepsWeights)
  }

  /// Records the evaluation of an inline expression that may have changed values.
  ///
  /// - Parameter step: the next step.
  func evaluated(_ expression: CheckedExpression, before step: Int, origin: String) {
    let read = dependencies.names(readBy: expression.usedNames, at: step, fingerprints)
    let changed = dependencies.names(changedBy: [], reading: read, at: step, fingerprints)
    _ = changes(defined: [], read: read, changed: changed, origin: origin, keepsWeights: false)
  }

  private func changes(
    defined: [String], read: [String], changed: Set<String>, origin: String, keepsWeights: Bool
  ) -> Changes {
    let earlier = Set(models.map(\.number))
    var changes = Changes()
    let touched = Set(read).union(defined)
    let before = fingerprints.only(touched)
    /// A reference to a model in a cached step: by a name that the step read, or as the n-th model that it created.
    func reference(_ number: Int) -> CachedStep.ModelReference {
      guard earlier.contains(number) else { return .made(number) }
      if let place = before.place(of: number, among: read) { return .found(place) }
      changes.isWhole = false
      return .made(number)
    }
    for name in touched.sorted() {
      guard let declaration = dependencies.declarations[name], declaration.kind != .structure else {
        continue
      }
      guard let value = evaluator.value(of: declaration) else {
        fingerprints.forget(name)
        continue
      }
      present.insert(name)
      let content = ValueContent(value, origin: "\(origin) \(name)")
      let numbers = content.models.map(number)
      let was = before.names[name]
      // Reading a value does not change its origin.
      let isSame =
        !defined.contains(name) && was?.models == numbers
        && (was?.digest == content.digest || content.hasOrigin && !changed.contains(name))
      if isSame, was?.digest != nil { continue }
      fingerprints.set(
        name,
        Fingerprints.Known(
          digest: content.digest, models: numbers, isOpaque: content.isOpaque, hasState: content.hasState,
          text: value.shortText))
      changes.names.append(
        CachedStep.Name(
          name: name, digest: content.digest, models: numbers.map(reference),
          isOpaque: content.isOpaque, hasState: content.hasState, text: value.shortText,
          value: CachedValue(value), data: content.dataDigests))
    }
    for (model, number) in models {
      let content = model.fingerprint
      if fingerprints.state(of: number) == content { continue }
      let isMade = !earlier.contains(number)
      fingerprints.set(state: content, of: number)
      let weights =
        isMade && !keepsWeights ? nil : cache.put(Checkpoint(of: model).contents.bytes())
      changes.models.append(
        CachedStep.ModelState(model: reference(number), content: content, weights: weights))
    }
    return changes
  }

  private func number(of model: Model) -> Int {
    if let known = models.first(where: { $0.model === model }) { return known.number }
    let number = fingerprints.newModel()
    models.append((model, number))
    return number
  }

  func key(ofPassed step: Int) -> StepKey? { passed.last { $0.step == step }?.key }

  // MARK: Fetching values

  /// Fetches the values of these names that are not in memory.
  ///
  /// - Parameter rerun: runs the cell of an earlier step again without output.
  /// - Throws: ``Mismatch`` if a value can only be recreated by running the notebook from its start; rethrows
  ///   errors of `rerun`.
  func fetch(_ names: [String], rerun: (Int) throws -> Void) throws {
    let wanted = Set(names.filter { fingerprints.names[$0] != nil || dependencies.makers[$0] != nil })
      .subtracting(present)
    guard !wanted.isEmpty else { return }
    let (again, bound) = sources(of: wanted)
    // These have their final values; rerunning passes through earlier ones.
    let atHand = present
    var fetched: [Model] = []
    for (position, passed) in passed.enumerated() {
      guard let kept = passed.cached, let cell = dependencies.cell(passed.step) else { continue }
      if again.contains(position) {
        try requireSameInputs(passed, kept, atHand)
        let made = Set(cell.definedNames).union(kept.names.map(\.name))
        let values = made.intersection(atHand).compactMap { name in
          dependencies.declarations[name].flatMap { declaration in
            evaluator.value(of: declaration).map { (declaration, $0) }
          }
        }
        try rerun(passed.step)
        for (declaration, value) in values { evaluator.bind(declaration, to: value) }
        for name in made.subtracting(atHand) {
          present.insert(name)
          fetched += adopt(name, passed.applied.names[name] ?? [])
        }
      } else {
        for name in bound[position] ?? [] {
          guard let declaration = dependencies.declarations[name.name], let value = name.value else {
            continue
          }
          evaluator.bind(declaration, to: value.value)
          present.insert(name.name)
        }
        // Other values that this step derived from a fetched value are not in memory.
        let others = kept.names.map(\.name).filter { name in
          !(bound[position] ?? []).contains { $0.name == name }
        }
        present.subtract(Set(others).subtracting(atHand))
      }
      try restore(kept, passed.applied, among: fetched)
    }
  }

  /// The sources of values: indices of passed steps whose cells have to run again, and cached values that only need
  /// to be bound.
  private func sources(of names: Set<String>) -> (again: Set<Int>, bound: [Int: [CachedStep.Name]]) {
    var wanted = names
    var again: Set<Int> = []
    var bound: [Int: [CachedStep.Name]] = [:]
    for (position, passed) in passed.enumerated().reversed() where !wanted.isEmpty {
      guard let kept = passed.cached, let cell = dependencies.cell(passed.step) else { continue }
      let declared = Set(cell.definedNames)
      let hits = kept.names.filter { wanted.contains($0.name) }
      let isNeeded = !declared.isDisjoint(with: wanted) || !hits.isEmpty
      guard isNeeded else { continue }
      let data = hits.filter { $0.value != nil && $0.models.isEmpty && !$0.isOpaque }
      if data.count == hits.count, declared.intersection(wanted).isSubset(of: hits.map(\.name)) {
        bound[position] = data
        wanted.subtract(hits.map(\.name))
      } else {
        again.insert(position)
        wanted.subtract(declared)
        wanted.formUnion(
          dependencies.names(readBy: cell.usedNames, at: passed.step, fingerprints).filter {
            !present.contains($0) && !declared.contains($0)
          })
      }
    }
    return (again, bound)
  }

  /// The error for values that cannot be fetched; the notebook has to run from its start.
  struct Mismatch: Error {}

  /// Checks that a step to be rerun would read the same inputs as before.
  ///
  /// - Parameter atHand: names that have their final values.
  private func requireSameInputs(_ passed: Passed, _ kept: CachedStep, _ atHand: Set<String>) throws {
    guard let key = passed.key, cache.changedRead(of: kept) == nil else { throw Mismatch() }
    for input in key.inputs {
      guard let declaration = dependencies.declarations[input.name], declaration.kind == .variable else {
        continue
      }
      guard present.contains(input.name), let value = evaluator.value(of: declaration) else {
        throw Mismatch()
      }
      let content = ValueContent(value, origin: "")
      if content.hasState, atHand.contains(input.name) { throw Mismatch() }
      if content.hasOrigin { continue }
      var text = content.digest
      for model in content.models { text += " \(model.fingerprint)" }
      let fingerprint = content.models.isEmpty ? text : ValueContent.digest(of: text)
      guard input.digest == fingerprint || input.digest.hasPrefix(fingerprint + " ") else { throw Mismatch() }
    }
  }

  /// Associates the models of a recreated value with their numbers.
  private func adopt(_ name: String, _ numbers: [Int]) -> [Model] {
    guard let declaration = dependencies.declarations[name], let value = evaluator.value(of: declaration)
    else {
      return []
    }
    let found = ValueContent(value, origin: "").models
    guard found.count == numbers.count else { return [] }
    for (model, number) in zip(found, numbers) where !models.contains(where: { $0.model === model }) {
      models.append((model, number))
    }
    return found
  }

  /// Restores the weights that a step left in these models.
  private func restore(_ kept: CachedStep, _ applied: Fingerprints.Applied, among candidates: [Model]) throws
  {
    for (state, number) in zip(kept.models, applied.models) {
      guard let weights = state.weights else { continue }
      for (model, known) in models where known == number && candidates.contains(where: { $0 === model }) {
        if model.fingerprint == state.content { continue }
        guard let bytes = cache.blob(weights) else { throw Mismatch() }
        do { try Checkpoint(Safetensors(bytes: bytes, file: "weights")).restore(into: model) } catch {
          throw Mismatch()
        }
      }
    }
  }
}
