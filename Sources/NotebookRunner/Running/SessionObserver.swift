import Reporting
import Steps
import Synchronization

/// Collects the running step's results and forwards its progress.
final class SessionObserver: RunObserver {
  private struct State {
    var blocks: [ReportBlock] = []
    /// Text that is printed after `blocks`.
    var printed: PrintedText?
    /// The part of the current line that is already on the terminal.
    var shownPart: [UInt8] = []
    /// The beginning of the names of files for long texts; `nil` for no files.
    var printedStem: String?
    /// The number of texts that the step printed.
    var printedCount = 0
    /// Files written, relative to the run's folder.
    var files: [String] = []
    var reads: [CachedStep.Read] = []
    var isMuted = false
    var whenDue: (@Sendable () -> ContinuousClock.Instant)?
    var hasEpochs = false
    /// Writes the files of the last epoch that ended; `nil` once they are written.
    var epochFiles: (@Sendable () throws -> Void)?
    var epochFailure: (any Error)?
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

  func append(_ block: ReportBlock) {
    endPrintedText()
    change { $0.blocks.append(block) }
  }

  /// Starts a step.
  ///
  /// - Parameter stem: the beginning of the names of the files for its long texts, relative to the run's folder;
  ///   `nil` for no files.
  func beginStep(printingTo stem: String?) {
    state.withLock { state in
      state.printedStem = stem
      state.printedCount = 0
    }
  }

  /// Records text printed by a cell; consecutive lines become one block.
  func printed(_ text: String) {
    var ended: [UInt8] = []
    change { state in
      var printed = state.printed.take() ?? newText(&state)
      ended = printed.append(text)
      state.printed = printed
      if !state.shownPart.isEmpty, !ended.isEmpty {
        if ended.starts(with: state.shownPart) { ended.removeFirst(state.shownPart.count) }
        state.shownPart = []
      }
    }
    show(ended)
  }

  /// Shows lines on the terminal.
  private func show(_ lines: [UInt8]) {
    if lines.isEmpty { return }
    display.printed(String(decoding: lines.last == 0x0A ? lines.dropLast() : lines[...], as: UTF8.self))
  }

  private func newText(_ state: inout State) -> PrintedText {
    state.printedCount += 1
    let number = state.printedCount == 1 ? "" : ".\(state.printedCount)"
    return PrintedText(name: state.printedStem.map { "\($0)\(number).txt" }, in: folder)
  }

  /// Shows the current line, although it has not ended, because something else follows on the terminal.
  private func showUnfinishedLine() {
    var part: [UInt8] = []
    change { state in
      guard let printed = state.printed else { return }
      part = printed.unfinished
      let unfinished = part
      if part.starts(with: state.shownPart) { part.removeFirst(state.shownPart.count) }
      state.shownPart = unfinished
    }
    show(part)
  }

  /// Ends the printed text, because another result or the end of the step follows.
  private func endPrintedText() {
    showUnfinishedLine()
    var failure: (any Error)?
    change { state in
      guard var printed = state.printed.take() else { return }
      let (block, file) = printed.finish()
      failure = printed.failure
      state.blocks.append(block)
      if let file { state.files.append(file) }
      state.shownPart = []
    }
    if let failure {
      display.event(.warning("\(failure); the report shows the beginning and the end of the printed text"))
    }
  }

  func progress(_ event: ProgressEvent) {
    if isMuted { return }
    switch event {
    case .batch, .images: break
    default: showUnfinishedLine()
    }
    display.event(event)
  }

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
      (state.epochFiles, state.epochFailure) = (nil, nil)
    }
    due.store(nanoseconds(until: time), ordering: .relaxed)
  }

  func cancelSchedule() {
    due.store(.max, ordering: .relaxed)
    state.withLock { state in
      state.whenDue = nil
      state.epochFiles = nil
    }
  }

  /// Writes an epoch's files with the report's next update, and those of a step's first epoch without delay.
  func epochEnded(files: @escaping @Sendable () throws -> Void) throws {
    let (isFirst, failure) = state.withLock { state in
      defer { (state.hasEpochs, state.epochFiles) = (true, files) }
      return (!state.hasEpochs, state.epochFailure.take())
    }
    if let failure { throw failure }
    callWhenDue(atOnce: isFirst)
  }

  private func writeEpochFiles() {
    guard let files = state.withLock({ $0.epochFiles.take() }) else { return }
    do { try files() } catch { state.withLock { $0.epochFailure = error } }
  }

  private func callWhenDue(atOnce: Bool = false) {
    let time = due.load(ordering: .relaxed)
    guard time != .max, atOnce || nanoseconds(until: .now) >= time, !isMuted else { return }
    // Another thread is already making the call.
    guard due.compareExchange(expected: time, desired: .max, ordering: .relaxed).exchanged else { return }
    guard let body = state.withLock({ $0.whenDue }) else { return }
    writeEpochFiles()
    due.store(nanoseconds(until: body()), ordering: .relaxed)
  }

  private func nanoseconds(until time: ContinuousClock.Instant) -> UInt64 {
    let (seconds, attoseconds) = start.duration(to: time).components
    return UInt64(max(0, seconds)) &* 1_000_000_000 &+ UInt64(max(0, attoseconds) / 1_000_000_000)
  }

  /// Returns and clears the blocks collected since the last call.
  func takeBlocks() -> [ReportBlock] {
    endPrintedText()
    return state.withLock { state in
      defer { state.blocks = [] }
      return state.blocks
    }
  }

  /// The blocks collected so far.
  var blocks: [ReportBlock] {
    state.withLock { state in
      guard var printed = state.printed.take() else { return state.blocks }
      let block = printed.current()
      state.printed = printed
      return state.blocks + [block]
    }
  }

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
