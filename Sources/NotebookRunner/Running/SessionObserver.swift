import Reporting
import Steps
import Synchronization

/// Collects the running step's results and forwards its progress.
final class SessionObserver: RunObserver {
  private struct State {
    var blocks: [ReportBlock] = []
    /// Files written, relative to the run's folder.
    var files: [String] = []
    var reads: [CachedStep.Read] = []
    var isMuted = false
    var whenDue: (@Sendable () -> ContinuousClock.Instant)?
    var hasEpochs = false
  }

  private let folder: RunFolder
  private let display: any RunDisplay
  private let signal: @Sendable () -> Int32?
  private let state = Mutex(State())
  /// The time of the next `whenDue` call, in nanoseconds since `start`; separate from the lock because it is read
  /// all the time.
  private let due = Atomic(UInt64.max)
  private let start = ContinuousClock.now

  init(folder: RunFolder, display: any RunDisplay, signal: @escaping @Sendable () -> Int32?) {
    self.folder = folder
    self.display = display
    self.signal = signal
  }

  /// Whether the run should stop. Called often by long operations, so scheduled work is done here too.
  var shouldStop: Bool {
    callWhenDue()
    return signal() != nil
  }

  /// Whether output is discarded, because the step runs only to recreate its values.
  var isMuted: Bool {
    get { state.withLock { $0.isMuted } }
    set { state.withLock { $0.isMuted = newValue } }
  }

  func append(_ block: ReportBlock) { change { $0.blocks.append(block) } }

  /// Records text printed by a cell; consecutive lines become one block.
  func printed(_ text: String) {
    let isHeard = change { state in
      if case .text(let earlier)? = state.blocks.last {
        state.blocks[state.blocks.count - 1] = .text(earlier + text)
      } else {
        state.blocks.append(.text(text))
      }
    }
    if isHeard { display.printed(text.hasSuffix("\n") ? String(text.dropLast()) : text) }
  }

  func progress(_ event: ProgressEvent) { if !isMuted { display.event(event) } }

  func write(_ bytes: [UInt8], to name: String) throws {
    if change({ $0.files.append(name) }) { try folder.write(bytes, to: name) }
  }

  func read(_ input: RunInput, stamp: String) {
    change { $0.reads.append(CachedStep.Read(input: input, stamp: stamp)) }
  }

  /// Schedules a callback on the running step's thread.
  ///
  /// - Parameter body: returns the time of its next call.
  func schedule(at time: ContinuousClock.Instant, _ body: @escaping @Sendable () -> ContinuousClock.Instant) {
    state.withLock { state in
      state.whenDue = body
      state.hasEpochs = false
    }
    due.store(nanoseconds(until: time), ordering: .relaxed)
  }

  func cancelSchedule() {
    due.store(.max, ordering: .relaxed)
    state.withLock { $0.whenDue = nil }
  }

  /// Shows the first epoch of a step without delay.
  func epochEnded() {
    let isFirst = state.withLock { state in
      defer { state.hasEpochs = true }
      return !state.hasEpochs
    }
    callWhenDue(atOnce: isFirst)
  }

  private func callWhenDue(atOnce: Bool = false) {
    let time = due.load(ordering: .relaxed)
    guard time != .max, atOnce || nanoseconds(until: .now) >= time, !isMuted else { return }
    // Another thread is already making the call.
    guard due.compareExchange(expected: time, desired: .max, ordering: .relaxed).exchanged else { return }
    guard let body = state.withLock({ $0.whenDue }) else { return }
    due.store(nanoseconds(until: body()), ordering: .relaxed)
  }

  private func nanoseconds(until time: ContinuousClock.Instant) -> UInt64 {
    let (seconds, attoseconds) = start.duration(to: time).components
    return UInt64(max(0, seconds)) &* 1_000_000_000 &+ UInt64(max(0, attoseconds) / 1_000_000_000)
  }

  /// Returns and clears the blocks collected since the last call.
  func takeBlocks() -> [ReportBlock] {
    state.withLock { state in
      defer { state.blocks = [] }
      return state.blocks
    }
  }

  /// The blocks collected so far.
  var blocks: [ReportBlock] { state.withLock { $0.blocks } }

  /// Returns and clears the files written since the last call.
  func takeFiles() -> [String] {
    state.withLock { state in
      defer { state.files = [] }
      return state.files
    }
  }

  /// Returns and clears the inputs read since the last call.
  func takeReads() -> [CachedStep.Read] {
    state.withLock { state in
      defer { state.reads = [] }
      return state.reads
    }
  }

  /// Returns whether an observer is listening.
  @discardableResult
  private func change(_ body: (inout State) -> Void) -> Bool {
    state.withLock { state in
      if !state.isMuted { body(&state) }
      return !state.isMuted
    }
  }
}
