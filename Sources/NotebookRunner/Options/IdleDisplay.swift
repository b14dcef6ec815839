import Steps

/// A display that shows nothing.
package struct IdleDisplay: RunDisplay {
  package init() {}
  package func stepStarted(_ title: String, position: Int, of count: Int) {}
  package func stepEnded(_ title: String, seconds: Double, _ ending: StepEnding) {}
  package func stepRestored(_ title: String, position: Int, of count: Int) {}
  package func event(_ event: ProgressEvent) {}
  package func printed(_ text: String) {}
  package func problem(_ text: String) {}
  package func warning(_ text: String) {}
  package func plan(_ lines: [String]) {}
  package func finished(report: String, verdict: String) {}
}
