import Foundation
import Neural
import NotebookRunner
import Steps
import Support
import Synchronization

/// Shows a run on the terminal: step titles, a progress bar that is redrawn, prominent warnings.
///
/// If the output is not a terminal, the bar is left out and each epoch is a plain line.
final class ProgressDisplay: RunDisplay {
  let quiet: Bool
  let isTerminal: Bool
  struct State {
    var barIsShown = false
    /// The columns of the bar that is shown.
    var barColumns = 0
    var lastBar: ContinuousClock.Instant?
    /// The steps that have ended, with their seconds; `nil` for those restored from cache.
    var times: [(title: String, seconds: Double?)] = []
  }
  let state = Mutex(State())

  init(quiet: Bool) {
    self.quiet = quiet
    isTerminal = Console.isTerminal
  }

  func stepStarted(_ title: String, position: Int, of count: Int) {
    say(" \(title)", after: "[\(position)/\(count)]")
  }

  func stepEnded(_ title: String, seconds: Double, _ ending: StepEnding) {
    state.withLock { $0.times.append((title, seconds)) }
    switch ending {
    case .done: if seconds >= 1 { say("  done in \(Number.duration(seconds))") }
    case .failed: say("  failed after \(Number.duration(seconds))")
    case .interrupted:
      // The terminal has written `^C`, even if no bar was shown.
      state.withLock { $0.barIsShown = isTerminal }
      say("  interrupted after \(Number.duration(seconds))")
    }
  }

  func stepRestored(_ title: String, position: Int, of count: Int) {
    state.withLock { $0.times.append((title, nil)) }
    say(" \(title): from cache", after: "[\(position)/\(count)]")
  }

  func plan(_ lines: [String]) { for line in lines { say(harmless(line)) } }

  func event(_ event: ProgressEvent) {
    switch event {
    case .batch(let progress):
      bar(isLast: progress.batch >= progress.batches) { ProgressBar.text(progress, columns: $0) }
    case .images(let done, let total):
      bar(isLast: done >= total) { ProgressBar.text(images: done, of: total, columns: $0) }
    case .epoch(let record, let planned):
      say(
        "  "
          + (isTerminal
            ? EpochLine.text(record, of: planned, columns: Console.columns - 2)
            : record.logLine(of: planned)))
    case .line(let line): say("  " + line)
    case .remark(let line): if isTerminal { say("  " + line) }
    case .warning(let text): box(text)
    }
  }

  func printed(_ text: String) {
    let text = harmless(text)
    // A cell may print a million lines.
    out("  " + (text.utf8.contains(0x0A) ? text.replacing("\n", with: "\n  ") : text))
  }

  func problem(_ text: String) {
    state.withLock { clear(&$0) }
    Console.error(text)
  }

  func finished(report: String, verdict: String) {
    say("")
    say(verdict)
    say(" \(report)", after: "Report:")
  }

  /// Prints the time of each step.
  func showTimes() {
    let times = state.withLock { $0.times }
    say("", after: "Time of each step:")
    for line in StepTimes.lines(times, columns: isTerminal ? Console.columns : nil) { out(line) }
  }

  func warning(_ text: String) {
    guard !quiet else { return }
    problem(text)
  }

  func box(_ text: String) {
    guard !quiet else { return }
    state.withLock { clear(&$0) }
    let width = min(max(Console.columns, 40), 100) - 4
    let rule = String(repeating: "!", count: width + 4)
    let lines = wrapped(text, to: width, hanging: 0).flatMap { cut($0, to: width) }.map {
      "! " + $0.padded(to: width) + " !"
    }
    let box = ([rule] + lines + [rule]).joined(separator: "\n")
    Console.out(Console.styled(box, "1;33"))
  }

  /// Prints a message of the program itself, wrapped at the terminal's width.
  ///
  /// - Parameter head: a bold prefix.
  func say(_ text: String, after head: String = "") {
    guard isTerminal else { return out(head.isEmpty ? text : Console.styled(head) + text) }
    let line = wrapped(head + text, to: Console.columns).joined(separator: "\n")
    out(head.isEmpty ? line : Console.styled(head) + line.dropFirst(head.count))
  }

  /// Prints a line unchanged.
  private func out(_ line: String) {
    guard !quiet else { return }
    state.withLock { clear(&$0) }
    Console.out(line)
  }

  /// - Parameter text: the bar for a number of columns.
  private func bar(isLast: Bool, _ text: (Int) -> String) {
    guard isTerminal, !quiet else { return }
    let now = ContinuousClock.now
    state.withLock { state in
      // Ten updates a second look smooth.
      if let last = state.lastBar, now - last < .milliseconds(100), !isLast {
        return
      }
      state.lastBar = now
      draw(text(Console.columns), &state)
    }
  }

  /// Replaces the bar.
  func draw(_ text: String, _ state: inout State) {
    Console.raw(Self.erasing(barOf: state.barIsShown ? state.barColumns : 0, in: Console.columns) + text)
    state.barIsShown = true
    state.barColumns = text.terminalColumns
  }

  func clear(_ state: inout State) {
    if state.barIsShown { Console.raw(Self.erasing(barOf: state.barColumns, in: Console.columns)) }
    state.barIsShown = false
    state.barColumns = 0
  }

  /// The sequence that erases a bar. In a window that became narrower, the bar takes several lines.
  static func erasing(barOf width: Int, in columns: Int) -> String {
    let above = max(0, width - 1) / max(1, columns)
    return above == 0 ? "\r\u{1B}[K" : "\r\u{1B}[\(above)A\u{1B}[J"
  }
}

extension Unicode.Scalar {
  /// Whether the scalar is safe: no control character except tab and line end, and no change of writing direction.
  fileprivate var isHarmless: Bool {
    switch properties.generalCategory {
    case .control: self == "\t" || self == "\n"
    case .format: !(0x202A...0x202E).contains(value) && !(0x2066...0x2069).contains(value)
    default: true
    }
  }
}

/// The text without characters that control the terminal.
func harmless(_ text: String) -> String {
  if text.isPlainASCII { return text }
  return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isHarmless ? $0 : "\u{FFFD}" }))
}
