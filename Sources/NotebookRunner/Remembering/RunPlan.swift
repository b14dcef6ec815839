import Cells
import Documents
import Neural
import Steps

/// What a run will do with each step, told before the first: restored from an earlier run, resumed, or run, and why.
///
/// It foresees what can be foreseen. A step that reads what another makes anew is planned to run, and is restored after
/// all where that came to the same.
struct RunPlan: Sendable {
  enum Action: String, Sendable { case restored, resumed, run }

  struct Step: Sendable {
    var title: String
    /// Where its fence stands in the notebook.
    var lines: ClosedRange<Int>
    var action: Action
    /// Why it is not simply restored.
    var reason: String?
    /// Epochs that need not be trained again, by the training's line.
    var epochsDone: [Int: Int] = [:]
  }

  private(set) var steps: [Step] = []

  /// Whether an earlier run left anything.
  let isFirst: Bool

  init(_ session: Session, _ rehearsal: NotebookRehearsal) {
    let (dependencies, surroundings) = (session.dependencies, session.surroundings)
    let (memory, trainingMemory) = (session.memory, session.trainingMemory)
    let values = rehearsal.values
    var passedModels: [Model] = []
    isFirst = memory.earlier.steps.isEmpty
    var knowledge = Knowledge()
    var results = Ledger()
    var makers: [String: String] = [:]
    let titles = session.steps.indices.filter { dependencies.cell($0) != nil }.map { session.steps[$0].title }
    for (index, record) in session.steps.enumerated() {
      guard let cell = dependencies.cell(index) else { continue }
      let lines = record.fence.lines
      var step = Step(title: record.title, lines: lines, action: .run)
      let names = dependencies.names(readBy: cell.usedNames, at: index, knowledge)
      let called = dependencies.calledSteps(cell.calledEntries, names: names, at: index, knowledge)
      let key = record.isCached ? dependencies.key(of: index, knowledge, surroundings, results) : nil
      if let key, let kept = memory.step(key) {
        step.action = .restored
        knowledge.apply(kept)
        results.add(kept.change)
      } else {
        let earlier = memory.earlierStep(
          titled: record.title, key: key, at: steps.count, among: titles)
        step.reason =
          key.flatMap(memory.changedRead).map { "\($0) changed" }
          ?? Self.reason(
            key,
            names.filter {
              dependencies.declarations[$0]?.kind != .structure && knowledge.fingerprint(of: $0) == nil
            }, since: earlier, makers,
            isFresh: memory.isFresh)
        if !record.isCached { step.reason = "cache: false" }
        var progress: String?
        for training in rehearsal.trainings where record.isCached && lines.contains(training.line) {
          let recipe = training.outline.recipe
          let model = training.outline.model
          // Where a model is made anew, the rehearsal has drawn the same one; but not what trainings made of it.
          let drawn = passedModels.contains { $0 === model } ? [] : [model.fingerprint]
          guard
            let state = trainingMemory.progress(
              of: recipe, models: names.flatMap(knowledge.states) + drawn,
              data: knowledge.dataDigests.sorted(),
              seed: surroundings.settings.seed)
          else { continue }
          step.epochsDone[training.line] = state.epochs.count
          progress =
            progress
            ?? (state.epochs.count >= recipe.epochs
              ? "its epochs are kept" : "goes on after \(state.progress)")
        }
        if let progress {
          step.action = .resumed
          step.reason = [earlier == nil ? nil : step.reason, progress].compactMap(\.self).joined(
            separator: "; ")
        }
        // What it will come to is open, but for what the rehearsal could compute.
        if let key = earlier?.key, let before = memory.step(key) { results.add(before.change) }
        for name in Set(cell.definedNames + cell.mutatedNames) {
          makers[name] = record.title
          knowledge.forget(name)
          guard let declaration = dependencies.declarations[name], !dependencies.changing.contains(name),
            let value = values[declaration]
          else { continue }
          let content = ValueContent(value, origin: "")
          if content.isOpaque || !content.models.isEmpty || value.isOutline { continue }
          knowledge.set(name, .init(digest: content.digest, text: value.shortText))
        }
        if called.contains(.changesWeights) {
          for name in names where !(knowledge.names[name]?.models.isEmpty ?? true) {
            makers[name] = record.title
            knowledge.forgetStates(of: name)
          }
        }
      }
      passedModels += rehearsal.trainings.filter { lines.contains($0.line) }.map(\.outline.model)
      steps.append(step)
    }
  }

  /// - Parameter unknown: names that the step reads, as far as what they will be is open.
  private static func reason(
    _ key: StepKey?, _ unknown: [String], since earlier: RunMemory.Index.Step?, _ makers: [String: String],
    isFresh: Bool
  ) -> String? {
    guard let earlier else { return "new" }
    guard let key else {
      guard let name = unknown.first(where: { makers[$0] != nil }), let maker = makers[name] else {
        return "what it reads is known only when it runs"
      }
      return "'\(maker)' is run again"
    }
    if let reason = key.reason(since: earlier.key, makers: makers) { return reason }
    if isFresh { return "--fresh" }
    return earlier.isKept ? "its result is no longer in the store" : "it did not come to its end"
  }

  /// For the terminal.
  var lines: [String] {
    let restored = steps.count { $0.action == .restored }
    if steps.allSatisfy({ $0.action == .run }), isFirst { return [] }
    if restored == steps.count { return ["Plan: all \(steps.count) steps are restored from earlier runs"] }
    let width = steps.map(\.title.count).max() ?? 0
    return ["Plan:"]
      + steps.map { step in
        let action = step.action.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0)
        let title = step.title.padding(toLength: min(width, 40), withPad: " ", startingAt: 0)
        let line = "  \(action)  \(title)" + (step.reason.map { "  \($0)" } ?? "")
        return line
      }
  }

  /// Whether no step will be run.
  var isRestored: Bool { steps.allSatisfy { $0.action == .restored } }

  /// What is left of a training; `nil` where nothing is.
  func remaining(_ training: NotebookRehearsal.Training) -> NotebookRehearsal.Training? {
    guard let step = steps.first(where: { $0.lines.contains(training.line) }) else { return training }
    let left = training.outline.recipe.epochs - (step.epochsDone[training.line] ?? 0)
    guard step.action != .restored, left > 0 else { return nil }
    var rest = training
    rest.outline.recipe.epochs = left
    return rest
  }
}

extension Fence {
  /// From its opening line to its closing one.
  fileprivate var lines: ClosedRange<Int> {
    let first = range.start.line
    return first...max(first, firstCodeLine + code.utf8.count { $0 == UInt8(ascii: "\n") })
  }
}

extension Value {
  /// Whether it stands in the rehearsal for what only the run makes.
  fileprivate var isOutline: Bool {
    if case .host(let value, _) = self { return value is DataOutline }
    return false
  }
}
