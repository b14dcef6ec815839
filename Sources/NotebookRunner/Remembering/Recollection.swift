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
    knowledge.apply(kept)
    for name in kept.names { present.remove(name.name) }
    for state in kept.models { try restore(state, among: models.map(\.model)) }
    passed.append(Passed(step: step, key: key, memory: kept))
  }

  /// The step was run: what it declared and changed is read off the values.
  ///
  /// - Parameters:
  ///   - origin: stands for values without content of their own.
  ///   - keepsWeights: whether the weights of models that it made cannot be had by running its cell again.
  /// - Returns: what changed, for keeping.
  func ran(_ step: Int, _ key: StepKey?, origin: String, keepsWeights: Bool) -> (
    names: [StepMemory.Name], models: [StepMemory.ModelState]
  ) {
    passed.append(Passed(step: step, key: key, memory: nil))
    guard let cell = dependencies.cell(step) else { return ([], []) }
    let earlier = Set(models.map(\.number))
    var names: [StepMemory.Name] = []
    let before = knowledge
    let read = dependencies.names(readBy: cell.usedNames, before)
    for name in Set(read).union(cell.definedNames).sorted() {
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
      let isNew = cell.definedNames.contains(name) || cell.mutatedNames.contains(name)
      // Where a value came from does not change because it was read.
      let isSame = !isNew && was?.models == numbers && (was?.digest == content.digest || content.hasOrigin)
      if isSame, was?.digest != nil { continue }
      knowledge.set(
        name,
        Knowledge.Known(
          digest: content.digest, models: numbers, isOpaque: content.isOpaque, text: value.shortText))
      names.append(
        StepMemory.Name(
          name: name, digest: content.digest,
          models: numbers.map { reference($0, before, isOld: earlier.contains($0)) },
          isOpaque: content.isOpaque, text: value.shortText, value: KeptValue(value),
          data: content.dataDigests))
    }
    var states: [StepMemory.ModelState] = []
    for (model, number) in models {
      let content = model.fingerprint
      if knowledge.state(of: number) == content { continue }
      let isMade = !earlier.contains(number)
      knowledge.set(state: content, of: number)
      let weights =
        isMade && !keepsWeights ? nil : memory.put(Checkpoint(of: model).contents.bytes())
      states.append(
        StepMemory.ModelState(
          model: reference(number, before, isOld: !isMade), places: knowledge.places(of: number),
          content: content, weights: weights))
    }
    return (names, states)
  }

  /// How a memory speaks of a model: by a place where it was before the step, or as the n-th that the step made.
  private func reference(_ number: Int, _ before: Knowledge, isOld: Bool) -> StepMemory.ModelReference {
    if isOld, let place = before.places(of: number).first { return .found(place) }
    return .made(number)
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
    var wanted = Set(names.filter { knowledge.names[$0] != nil || dependencies.makers[$0] != nil })
      .subtracting(present)
    guard !wanted.isEmpty else { return }
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
          dependencies.names(readBy: cell.usedNames, knowledge).filter {
            !present.contains($0) && !declared.contains($0)
          })
      }
    }
    var fetched: [Model] = []
    for (position, passed) in passed.enumerated() {
      guard let kept = passed.memory, let cell = dependencies.cell(passed.step) else { continue }
      if again.contains(position) {
        try requireSameInputs(passed)
        let made = Set(cell.definedNames).union(kept.names.map(\.name))
        // What is at hand may have changed since this cell made it.
        let atHand = made.intersection(present).compactMap { name in
          dependencies.declarations[name].flatMap { declaration in
            evaluator.value(of: declaration).map { (declaration, $0) }
          }
        }
        try rerun(passed.step)
        for (declaration, value) in atHand { evaluator.bind(declaration, to: value) }
        for name in made.subtracting(present) {
          present.insert(name)
          fetched += adopt(name)
        }
      } else {
        for name in bound[position] ?? [] {
          guard let declaration = dependencies.declarations[name.name], let value = name.value else {
            continue
          }
          evaluator.bind(declaration, to: value.value)
          present.insert(name.name)
        }
      }
      for state in kept.models { try restore(state, among: fetched) }
    }
  }

  /// Values cannot be fetched; the notebook has to run from its start.
  struct Mismatch: Error {}

  /// A cell gives what it gave only where it reads what it read.
  private func requireSameInputs(_ passed: Passed) throws {
    guard let key = passed.key else { throw Mismatch() }
    for input in key.inputs {
      guard let declaration = dependencies.declarations[input.name], declaration.kind == .variable else {
        continue
      }
      guard present.contains(input.name), let value = evaluator.value(of: declaration) else {
        throw Mismatch()
      }
      let content = ValueContent(value, origin: "")
      if content.hasOrigin { continue }
      var text = content.digest
      for model in content.models { text += " \(model.fingerprint)" }
      let fingerprint = content.models.isEmpty ? text : ValueContent.digest(of: text)
      guard input.digest == fingerprint || input.digest.hasPrefix(fingerprint + " ") else { throw Mismatch() }
    }
  }

  /// Connects a value that was made again with what is known of it.
  private func adopt(_ name: String) -> [Model] {
    guard let declaration = dependencies.declarations[name], let known = knowledge.names[name],
      let value = evaluator.value(of: declaration)
    else { return [] }
    let found = ValueContent(value, origin: "").models
    guard found.count == known.models.count else { return [] }
    for (model, number) in zip(found, known.models) where !models.contains(where: { $0.model === model }) {
      models.append((model, number))
    }
    return found
  }

  /// Gives a model the weights that a step left it with, where it is one of these.
  private func restore(_ state: StepMemory.ModelState, among candidates: [Model]) throws {
    guard let weights = state.weights else { return }
    for place in state.places where present.contains(place.name) {
      guard let declaration = dependencies.declarations[place.name],
        let value = evaluator.value(of: declaration)
      else { continue }
      let found = ValueContent(value, origin: "").models
      guard found.indices.contains(place.index) else { continue }
      let model = found[place.index]
      guard candidates.contains(where: { $0 === model }) else { return }
      if model.fingerprint == state.content { return }
      guard let bytes = memory.blob(weights) else { throw Mismatch() }
      do { try Checkpoint(Safetensors(bytes: bytes, file: "weights")).restore(into: model) } catch {
        throw Mismatch()
      }
      return
    }
  }
}
