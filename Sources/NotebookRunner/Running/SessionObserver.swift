import Reporting
import Steps
import Synchronization

/// Collects what the running step gives and passes on what it tells.
final class SessionObserver: RunObserver {
  private struct State {
    var blocks: [ReportBlock] = []
    /// Under the run's folder.
    var files: [String] = []
    var reads: [StepMemory.Read] = []
    var isMuted = false
    var whenDue: (@Sendable () -> ContinuousClock.Instant)?
    var hasEpochs = false
  }

  private let folder: RunFolder
  private let display: any RunDisplay
  private let signal: @Sendable () -> Int32?
  private let state = Mutex(State())
  /// When `whenDue` is to be called, in nanoseconds since `start`; apart, as it is looked at all the time.
  private let due = Atomic(UInt64.max)
  private let start = ContinuousClock.now

  init(folder: RunFolder, display: any RunDisplay, signal: @escaping @Sendable () -> Int32?) {
    self.folder = folder
    self.display = display
    self.signal = signal
  }

  /// Asked often by whatever takes long, which makes it the place where something else can be done meanwhile.
  var shouldStop: Bool {
    callWhenDue()
    return signal() != nil
  }

  /// While a step is run for its values alone: what it tells and writes has been told and written.
  var isMuted: Bool {
    get { state.withLock { $0.isMuted } }
    set { state.withLock { $0.isMuted = newValue } }
  }

  func append(_ block: ReportBlock) { change { $0.blocks.append(block) } }

  /// What a cell printed: lines printed one after the other become one block.
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
    change { $0.reads.append(StepMemory.Read(input: input, stamp: stamp)) }
  }

  /// Calls the body while a step runs, on the step's own thread, once the time has come.
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

  /// The first epoch of a step is shown at once.
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
    // Whoever else asks meanwhile has nothing to do.
    guard due.compareExchange(expected: time, desired: .max, ordering: .relaxed).exchanged else { return }
    guard let body = state.withLock({ $0.whenDue }) else { return }
    due.store(nanoseconds(until: body()), ordering: .relaxed)
  }

  private func nanoseconds(until time: ContinuousClock.Instant) -> UInt64 {
    let (seconds, attoseconds) = start.duration(to: time).components
    return UInt64(max(0, seconds)) &* 1_000_000_000 &+ UInt64(max(0, attoseconds) / 1_000_000_000)
  }

  /// The blocks since the last call.
  func takeBlocks() -> [ReportBlock] {
    state.withLock { state in
      defer { state.blocks = [] }
      return state.blocks
    }
  }

  /// The blocks that ``takeBlocks()`` will give, as they stand.
  var blocks: [ReportBlock] { state.withLock { $0.blocks } }

  /// The files written since the last call.
  func takeFiles() -> [String] {
    state.withLock { state in
      defer { state.files = [] }
      return state.files
    }
  }

  /// What was read from outside since the last call.
  func takeReads() -> [StepMemory.Read] {
    state.withLock { state in
      defer { state.reads = [] }
      return state.reads
    }
  }

  /// - Returns: whether anyone listens.
  @discardableResult
  private func change(_ body: (inout State) -> Void) -> Bool {
    state.withLock { state in
      if !state.isMuted { body(&state) }
      return !state.isMuted
    }
  }
}
