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
    var onEpoch: (@Sendable () -> Void)?
  }

  private let folder: RunFolder
  private let display: any RunDisplay
  private let signal: @Sendable () -> Int32?
  private let state = Mutex(State())

  init(folder: RunFolder, display: any RunDisplay, signal: @escaping @Sendable () -> Int32?) {
    self.folder = folder
    self.display = display
    self.signal = signal
  }

  var shouldStop: Bool { signal() != nil }

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

  /// Called after every epoch's files were written.
  func onEpoch(_ body: (@Sendable () -> Void)?) { state.withLock { $0.onEpoch = body } }

  func epochEnded() { if !isMuted { state.withLock { $0.onEpoch }?() } }

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
