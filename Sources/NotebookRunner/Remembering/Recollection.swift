import Cells
import Neural
import Store

/// What a run knows while it goes through its steps: contents of all names, and which of their values are at hand.
///
/// A step that was restored leaves its names' contents, not their values. These are fetched when a step that has to
/// run reads them: read back, where they are kept as data, else made again by their cells, out of sight.
final class Recollection {
  let dependencies: StepDependencies
  private(set) var knowledge = Knowledge()
  private let evaluator: Evaluator
  private let memory: RunMemory
  /// Names whose values the evaluator has as they stand now.
  private var present: Set<String> = []
  /// The steps passed so far, in order.
  private var passed: [Passed] = []
  /// Models at hand, with their numbers in `knowledge`.
  private var models: [(model: Model, number: Int)] = []

  private struct Passed {
    var step: Int
    var key: StepKey?
    /// `nil` where the step was run.
    var memory: StepMemory?
    /// The models that the memory speaks of.
    var applied = Knowledge.Applied()
  }

  init(_ dependencies: StepDependencies, evaluator: Evaluator, memory: RunMemory) {
    self.dependencies = dependencies
    self.evaluator = evaluator
    self.memory = memory
  }

  // MARK: Passing steps

  /// The step's result is taken from the store.
  ///
  /// - Throws: ``Mismatch`` where weights that are needed are no longer there.
  func restored(_ step: Int, _ key: StepKey, _ kept: StepMemory) throws {
    let applied = knowledge.apply(kept)
    for name in kept.names { present.remove(name.name) }
    try restore(kept, applied, among: models.map(\.model))
    passed.append(Passed(step: step, key: key, memory: kept, applied: applied))
  }

  /// What a step changed, for keeping.
  struct Changes {
    var names: [StepMemory.Name] = []
    var models: [StepMemory.ModelState] = []
    /// Whether all of it can be told to a later run.
    var isWhole = true
  }

  /// The step was run: what it declared and changed is read off the values.
  ///
  /// - Parameters:
  ///   - origin: stands for values without content of their own.
  ///   - keepsWeights: whether the weights of models that it made cannot be had by running its cell again.
  func ran(_ step: Int, _ key: StepKey?, origin: String, keepsWeights: Bool) -> Changes {
    passed.append(Passed(step: step, key: key, memory: nil))
    guard let cell = dependencies.cell(step) else { return Changes() }
    let read = dependencies.names(readBy: cell.usedNames, at: step, knowledge)
    let changed = dependencies.names(changedBy: cell.mutatedNames, reading: read, at: step, knowledge)
    return changes(
      defined: cell.definedNames, read: read, changed: changed, origin: origin, keepsWeights: keepsWeights)
  }

  /// An inline expression was evaluated that may have changed something.
  ///
  /// - Parameter step: the next one.
  func evaluated(_ expression: CheckedExpression, before step: Int, origin: String) {
    let read = dependencies.names(readBy: expression.usedNames, at: step, knowledge)
    let changed = dependencies.names(changedBy: [], reading: read, at: step, knowledge)
    _ = changes(defined: [], read: read, changed: changed, origin: origin, keepsWeights: false)
  }

  private func changes(
    defined: [String], read: [String], changed: Set<String>, origin: String, keepsWeights: Bool
  ) -> Changes {
    let earlier = Set(models.map(\.number))
    var changes = Changes()
    let touched = Set(read).union(defined)
    let before = knowledge.only(touched)
    /// How a memory speaks of a model: by a name that the step read, or as the n-th that the step made.
    func reference(_ number: Int) -> StepMemory.ModelReference {
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
        knowledge.forget(name)
        continue
      }
      present.insert(name)
      let content = ValueContent(value, origin: "\(origin) \(name)")
      let numbers = content.models.map(number)
      let was = before.names[name]
      // Where a value came from does not change because it was read.
      let isSame =
        !defined.contains(name) && was?.models == numbers
        && (was?.digest == content.digest || content.hasOrigin && !changed.contains(name))
      if isSame, was?.digest != nil { continue }
      knowledge.set(
        name,
        Knowledge.Known(
          digest: content.digest, models: numbers, isOpaque: content.isOpaque, hasState: content.hasState,
          text: value.shortText))
      changes.names.append(
        StepMemory.Name(
          name: name, digest: content.digest, models: numbers.map(reference),
          isOpaque: content.isOpaque, hasState: content.hasState, text: value.shortText,
          value: KeptValue(value), data: content.dataDigests))
    }
    for (model, number) in models {
      let content = model.fingerprint
      if knowledge.state(of: number) == content { continue }
      let isMade = !earlier.contains(number)
      knowledge.set(state: content, of: number)
      let weights =
        isMade && !keepsWeights ? nil : memory.put(Checkpoint(of: model).contents.bytes())
      changes.models.append(
        StepMemory.ModelState(model: reference(number), content: content, weights: weights))
    }
    return changes
  }

  private func number(of model: Model) -> Int {
    if let known = models.first(where: { $0.model === model }) { return known.number }
    let number = knowledge.newModel()
    models.append((model, number))
    return number
  }

  func key(ofPassed step: Int) -> StepKey? { passed.last { $0.step == step }?.key }

  // MARK: Fetching values

  /// The values of the names are needed: those that are not at hand are fetched.
  ///
  /// - Parameter rerun: runs a passed step's cell again, out of sight.
  /// - Throws: ``Mismatch`` where a value can only be had by running the notebook from its start; what `rerun` throws.
  func fetch(_ names: [String], rerun: (Int) throws -> Void) throws {
    let wanted = Set(names.filter { knowledge.names[$0] != nil || dependencies.makers[$0] != nil })
      .subtracting(present)
    guard !wanted.isEmpty else { return }
    let (again, bound) = sources(of: wanted)
    // These have their last values; what this makes goes through its earlier ones.
    let atHand = present
    var fetched: [Model] = []
    for (position, passed) in passed.enumerated() {
      guard let kept = passed.memory, let cell = dependencies.cell(passed.step) else { continue }
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
        // What this step made of a value that was just fetched is not at hand.
        let others = kept.names.map(\.name).filter { name in
          !(bound[position] ?? []).contains { $0.name == name }
        }
        present.subtract(Set(others).subtracting(atHand))
      }
      try restore(kept, passed.applied, among: fetched)
    }
  }

  /// Where values come from: positions among the passed steps whose cells have to be run again, and what need only be
  /// bound.
  private func sources(of names: Set<String>) -> (again: Set<Int>, bound: [Int: [StepMemory.Name]]) {
    var wanted = names
    var again: Set<Int> = []
    var bound: [Int: [StepMemory.Name]] = [:]
    for (position, passed) in passed.enumerated().reversed() where !wanted.isEmpty {
      guard let kept = passed.memory, let cell = dependencies.cell(passed.step) else { continue }
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
          dependencies.names(readBy: cell.usedNames, at: passed.step, knowledge).filter {
            !present.contains($0) && !declared.contains($0)
          })
      }
    }
    return (again, bound)
  }

  /// Values cannot be fetched; the notebook has to run from its start.
  struct Mismatch: Error {}

  /// A cell gives what it gave only where it reads what it read.
  ///
  /// - Parameter atHand: names that have their last values.
  private func requireSameInputs(_ passed: Passed, _ kept: StepMemory, _ atHand: Set<String>) throws {
    guard let key = passed.key, memory.changedRead(of: kept) == nil else { throw Mismatch() }
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

  /// Connects the models of a value that was made again with their numbers.
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

  /// Gives models the weights that a step left them with, where they are some of these.
  private func restore(_ kept: StepMemory, _ applied: Knowledge.Applied, among candidates: [Model]) throws {
    for (state, number) in zip(kept.models, applied.models) {
      guard let weights = state.weights else { continue }
      for (model, known) in models where known == number && candidates.contains(where: { $0 === model }) {
        if model.fingerprint == state.content { continue }
        guard let bytes = memory.blob(weights) else { throw Mismatch() }
        do { try Checkpoint(Safetensors(bytes: bytes, file: "weights")).restore(into: model) } catch {
          throw Mismatch()
        }
      }
    }
  }
}
