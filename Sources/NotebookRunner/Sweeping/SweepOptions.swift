import Neural

/// The options of a sweep.
public struct SweepOptions: Sendable {
  /// The options of every run. A parameter's value is a list: `0.1,0.01`.
  public var run: RunOptions
  /// Seeds with which every combination is run; if empty, the run's seed is used.
  public var seeds: [UInt64]
  /// The number of concurrent runs, at least 1; they share the threads.
  public var jobs: Int

  /// Creates options.
  public init(run: RunOptions, seeds: [UInt64] = [], jobs: Int = 1) {
    self.run = run
    self.seeds = seeds
    self.jobs = max(1, jobs)
  }
}

/// Shows the progress of a sweep; implemented by the terminal.
public protocol SweepDisplay: Sendable {
  /// The maximum width of a table in columns; `nil` if the output has no width.
  var columns: Int? { get }
  /// Shows a permanent line.
  func line(_ text: String)
  /// Shows the current status in place of the last one; ignored if the output is not a terminal.
  func status(_ text: String)
  /// Shows a warning prominently.
  func warning(_ text: String)
  /// Shows a rendered diagnostic.
  func problem(_ text: String)
}
