import Cells
import Diagnostics
import Documents
import Foundation
import Neural
import Reporting
import Steps
import Support

/// A run of a checked notebook: runs the steps in order and writes the report during the run and at its end.
final class Session {
  let notebook: CheckedNotebook
  let options: RunOptions
  let run: Run
  let folder: RunFolder
  let started = Date()
  private(set) var ended: Date?
  var steps: [StepRecord]
  /// The values of inline expressions as text.
  private(set) var values: [InlineExpression: String] = [:]
  private(set) var status = RunStatus.running

  /// The digest of the notebook as it was read.
  let notebookSHA256: String

  let observer: SessionObserver
  let evaluator: Evaluator
  let cache: StepCache
  let trainingCache: TrainingCache
  let control: RunControl
  let environment: RunEnvironment
  private(set) var rematerializer: Rematerializer
  /// Whether cached steps are used; not after a value could not be fetched.
  private(set) var keepsSteps = true
  /// The run's results before each step.
  private(set) var resultsBefore: [Int: Ledger] = [:]
  private var pace = WritePace()
  /// The last written text of run.json.
  private(set) var record: String?
  private let display: any RunDisplay
  let dependencies: StepDependencies

  init(
    _ notebook: CheckedNotebook, options: RunOptions, run: Run, folder: RunFolder, observer: SessionObserver,
    display: any RunDisplay, cache: StepCache, trainingCache: TrainingCache,
    control: RunControl = RunControl()
  ) {
    self.control = control
    self.notebook = notebook
    self.options = options
    self.run = run
    self.folder = folder
    self.observer = observer
    self.display = display
    notebookSHA256 = (try? Digest.hex(.sha256, of: notebook.document.bytes)) ?? ""
    evaluator = Evaluator(shouldStop: { observer.shouldStop }, print: { observer.printed($0) })
    var steps: [StepRecord] = []
    for (position, block) in notebook.document.blocks.enumerated() {
      guard case .step(let fence) = block else { continue }
      steps.append(StepRecord(fence: fence, position: position, number: steps.count + 1))
    }
    self.steps = steps
    self.cache = cache
    self.trainingCache = trainingCache
    dependencies = StepDependencies(notebook.cellsByStep)
    environment = RunEnvironment(
      settings: run.settings, notebook: options.name, code: options.sourceFingerprint)
    rematerializer = Rematerializer(dependencies, evaluator: evaluator, cache: cache)
  }

  /// Runs all steps or restores them from cache. Results are written at the end, and during the run as
  /// ``WritePace`` allows.
  ///
  /// - Throws: ``FileError`` if results cannot be written.
  func execute() throws {
    do { try walk() } catch is Rematerializer.Mismatch {
      startOver()
      try walk()
    }
    for index in steps.indices where steps[index].status == .pending { steps[index].status = .skipped }
    if status == .running { status = steps.contains { $0.status == .failed } ? .failed : .finished }
    ended = Date()
    cache.write(isWhole: status == .finished)
    try writeResults(isLast: true)
    folder.removePrinted(except: Set(steps.flatMap(\.printedFiles)))
  }

  /// Starts over without cached steps, because a value can only be recreated by running all steps before it.
  /// Trainings are still resumed.
  private func startOver() {
    keepsSteps = false
    rematerializer = Rematerializer(dependencies, evaluator: evaluator, cache: cache)
    cache.forgetNotes()
    run.replaceResults(with: Ledger())
    values = [:]
    for index in steps.indices {
      steps[index] = StepRecord(
        fence: steps[index].fence, position: steps[index].position, number: steps[index].number)
    }
  }

  private func walk() throws {
    var next = 0
    for (position, block) in notebook.document.blocks.enumerated() {
      switch block {
      case .listing: break
      case .prose(let prose): try evaluate(prose, before: next)
      case .step:
        try runStep(next, at: position)
        next += 1
      }
      if status != .running {
        lastPosition = position
        break
      }
    }
  }

  /// The position where the page's sections end: at an interruption, otherwise at the notebook's end.
  private(set) var lastPosition = Int.max

  private func runStep(_ index: Int, at position: Int) throws {
    guard let cell = notebook.cells[position] else {
      steps[index].status = .skipped
      return
    }
    let title = steps[index].title
    let key = key(of: index)
    let before = run.results
    resultsBefore[index] = before
    if let key, try restore(index, key) {
      display.stepRestored(title, position: index + 1, of: steps.count)
      for warning in run.results.warnings.dropFirst(before.warnings.count) {
        display.event(.warning(warning))
      }
      return
    }
    display.stepStarted(title, position: index + 1, of: steps.count)
    steps[index].status = .running
    let names = dependencies.names(readBy: cell.usedNames, at: index, rematerializer.fingerprints)
    let called = dependencies.calledSteps(
      cell.calledEntries, names: names, at: index, rematerializer.fingerprints)
    let clock = ContinuousClock()
    var start = clock.now
    var failure: CellFailure?
    do {
      try fetch(names)
      start = clock.now
      beginTraining(index, key, reading: names)
      _ = (observer.takeFiles(), observer.takeReads())
      observer.beginStep(printingTo: steps[index].printedStem)
      showProgress(of: index)
      defer { observer.cancelSchedule() }
      try evaluator.run(cell)
    } catch let error as CellFailure { failure = error }
    steps[index].seconds = (clock.now - start).seconds
    steps[index].blocks = observer.takeBlocks()
    steps[index].status = failure == nil ? .ran : .failed
    let overridden = cell.parameters.filter(\.isOverridden).map { "\($0.name) = \($0.value.inlineText)" }
    if !overridden.isEmpty {
      steps[index].blocks.append(
        .message(.info, "Set on the command line: \(overridden.joined(separator: ", "))"))
    }
    if let failure {
      fail(index, failure)
      noteUnfinished(index, key)
      _ = rematerializer.ran(index, nil, origin: UUID().uuidString, keepsWeights: true)
    } else {
      keep(index, key, before, called)
    }
    let ending: StepEnding = failure == nil ? .done : status == .interrupted ? .interrupted : .failed
    display.stepEnded(title, seconds: steps[index].seconds ?? 0, ending)
    if status == .running, pace.due <= .now { try writeProgress() }
  }

  /// Writes results while the step runs: those of the steps before it, and its own progress.
  private func showProgress(of index: Int) {
    let trainings = run.results.histories.count
    // The step calls from this thread, or from one that it waits for.
    nonisolated(unsafe) let session = self
    observer.schedule(at: pace.due) {
      let running = session.run.results.histories.dropFirst(trainings).last
      session.steps[index].blocks =
        session.observer.blocks + (running.map { [.trainingLog($0.reportLog)] } ?? [])
      // If writing fails, the end of the run reports it.
      try? session.writeProgress()
      session.steps[index].blocks = []
      return session.pace.due
    }
  }

  /// Writes the results so far.
  ///
  /// - Throws: ``FileError``.
  private func writeProgress() throws {
    let start = ContinuousClock.now
    defer { pace.wrote(since: start) }
    cache.write(isWhole: false)
    try writeResults()
  }

  private func fail(_ index: Int, _ failure: CellFailure) {
    let interrupted = failure.isInterruption || observer.shouldStop
    let diagnostic = failure.located(in: notebook.document.source.name)
    steps[index].failure = diagnostic
    if interrupted {
      status = .interrupted
      steps[index].status = .interrupted
      steps[index].blocks.append(
        .message(.warning, "Interrupted here. The steps after this one were not run."))
      return
    }
    let text = diagnostic.rendered(in: notebook.document.source)
    steps[index].blocks.append(.problem(text))
    display.problem(text)
    if steps[index].fence.options.error != true { status = .failed }
  }

  /// Evaluates the inline expressions of prose.
  ///
  /// - Parameter step: the next step.
  private func evaluate(_ prose: Prose, before step: Int) throws {
    observer.beginStep(printingTo: nil)
    for expression in prose.inlineExpressions {
      guard let checked = notebook.expressions[expression] else { continue }
      let key = dependencies.key(of: checked, at: step, rematerializer.fingerprints, environment)
      if keepsSteps, let key, let text = cache.text(ofExpression: key) {
        values[expression] = text
        cache.keep(text: text, ofExpression: key)
        continue
      }
      do {
        try fetch(dependencies.names(readBy: checked.usedNames, at: step, rematerializer.fingerprints))
        trainingCache.begin(nil, retellsEpochs: false)
        let text = try evaluator.evaluate(checked).inlineText
        values[expression] = text
        if let key {
          cache.keep(text: text, ofExpression: key)
        } else {
          rematerializer.evaluated(checked, before: step, origin: UUID().uuidString)
        }
      } catch let error as CellFailure {
        if error.isInterruption || observer.shouldStop {
          status = .interrupted
          return
        }
        // A step that may fail leaves nothing to show; any other failure is reported.
        values[expression] = "⚠ \(error.message)"
        if !steps.contains(where: { $0.status == .failed }) {
          display.problem(error.diagnostic.rendered(in: notebook.document.source))
          status = .failed
        }
      }
      // A step called in prose shows no results there.
      _ = observer.takeBlocks()
    }
  }

  /// The run as it is now.
  var snapshot: RunSnapshot {
    RunSnapshot(
      notebook: notebook, options: options, settings: run.settings, notebookSHA256: notebookSHA256,
      status: status, steps: steps, values: values, lastPosition: lastPosition, results: run.results,
      resultsBefore: resultsBefore, started: started, ended: ended)
  }

  /// Writes the report, run.json and outputs.json in their current state.
  ///
  /// - Parameter isLast: whether they will not be written again and have to be synced.
  /// - Throws: ``FileError``.
  private func writeResults(isLast: Bool = false) throws {
    let snapshot = snapshot
    let provenance = RunProvenance(snapshot)
    let record = RunRecord(snapshot, provenance).json
    self.record = record
    try folder.write(Array(record.utf8), to: "run.json", isSynced: isLast)
    let assembler = ReportAssembler(snapshot)
    let outputs = JSON.text(assembler.outputs())
    try folder.write(Array(outputs.utf8), to: RunFolder.outputs, isSynced: isLast)
    let report = assembler.report(provenance)
    guard let whenWritten = control.whenWritten else {
      return try AtomicFile.write(report.html(), to: folder.report, isSynced: isLast)
    }
    let page = report.rendered()
    try AtomicFile.write(page.html, to: folder.report, isSynced: isLast)
    whenWritten(snapshot, page.parts)
  }
}
