import Synchronization

/// What one run of a cell has cost: memory that its bulk operations asked for, and work that cannot be stopped by a
/// statement's end.
///
/// Counted is what is made, not what is alive: a cell that lets go of everything is bounded too, far above what a
/// notebook needs.
package final class Meter: Sendable {
  /// The longest string that a cell may make, in bytes.
  package static let maximumStringBytes = 64 << 20
  private static let workBetweenPolls = 1 << 16

  /// The meter of the run that this thread is part of.
  @TaskLocal package static var current: Meter?

  private let shouldStop: @Sendable () -> Bool
  /// Words of 8 bytes that bulk operations may make in a run.
  private let maximumWords: Int
  private let words = Atomic<Int>(0)
  private let work = Atomic<Int>(0)
  private let gaveUp = Atomic<Bool>(false)
  /// A rehearsal makes little, and what it does not make is no fault of the cell's.
  private let isRehearsing: Bool
  private static let rehearsedElements = 100_000

  package init(memoryLimit bytes: Int, shouldStop: @escaping @Sendable () -> Bool) {
    maximumWords = max(0, bytes / 8)
    self.shouldStop = shouldStop
    isRehearsing = false
  }

  /// The meter of a rehearsal: it allows little, and exceeding it is no fault of the cell's.
  package init(rehearsingUntil shouldStop: @escaping @Sendable () -> Bool) {
    maximumWords = 1 << 21
    self.shouldStop = shouldStop
    isRehearsing = true
  }

  /// Starts a new run.
  package func begin() {
    words.store(0, ordering: .relaxed)
    work.store(0, ordering: .relaxed)
    gaveUp.store(false, ordering: .relaxed)
  }

  /// Counts memory.
  ///
  /// - Throws: ``LibraryFailure`` where the run has made too much.
  package func charge(words count: Int) throws {
    if count <= 0 { return }
    let (_, total) = words.wrappingAdd(min(count, maximumWords + 1), ordering: .relaxed)
    if total > maximumWords {
      throw isRehearsing ? CancellationError() : LibraryFailure("this cell makes too many values")
    }
  }

  /// Asked before an array is made.
  package func expect(elements count: Int) throws {
    if isRehearsing, count > Self.rehearsedElements { throw CancellationError() }
  }

  /// - Throws: ``LibraryFailure`` if a string of that many bytes is too long.
  package static func checkLength(ofString bytes: Int) throws {
    if bytes > maximumStringBytes { throw LibraryFailure("the string is too long for cells") }
  }

  package func charge(text: String) throws {
    let bytes = text.utf8.count
    try Self.checkLength(ofString: bytes)
    if bytes > 15 { try charge(words: bytes / 8) }
  }

  // MARK: Work

  /// Counts steps of a comparison; `false` where the run was stopped and the comparison's answer no longer matters.
  package func goOn(_ steps: Int) -> Bool {
    let (before, after) = work.wrappingAdd(steps, ordering: .relaxed)
    if before / Self.workBetweenPolls != after / Self.workBetweenPolls, shouldStop() {
      gaveUp.store(true, ordering: .relaxed)
    }
    return !gaveUp.load(ordering: .relaxed)
  }

  /// Fails where a comparison was given up.
  package func check() throws {
    if gaveUp.load(ordering: .relaxed) { throw CancellationError() }
  }
}
