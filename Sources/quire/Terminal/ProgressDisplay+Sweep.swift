import Neural
import NotebookRunner

/// Shows a sweep on the terminal: one line per run, and a line for the current runs that is redrawn.
extension ProgressDisplay: SweepDisplay {
  var columns: Int? { isTerminal ? Console.columns : nil }

  func line(_ text: String) { say(harmless(text)) }

  func status(_ text: String) {
    guard isTerminal, !quiet else { return }
    let now = ContinuousClock.now
    state.withLock { state in
      // Epochs take longer than that.
      if let last = state.lastBar, now - last < .milliseconds(250) { return }
      state.lastBar = now
      draw(cut(harmless(text), to: max(1, Console.columns - 3))[0], &state)
    }
  }
}
