import Steps

/// Whoever watches a run: the terminal.
public protocol RunDisplay: Sendable {
  func stepStarted(_ title: String, position: Int, of count: Int)
  func stepEnded(_ title: String, seconds: Double, _ ending: StepEnding)
  /// A step's result is an earlier run's.
  func stepRestored(_ title: String, position: Int, of count: Int)
  func event(_ event: ProgressEvent)
  /// What a cell printed.
  func printed(_ text: String)
  /// A rendered error.
  func problem(_ text: String)
  /// A rendered warning of the notebook, before anything is run.
  func warning(_ text: String)
  /// What will be done, before the first step.
  func plan(_ lines: [String])
  func finished(report: String, verdict: String)
}

/// How a step ended.
public enum StepEnding: Sendable { case done, failed, interrupted }

/// What a run came to.
public struct RunOutcome: Sendable {
  /// 0 done; 1 a step failed; 2 nothing was run; 130 or 143 interrupted.
  public var exitCode: Int32
  /// The report's path, where one was written.
  public var report: String?
  /// run.json's text, where it was written.
  public var json: String?
}
