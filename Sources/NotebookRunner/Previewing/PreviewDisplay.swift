import Foundation
import Neural
import Steps
import Support
import Synchronization

/// Collects what a run says, for the preview's tabs, and passes it on to the terminal.
///
/// The training calls it for every batch, so it only remembers; the director publishes at its own pace.
final class PreviewDisplay: RunDisplay {
  /// The running step.
  struct Step: Encodable, Hashable {
    var title: String
    var position: Int
    var count: Int
  }

  struct State {
    var step: Step?
    var training = LiveTraining()
    var images: (done: Int, total: Int)?
    var console = ConsoleTail()
    var isChanged = false
  }

  private let terminal: any RunDisplay
  private let state = Mutex(State())

  init(terminal: any RunDisplay) { self.terminal = terminal }

  /// The state, if it has changed since the last call.
  func takeChanged() -> State? {
    state.withLock { state in
      defer { state.isChanged = false }
      return state.isChanged ? state : nil
    }
  }

  /// The index of the running step, and the training in progress with the seconds since it began.
  var running: (step: Int?, training: (BatchProgress, Double)?) {
    state.withLock { state in
      let training = state.training.progress.map { ($0, state.training.seconds) }
      return (state.step.map { $0.position - 1 }, training)
    }
  }

  private func change(_ body: (inout State) -> Void) {
    state.withLock { state in
      body(&state)
      state.isChanged = true
    }
  }

  /// Shows the beginning of a run.
  func runStarted() {
    change { $0 = State() }
  }

  func stepStarted(_ title: String, position: Int, of count: Int) {
    change { state in
      state.step = Step(title: title, position: position, count: count)
      (state.training, state.images) = (LiveTraining(), nil)
      state.console.add("[\(position)/\(count)] \(title)")
    }
    terminal.stepStarted(title, position: position, of: count)
  }

  func stepEnded(_ title: String, seconds: Double, _ ending: StepEnding) {
    change { state in
      (state.step, state.images) = (nil, nil)
      state.training.ended()
      switch ending {
      case .done: if seconds >= 1 { state.console.add("  done in \(Number.duration(seconds))") }
      case .failed: state.console.add("  failed after \(Number.duration(seconds))")
      case .interrupted: state.console.add("  interrupted after \(Number.duration(seconds))")
      }
    }
    terminal.stepEnded(title, seconds: seconds, ending)
  }

  func stepRestored(_ title: String, position: Int, of count: Int) {
    change { $0.console.add("[\(position)/\(count)] \(title): from cache") }
    terminal.stepRestored(title, position: position, of: count)
  }

  func event(_ event: ProgressEvent) {
    change { state in
      switch event {
      case .batch(let progress): state.training.add(progress)
      case .images(let done, let total): state.images = (done, total)
      case .epoch(let record, let planned):
        state.training.add(record)
        state.console.add("  " + record.logLine(of: planned))
      case .line(let line), .remark(let line): state.console.add("  " + line)
      case .warning(let text): state.console.add("warning: \(text)")
      }
    }
    terminal.event(event)
  }

  func printed(_ text: String) {
    change { $0.console.add(text) }
    terminal.printed(text)
  }

  func problem(_ text: String) {
    change { $0.console.add(text) }
    terminal.problem(text)
  }

  func warning(_ text: String) { terminal.warning(text) }

  func plan(_ lines: [String]) {
    change { state in for line in lines { state.console.add(line) } }
    terminal.plan(lines)
  }

  func finished(report: String, verdict: String) {
    change { $0.console.add(verdict) }
    terminal.finished(report: report, verdict: verdict)
  }
}

/// The last lines of a terminal.
struct ConsoleTail {
  /// The number of lines that fit on a few screens.
  static let lines = 200
  /// The maximum number of characters of a line.
  static let columns = 500

  private var kept: [Substring] = []

  mutating func add(_ text: String) {
    let new = text.split(separator: "\n", omittingEmptySubsequences: false).suffix(Self.lines)
    kept += new.map { $0.prefix(Self.columns) }
    if kept.count > 2 * Self.lines { kept.removeFirst(kept.count - Self.lines) }
  }

  var text: String { kept.suffix(Self.lines).joined(separator: "\n") }
}
