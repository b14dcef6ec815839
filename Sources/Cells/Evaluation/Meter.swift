import Diagnostics
import Synchronization

/// Measures one run of a cell: memory allocated by bulk operations, and work inside a statement that has to be
/// cancellable.
///
/// Counts allocations, not live memory, so even a cell that frees everything is bounded; the limit is far above the
/// needs of a notebook.
final class Meter: Sendable {
  /// The words per new element: its place in the array and its box.
  static let wordsOfNew = 7
  private static let workBetweenPolls = 1 << 16

  /// The meter of the run that this thread belongs to.
  @TaskLocal static var current: Meter?

  private let shouldStop: @Sendable () -> Bool
  /// The maximum number of 8-byte words that bulk operations may allocate in a run.
  private let maximumWords: Int
  private let words = Atomic<Int>(0)
  private let work = Atomic<Int>(0)
  private let gaveUp = Atomic<Bool>(false)
  /// Rehearsals have a low limit; exceeding it is not an error of the cell.
  private let isRehearsing: Bool
  private static let rehearsedElements = 100_000

  init(memoryLimit bytes: Int, shouldStop: @escaping @Sendable () -> Bool) {
    maximumWords = max(0, bytes / 8)
    self.shouldStop = shouldStop
    isRehearsing = false
  }

  init(rehearsing rehearsal: Rehearsal) {
    maximumWords = 1 << 21
    shouldStop = { rehearsal.isSpent }
    isRehearsing = true
  }

  /// Resets the meter for a new run.
  func begin() {
    words.store(0, ordering: .relaxed)
    work.store(0, ordering: .relaxed)
    gaveUp.store(false, ordering: .relaxed)
  }

  /// Counts allocated memory.
  ///
  /// - Throws: ``LibraryFailure`` if the run has exceeded its limit.
  func charge(words count: Int) throws {
    if count <= 0 { return }
    let (_, total) = words.wrappingAdd(min(count, maximumWords + 1), ordering: .relaxed)
    if total > maximumWords {
      throw isRehearsing ? CancellationError() : LibraryFailure("this cell makes too many values")
    }
  }

  /// Checks the limit before an array is allocated.
  func expect(elements count: Int) throws {
    if isRehearsing, count > Self.rehearsedElements { throw CancellationError() }
  }

  func charge(text: String) throws {
    let bytes = text.utf8.count
    if bytes > Strings.maximumBytes { throw LibraryFailure("the string is too long for cells") }
    if bytes > 15 { try charge(words: bytes / 8) }
  }

  /// Counts the result of a standard-library call.
  func charge(_ result: Value, of entry: Entry, _ arguments: [Value]) throws {
    switch result {
    case .string(let text): try charge(text: text)
    case .array(let elements):
      var isNew = Self.makers.contains(entry.name)
      if case .range? = arguments.first { isNew = true }
      try charge(words: elements.count * (isNew ? Self.wordsOfNew : 1))
    case .dictionary(let entries): try charge(words: entries.count * 2 * Self.wordsOfNew)
    default: break
    }
  }

  /// Counts the result of a `+`.
  func charge(sum: Value) throws {
    switch sum {
    case .string(let text): try charge(text: text)
    case .array(let elements): try charge(words: elements.count)
    default: break
    }
  }

  private static let makers: Set<String> = ["map", "compactMap", "flatMap", "zip", "enumerated", "stride"]

  // MARK: Work

  /// Counts comparison steps. Returns `false` if the run was cancelled, in which case the comparison's result no
  /// longer matters.
  func goOn(_ steps: Int) -> Bool {
    let (before, after) = work.wrappingAdd(steps, ordering: .relaxed)
    if before / Self.workBetweenPolls != after / Self.workBetweenPolls, shouldStop() {
      gaveUp.store(true, ordering: .relaxed)
    }
    return !gaveUp.load(ordering: .relaxed)
  }

  /// Throws if a comparison was abandoned.
  func check() throws {
    if gaveUp.load(ordering: .relaxed) { throw CancellationError() }
  }
}
