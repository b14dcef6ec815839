import Steps

/// Shows the progress of a run; implemented by the terminal.
public protocol RunDisplay: Sendable {
  func stepStarted(_ title: String, position: Int, of count: Int)
  func stepEnded(_ title: String, seconds: Double, _ ending: StepEnding)
  /// Called for a step that is restored from cache.
  func stepRestored(_ title: String, position: Int, of count: Int)
  func event(_ event: ProgressEvent)
  /// Shows text printed by a cell.
  func printed(_ text: String)
  /// Shows a rendered error.
  func problem(_ text: String)
  /// Shows a rendered warning, before anything runs.
  func warning(_ text: String)
  /// Shows the plan, before the first step.
  func plan(_ lines: [String])
  func finished(report: String, verdict: String)
}

/// How a step ended.
public enum StepEnding: Sendable { case done, failed, interrupted }

/// The outcome of a run.
public struct RunOutcome: Sendable {
  /// 0 success; 1 a step failed; 2 nothing was run; 129, 130 or 143 interrupted.
  public var exitCode: Int32
  /// The report's path, if it was written.
  public var report: String?
  /// The text of run.json, if it was written.
  public var json: String?
  /// The command to run next; `nil` if everything is done, or only the notebook's author can help.
  public var next: String?
}
