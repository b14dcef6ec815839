/// Decides when a run writes its results while it is in progress: soon after a change, but not often enough to slow
/// the run down.
struct WritePace: Sendable {
  /// Readers of a growing page do not notice shorter delays.
  static let interval = Duration.milliseconds(200)
  /// Writing takes at most 1/20 of the time.
  static let mostOfTheTime = 20

  /// The time from which results may be written again.
  private(set) var due: ContinuousClock.Instant

  /// Starts the pace.
  ///
  /// - Parameter start: the start of the run.
  init(start: ContinuousClock.Instant = .now) { due = start + Self.interval }

  /// Records that writing began at `start` and has just ended. A long page is written less often.
  mutating func wrote(since start: ContinuousClock.Instant) {
    let end = ContinuousClock.now
    due = end + max(Self.interval, start.duration(to: end) * Self.mostOfTheTime)
  }
}
