/// When a run writes its results while it goes on: soon after something changed, but never so often that writing them
/// slows the run down.
struct WritePace: Sendable {
  /// Readers of a growing page notice no less.
  static let interval = Duration.milliseconds(200)
  /// Writing takes at most this share of the time.
  static let mostOfTheTime = 20

  /// When results may be written next.
  private(set) var due: ContinuousClock.Instant

  /// - Parameter start: of the run.
  init(start: ContinuousClock.Instant = .now) { due = start + Self.interval }

  /// Notes that writing began and is now done. A long page is written more rarely.
  mutating func wrote(since start: ContinuousClock.Instant) {
    let end = ContinuousClock.now
    due = end + max(Self.interval, start.duration(to: end) * Self.mostOfTheTime)
  }
}
