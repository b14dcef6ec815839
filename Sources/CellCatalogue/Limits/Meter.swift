import Synchronization

/// Measures one run of a cell: memory allocated by bulk operations, and work inside a statement that has to be
/// cancellable.
///
/// Counts allocations, not live memory, so even a cell that frees everything is bounded; the limit is far above the
/// needs of a notebook.
package final class Meter: Sendable {
  /// The maximum length of a string in bytes.
  package static let maximumStringBytes = 64 << 20
  private static let workBetweenPolls = 1 << 16

  /// The meter of the run that this thread belongs to.
  @TaskLocal package static var current: Meter?

  private let shouldStop: @Sendable () -> Bool
  /// The maximum number of 8-byte words that bulk operations may allocate in a run.
  private let maximumWords: Int
  private let words = Atomic<Int>(0)
  private let work = Atomic<Int>(0)
  private let gaveUp = Atomic<Bool>(false)
  /// Rehearsals have a low limit; exceeding it is not an error of the cell.
  private let isRehearsing: Bool
  private static let rehearsedElements = 100_000

  package init(memoryLimit bytes: Int, shouldStop: @escaping @Sendable () -> Bool) {
    maximumWords = max(0, bytes / 8)
    self.shouldStop = shouldStop
    isRehearsing = false
  }

  /// Creates the meter of a rehearsal, which has a low limit; exceeding it is not an error of the cell.
  package init(rehearsingUntil shouldStop: @escaping @Sendable () -> Bool) {
    maximumWords = 1 << 21
    self.shouldStop = shouldStop
    isRehearsing = true
  }

  /// Resets the meter for a new run.
  package func begin() {
    words.store(0, ordering: .relaxed)
    work.store(0, ordering: .relaxed)
    gaveUp.store(false, ordering: .relaxed)
  }

  /// Counts allocated memory.
  ///
  /// - Throws: ``LibraryFailure`` if the run has exceeded its limit.
  package func charge(words count: Int) throws {
    if count <= 0 { return }
    let (_, total) = words.wrappingAdd(min(count, maximumWords + 1), ordering: .relaxed)
    if total > maximumWords {
      throw isRehearsing ? CancellationError() : LibraryFailure("this cell creates too many values")
    }
  }

  /// Checks the limit before an array is allocated.
  package func expect(elements count: Int) throws {
    if isRehearsing, count > Self.rehearsedElements { throw CancellationError() }
  }

  /// Checks the length of a string before it is created.
  ///
  /// - Throws: ``LibraryFailure`` if it is too long.
  package static func checkLength(ofString bytes: Int) throws {
    if bytes > maximumStringBytes { throw LibraryFailure("the string is too long for cells") }
  }

  package func charge(text: String) throws {
    let bytes = text.utf8.count
    try Self.checkLength(ofString: bytes)
    if bytes > 15 { try charge(words: bytes / 8) }
  }

  // MARK: Work

  /// Counts comparison steps. Returns `false` if the run was cancelled, in which case the comparison's result no
  /// longer matters.
  package func goOn(_ steps: Int) -> Bool {
    let (before, after) = work.wrappingAdd(steps, ordering: .relaxed)
    if before / Self.workBetweenPolls != after / Self.workBetweenPolls, shouldStop() {
      gaveUp.store(true, ordering: .relaxed)
    }
    return !gaveUp.load(ordering: .relaxed)
  }

  /// Throws if a comparison was abandoned.
  package func check() throws {
    if gaveUp.load(ordering: .relaxed) { throw CancellationError() }
  }
}
