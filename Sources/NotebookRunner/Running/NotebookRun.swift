import Cells
import Diagnostics
import Documents
import Neural
import Steps
import Store
import Support

/// One `quire run`, from reading the file to the exit status: check, look up the cache, print the plan and
/// estimate, run, clean up.
struct NotebookRun {
  private let options: RunOptions
  private let display: any RunDisplay
  private let signal: @Sendable () -> Int32?
  private let control: RunControl
  private let folder: RunFolder
  private let store: Store

  init(
    _ options: RunOptions, _ display: any RunDisplay, _ signal: @escaping @Sendable () -> Int32?,
    control: RunControl = RunControl()
  ) {
    self.control = control
    self.options = options
    self.display = display
    self.signal = signal
    folder = RunFolder(output: options.output, name: options.name)
    store = Store(output: options.output)
  }

  func outcome() -> RunOutcome {
    Machine.prefetchCommit(of: options.directory)
    let (document, found) =
      control.source.map { DocumentReader.read(bytes: $0, name: options.notebook) }
      ?? DocumentReader.read(path: options.notebook)
    guard let document else {
      for problem in found { display.problem(problem.rendered(file: options.notebook)) }
      return RunOutcome(exitCode: 2)
    }
    let prepared = PreparedRun(
      document, found, options, store: store, folder: folder, display: display, signal: signal,
      control: control)
    let examination = examine(prepared.notebook, prepared.settings)
    guard examination.errorCount == 0, let rehearsal = examination.rehearsal else {
      return RunOutcome(
        exitCode: 2, next: isSweepRun ? nil : NextCommand.afterRefusal(examination.problems, options))
    }
    let session = prepared.session
    do {
      // Prevents other processes from changing the cache while this run relies on it.
      let lock = options.isDryRun ? nil : try store.lock(notebook: options.name)
      defer { lock?.release() }
      // A notebook of the same name may have been run since the check.
      if let problem = folder.owner.problem(for: options.notebook) {
        throw OccupiedResults(description: problem)
      }
      let plan = prepared.plan(rehearsal)
      try announce(plan, rehearsal)
      if options.isDryRun {
        display.event(.line("nothing was run"))
        return RunOutcome(exitCode: 0)
      }
      try prepare()
      let outcome = execute(session)
      lock?.release()
      _ = try? store.collect(limit: Store.defaultLimit)
      return outcome
    } catch {
      display.problem("\(options.notebook): error: \(error); nothing was run")
      return RunOutcome(exitCode: 2)
    }
  }

  /// Reports all problems.
  private func examine(_ notebook: CheckedNotebook, _ settings: RunSettings) -> Examination {
    let examination = Examination(notebook, settings: settings, folder: folder)
    for problem in examination.problems {
      // The step that loads the data repeats this, in the report too.
      if [EmbeddedData().code, SkippedImages().code].contains(problem.code), !options.isDryRun { continue }
      let text = notebook.rendered(problem)
      if problem.severity == .error { display.problem(text) } else { display.warning(text) }
    }
    let count = examination.errorCount
    if count > 0 { display.problem("\(count) \(count == 1 ? "error" : "errors"); nothing was run") }
    return examination
  }

  /// Prints the plan and the estimate.
  private func announce(_ plan: RunPlan, _ rehearsal: NotebookRehearsal) throws {
    for line in rehearsal.dataLines { display.event(.line(line)) }
    display.plan(plan.lines)
    let trainings = rehearsal.trainings.compactMap(plan.remaining)
    let forecast = try RunForecast.measured(trainings, always: options.isDryRun)
    if options.isDryRun || forecast.seconds ?? 0 > 0 {
      for line in forecast.lines { display.event(.line(line)) }
    }
  }

  private func prepare() throws {
    do {
      try folder.prepare()
      try folder.owner.claim(for: options.notebook)
    } catch { throw UnwritableResults(cause: error) }
  }

  private func execute(_ session: Session) -> RunOutcome {
    var failedToWrite = false
    do { try session.execute() } catch {
      failedToWrite = true
      display.problem(
        "\(options.notebook): error: \(UnwritableResults(cause: error)); "
          + "\(folder.report) was written before this error")
    }
    if !failedToWrite { remember(session) }
    for note in store.takeNotes() { display.event(.warning(note.description)) }
    if !failedToWrite {
      display.finished(report: folder.report, verdict: Verdicts.sentence(session.snapshot))
    }
    let code: Int32 =
      switch session.status {
      case .interrupted: 128 + (signal() ?? 2)
      case .failed: 1
      default: failedToWrite ? 1 : 0
      }
    let failure = session.snapshot.steps.first { $0.status == .failed }?.failure?.message
    return RunOutcome(
      exitCode: code, report: folder.report, json: session.record,
      next: code == 0 || isSweepRun ? nil : NextCommand.afterStop(options, failure: failure))
  }

  /// Whether this is a run of a sweep, which says itself how to continue.
  private var isSweepRun: Bool { FileBytes.isFile("\(options.output)/../sweep.json") }
}

extension NotebookRun {
  /// Adds the run to the history, and its report to the list of reports; the runs of a sweep have the sweep's page.
  private func remember(_ session: Session) {
    if isSweepRun { return }
    do {
      try RunHistory(output: options.output, name: options.name).add(session.snapshot)
      KilledRuns.settle(output: options.output)
      try ReportIndex.update(output: options.output)
    } catch {
      display.event(.warning("the history and index.html are not up to date: \(error)"))
    }
  }
}

private struct OccupiedResults: Error, CustomStringConvertible {
  let description: String
}

private struct UnwritableResults: Error, CustomStringConvertible {
  let cause: any Error
  var description: String { "cannot write the results: \(cause); use --output to choose another folder" }
}
