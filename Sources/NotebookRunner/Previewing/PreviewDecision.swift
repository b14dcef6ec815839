import Neural
import Steps
import Support

/// The reaction of a preview to a new version of its notebook that has no errors.
enum PreviewDecision: Hashable, Sendable {
  /// Start a run now.
  case start
  /// Stop the current run, and start one when it has stopped: nothing that takes long is lost.
  case restart
  /// Start a run when the current one has ended, since the edit does not concern what it is doing.
  case afterwards
  /// Ask first: a training would be lost or repeated.
  case ask(step: Int, String)

  /// Trainings that take less than this, in seconds, are repeated without a question.
  static let worthAsking = 5.0

  /// The run in progress.
  struct Current {
    var version: CheckedVersion
    /// The index of the running step; `nil` between steps.
    var step: Int?
    /// The training in progress with the seconds since it began.
    var training: (progress: BatchProgress, seconds: Double)?
  }

  /// Decides during a run.
  ///
  /// - Parameter worth: the seconds of a training from which the reader is asked.
  init(_ version: CheckedVersion, during run: Current, worth: Double = worthAsking) {
    let difference =
      version.parameters == run.version.parameters ? version.firstDifference(from: run.version) : 0
    guard let difference, difference <= run.step ?? .max else {
      self = .afterwards
      return
    }
    guard let (progress, seconds) = run.training, seconds >= worth, let step = run.step else {
      self = .restart
      return
    }
    let match = StepMatch(
      old: run.version.notebook?.document.steps ?? [], new: version.notebook?.document.steps ?? [])
    let place = match.old.first { $0.value == step }?.key
    if let place, let planned = version.plan(ofStep: place), planned.action != .run {
      // The training's state is used by the new version too.
      self = .restart
      return
    }
    self = .ask(
      step: place ?? min(step, max(0, (version.notebook?.document.steps.count ?? 1) - 1)),
      "This edit discards the training in progress: epoch \(progress.epoch) of \(progress.epochs), "
        + "\(Number.duration(seconds)) so far.")
  }

  /// Decides when nothing runs.
  ///
  /// - Parameters:
  ///   - last: the last run; `nil` if there was none.
  ///   - worth: the seconds of a training from which the reader is asked.
  init(_ version: CheckedVersion, after last: RunSnapshot?, worth: Double = worthAsking) {
    guard let last else {
      self = .start
      return
    }
    let steps = version.notebook?.document.steps ?? []
    let match = StepMatch(old: last.steps.map(\.fence), new: steps)
    let lost = steps.indices.first { index in
      guard version.trainsFromStart(index), let old = match.old[index] else { return false }
      return last.steps[old].status == .ran && last.steps[old].seconds ?? 0 >= worth
    }
    guard let lost, let old = match.old[lost] else {
      self = .start
      return
    }
    self = .ask(
      step: lost,
      "This edit trains again, which took \(Number.duration(last.steps[old].seconds ?? 0)) before. "
        + "The earlier training stays in the cache: undo the edit to get it back.")
  }
}
