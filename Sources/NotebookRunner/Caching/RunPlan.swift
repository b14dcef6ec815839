import Cells
import Documents
import Neural
import Steps
import Support

/// The plan of a run, printed before the first step: which steps are restored from cache, resumed or run, and why.
///
/// The plan is a prediction. A step that depends on a step to be rerun is planned to run, but is restored if its
/// inputs turn out to be unchanged.
struct RunPlan: Sendable {
  enum Action: String, Sendable {
    case restored = "restore"
    case resumed = "resume"
    case run
  }

  struct Step: Sendable {
    var title: String
    /// The lines of its fence in the notebook.
    var lines: ClosedRange<Int>
    var action: Action
    /// The reason why it is not restored.
    var reason: String?
    /// The number of epochs that need not be trained again, by the training's line.
    var epochsDone: [Int: Int] = [:]
  }

  private(set) var steps: [Step] = []

  /// Whether there was no earlier run.
  let isFirst: Bool

  init(
    _ records: [StepRecord], _ dependencies: StepDependencies, _ environment: RunEnvironment,
    _ cache: StepCache, _ trainingCache: TrainingCache, _ rehearsal: NotebookRehearsal,
    firstRerun: Int? = nil
  ) {
    let values = rehearsal.values
    var passedModels: [Model] = []
    isFirst = cache.earlier.steps.isEmpty
    var fingerprints = Fingerprints()
    var results = Ledger()
    var makers: [String: String] = [:]
    let titles = records.indices.filter { dependencies.cell($0) != nil }.map { records[$0].title }
    for (index, record) in records.enumerated() {
      guard let cell = dependencies.cell(index) else { continue }
      let lines = record.fence.lines
      var step = Step(title: record.title, lines: lines, action: .run)
      let names = dependencies.names(readBy: cell.usedNames, at: index, fingerprints)
      let called = dependencies.calledSteps(cell.calledEntries, names: names, at: index, fingerprints)
      let key = record.isCached ? dependencies.key(of: index, fingerprints, environment, results) : nil
      let isRerun = firstRerun.map { index >= $0 } ?? false
      if !isRerun, let key, let kept = cache.step(key) {
        step.action = .restored
        fingerprints.apply(kept)
        results.add(kept.change)
      } else {
        let earlier = cache.earlierStep(
          titled: record.title, key: key, at: steps.count, among: titles)
        step.reason =
          key.flatMap(cache.changedRead).map { "\($0) changed" }
          ?? Self.reason(
            key,
            names.filter {
              dependencies.declarations[$0]?.kind != .structure && fingerprints.fingerprint(of: $0) == nil
            }, since: earlier, makers,
            isFresh: cache.isFresh)
        if !record.isCached { step.reason = "cache: false" }
        if isRerun { step.reason = "to be run again" }
        var progress: String?
        for training in rehearsal.trainings where record.isCached && lines.contains(training.line) {
          let recipe = training.outline.recipe
          let model = training.outline.model
          // If a model is created again, the rehearsal has created the same one, but has not trained it.
          let drawn = passedModels.contains { $0 === model } ? [] : [model.fingerprint]
          guard
            let state = trainingCache.progress(
              of: recipe, models: names.flatMap(fingerprints.states) + drawn,
              data: fingerprints.dataDigests.sorted(),
              seed: environment.settings.seed)
          else { continue }
          step.epochsDone[training.line] = state.epochs.count
          progress =
            progress
            ?? (state.epochs.count >= recipe.epochs
              ? "all epochs already trained" : "resuming after \(state.position)")
        }
        if let progress {
          step.action = .resumed
          step.reason = [earlier == nil ? nil : step.reason, progress].compactMap(\.self).joined(
            separator: "; ")
        }
        // The result is unknown except for what the rehearsal could compute.
        if let key = earlier?.key, let before = cache.step(key) { results.add(before.change) }
        for name in Set(cell.definedNames + cell.mutatedNames) {
          makers[name] = record.title
          fingerprints.forget(name)
          guard let declaration = dependencies.declarations[name], !dependencies.changing.contains(name),
            let value = values[declaration]
          else { continue }
          let content = ValueContent(value, origin: "")
          if content.isOpaque || !content.models.isEmpty || value.isOutline { continue }
          fingerprints.set(name, .init(digest: content.digest, text: value.shortText))
        }
        if called.contains(.changesWeights) {
          for name in names where !(fingerprints.names[name]?.models.isEmpty ?? true) {
            makers[name] = record.title
            fingerprints.forgetStates(of: name)
          }
        }
      }
      passedModels += rehearsal.trainings.filter { lines.contains($0.line) }.map(\.outline.model)
      steps.append(step)
    }
  }

  /// - Parameter unknown: the names that the step reads whose contents are unknown.
  private static func reason(
    _ key: StepKey?, _ unknown: [String], since earlier: StepCache.Index.Step?, _ makers: [String: String],
    isFresh: Bool
  ) -> String? {
    guard let earlier else { return "new" }
    guard let key else {
      guard let name = unknown.first(where: { makers[$0] != nil }), let maker = makers[name] else {
        return "its inputs are known only when it runs"
      }
      return "'\(maker)' is re-run"
    }
    if let reason = key.reason(since: earlier.key, makers: makers) { return reason }
    if isFresh { return "--fresh" }
    return earlier.isKept ? "its result was evicted from the cache" : "did not finish last time"
  }

  /// The plan as lines for the terminal.
  var lines: [String] {
    let restored = steps.count { $0.action == .restored }
    if steps.allSatisfy({ $0.action == .run }), isFirst { return [] }
    if restored == steps.count { return ["Plan: restore all \(steps.count) steps from cache"] }
    let width = min(40, steps.map(\.title.terminalColumns).max() ?? 0)
    return ["Plan:"]
      + steps.map { step in
        let action = step.action.rawValue.padded(to: 7)
        let title = Self.cut(step.title, to: width).padded(to: width)
        let line = "  \(action)  \(title)" + (step.reason.map { "  \($0)" } ?? "")
        return line
      }
  }

  /// The longest beginning of a title that fits into a number of columns.
  private static func cut(_ title: String, to width: Int) -> String {
    var columns = 0
    return String(
      title.prefix { character in
        columns += character.terminalColumns
        return columns <= width
      })
  }

  /// Whether all steps are restored.
  var isRestored: Bool { steps.allSatisfy { $0.action == .restored } }

  /// The remaining part of a training; `nil` if nothing remains.
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
  /// From its opening line to its closing line.
  fileprivate var lines: ClosedRange<Int> {
    let first = range.start.line
    return first...max(first, firstCodeLine + code.utf8.count { $0 == UInt8(ascii: "\n") })
  }
}

extension Value {
  /// Whether it represents, in the rehearsal, a value that only the run creates.
  fileprivate var isOutline: Bool {
    if case .host(let value, _) = self { return value is any OutlineValue || foreseenElement != nil }
    return false
  }
}
