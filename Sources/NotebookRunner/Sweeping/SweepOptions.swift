import Neural

/// What the command line asks of a sweep.
public struct SweepOptions: Sendable {
  /// What every run is given. A parameter's value is a list here: `0.1,0.01`.
  public var run: RunOptions
  /// Every combination is run with each of these; empty: with the run's seed.
  public var seeds: [UInt64]
  /// Runs at a time, at least 1; they share the threads.
  public var jobs: Int

  public init(run: RunOptions, seeds: [UInt64] = [], jobs: Int = 1) {
    self.run = run
    self.seeds = seeds
    self.jobs = max(1, jobs)
  }
}

/// Whoever watches a sweep: the terminal.
public protocol SweepDisplay: Sendable {
  /// Columns that a table may take; `nil` where the output has no width.
  var columns: Int? { get }
  /// A line worth keeping.
  func line(_ text: String)
  /// What is happening now; replaces the last, and is left out where the output is no terminal.
  func status(_ text: String)
  /// Something the user must not miss.
  func warning(_ text: String)
  /// A rendered diagnostic.
  func problem(_ text: String)
}
