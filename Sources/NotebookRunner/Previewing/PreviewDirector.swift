import Foundation
import Reporting
import Steps
import Store
import Support

/// Decides what a preview does: checks what is saved, starts and stops runs, asks before a training is lost, and puts
/// the page on the board. All of it happens on one thread.
final class PreviewDirector {
  private var options: RunOptions
  private let events: PreviewEvents
  private let signal: @Sendable () -> Int32?
  private let display: PreviewDisplay
  private let stage: PreviewStage
  private let worthAsking: Double

  private var saved: SavedNotebook
  private var inputs: WatchedInputs?
  private var checks = 0
  /// Whether a run may follow the current check.
  private var checkRuns = true
  /// The newest version that was checked, with or without errors.
  private var newest: CheckedVersion?
  /// The newest version without errors.
  private var latest: CheckedVersion?
  private var run: ActiveRun?
  private var lastRun: CheckedVersion?
  /// The number of the version that may be run without a question, or is not to be run at all.
  private var settled = 0
  private var question: (version: Int, step: Int, text: String)?
  /// Whether a run starts as soon as the current one has ended, and from which step everything is run again.
  private var next: (starts: Bool, firstRerun: Int?) = (false, nil)
  private var runsOnSave = true
  /// Whether the reader stopped the run: it resumes when asked to, or when the notebook is saved again.
  private var isHeld = false
  private var isEnding = false
  private var note: String?

  /// The time between two looks at the file and the terminal, in milliseconds.
  private static let pollInterval = 20
  /// Numbers that change with every batch are shown twice a second.
  private static let progressInterval = Duration.milliseconds(500)
  private var progressDue = ContinuousClock.now

  init(
    _ options: RunOptions, board: PreviewBoard, events: PreviewEvents, terminal: any RunDisplay,
    worthAsking: Double, signal: @escaping @Sendable () -> Int32?
  ) {
    self.options = options
    self.events = events
    self.worthAsking = worthAsking
    self.signal = signal
    display = PreviewDisplay(terminal: terminal)
    stage = PreviewStage(board, notebook: options.notebook)
    saved = SavedNotebook(path: options.notebook)
  }

  /// Works until the end.
  func direct() {
    Machine.prefetchCommit(of: options.directory)
    while !(isEnding && run == nil) {
      for event in events.take(within: Self.pollInterval) { handle(event) }
      if isEnding { continue }
      if let bytes = saved.takeSaved() {
        if run == nil { isHeld = false }
        check(bytes)
      }
      if run == nil, inputs?.isChanged() == true { check(saved.bytes ?? []) }
      showProgress()
      stage.showWaiting()
    }
    events.finished()
  }

  private func handle(_ event: PreviewEvents.Event) {
    switch event {
    case .parsed(let number, let notebook): if number == checks { stage.show(edited: notebook) }
    case .checked(let version): if version.number == checks { take(version) }
    case .written(let snapshot, let parts): stage.show(snapshot, parts)
    case .ended: runEnded()
    case .command(let command): obey(command)
    case .end:
      isEnding = true
      run?.stop()
    }
    showStatus()
  }

  // MARK: Checking

  /// Checks a version on another thread; the result of an older check is ignored.
  ///
  /// - Parameter runs: whether a run may follow.
  private func check(_ bytes: [UInt8], runs: Bool = true) {
    checks += 1
    checkRuns = runs
    inputs = nil
    let (number, options, events) = (checks, options, events)
    Thread {
      let version = CheckedVersion(bytes, number: number, options) { events.add(.parsed(number: number, $0)) }
      events.add(.checked(version))
    }.start()
    showStatus()
  }

  private func take(_ version: CheckedVersion) {
    newest = version
    question = nil
    if let settings = version.settings { inputs = WatchedInputs(version, options, settings) }
    guard version.errors.isEmpty else { return stage.show(errors: version.errors) }
    latest = version
    stage.show(errors: [])
    if let notebook = version.notebook { stage.show(edited: notebook) }
    stage.show(fields: version.notebook.map(ParameterField.all) ?? [])
    if checkRuns { consider(version) }
  }

  private func consider(_ version: CheckedVersion) {
    guard !isHeld, runsOnSave || run != nil else { return }
    switch decision(on: version) {
    case .start: start(version)
    case .restart:
      next = (true, nil)
      run?.stop()
    case .afterwards: next = (runsOnSave, nil)
    case .ask(let step, let text):
      if settled != version.number { question = (version.number, step, text) }
    }
  }

  private func decision(on version: CheckedVersion) -> PreviewDecision {
    guard let run else { return PreviewDecision(version, after: stage.snapshot, worth: worthAsking) }
    let state = display.running
    return PreviewDecision(
      version, during: .init(version: run.version, step: state.step, training: state.training),
      worth: worthAsking)
  }

  // MARK: Running

  private func start(_ version: CheckedVersion, firstRerun: Int? = nil) {
    guard run == nil, !isEnding else { return }
    var options = options
    let events = events
    options.parameters = version.parameters
    let control = RunControl(source: version.bytes, firstRerun: firstRerun) { events.add(.written($0, $1)) }
    (question, note, next, lastRun) = (nil, nil, (false, nil), version)
    display.runStarted()
    run = ActiveRun(options, version, control, display: display, signal: signal) { _ in events.add(.ended) }
  }

  private func runEnded() {
    run = nil
    if isEnding { return }
    guard let version = latest else { return }
    if next.starts { return start(version, firstRerun: next.firstRerun) }
    if let lastRun, lastRun.bytes != version.bytes || lastRun.parameters != version.parameters {
      return consider(version)
    }
    // What the run's steps have read is known now.
    if newest?.errors.isEmpty == true { check(version.bytes, runs: false) }
  }

  private func obey(_ command: PreviewCommand) {
    switch command {
    case .stop:
      isHeld = true
      next = (false, nil)
      run?.stop()
    case .run: begin(firstRerun: nil)
    case .runFrom(let anchor):
      let steps = latest?.notebook?.document.steps ?? []
      if let index = steps.indices.first(where: { PageAnchors.cell(steps[$0], number: $0 + 1) == anchor }) {
        begin(firstRerun: index)
      }
    case .answer(let number, let runs):
      guard let asked = question, asked.version == number else { return }
      question = nil
      settled = number
      if runs { begin(firstRerun: nil) }
    case .set(let values):
      options.parameters = values.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: $0.value) }
      check(saved.bytes ?? [])
    case .writeParameters: writeParameters()
    case .runOnSave(let value):
      runsOnSave = value
      if value, let latest, run == nil, lastRun.map({ !latest.runsLike($0) }) ?? true { consider(latest) }
    }
  }

  /// Starts a run now, or when the current one has stopped.
  private func begin(firstRerun: Int?) {
    guard let latest, newest?.errors.isEmpty == true else { return }
    isHeld = false
    if let run {
      next = (true, firstRerun)
      if run.isStopping || firstRerun != nil || run.version.number != latest.number { run.stop() }
    } else {
      start(latest, firstRerun: firstRerun)
    }
  }

  private func writeParameters() {
    guard let latest, latest.bytes == saved.bytes, latest.parameters == options.parameters,
      let bytes = latest.notebook?.writingParameters()
    else {
      note =
        "The parameters were not written: a value in the notebook spans several lines, or there are errors."
      return
    }
    do {
      try AtomicFile.replace(options.notebook, with: bytes)
      options.parameters = []
    } catch { note = "The parameters were not written: \(error)" }
  }

  // MARK: Showing

  private func showProgress() {
    let now = ContinuousClock.now
    guard now >= progressDue, let state = display.takeChanged() else { return }
    progressDue = now + Self.progressInterval
    stage.show(state)
    showStatus()
  }

  private func showStatus() {
    let isChecking = newest?.number != checks
    stage.show(
      PreviewStatus(
        phase: run.map { $0.isStopping ? .stopping : .running } ?? (isChecking ? .checking : .idle),
        isChecking: isChecking, errors: newest?.errors.count ?? 0, warnings: newest?.warnings ?? [],
        isEdited: latest.map { version in lastRun.map { !version.runsLike($0) } ?? true } ?? false,
        runsOnSave: runsOnSave, outcome: stage.snapshot?.status.rawValue, note: note),
      question: question.map { ($0.version, $0.step, $0.text) })
  }
}
