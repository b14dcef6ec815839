import Foundation
import Neural
import Reporting
import Support

/// A sweep in progress: starts runs, collects their results, and keeps sweep.json, sweep.csv and the page up to
/// date.
struct Sweep {
  let options: SweepOptions
  let plan: SweepPlan
  let folder: SweepFolder
  let display: any SweepDisplay
  private(set) var manifest: SweepManifest
  let agenda: SweepAgenda
  private(set) var active: [Active] = []
  private var told: Set<String> = []

  struct Active {
    var index: Int
    var run: any LaunchedRun
    var started: ContinuousClock.Instant
  }

  init(_ options: SweepOptions, plan: SweepPlan, folder: SweepFolder, display: any SweepDisplay) {
    self.options = options
    self.plan = plan
    self.folder = folder
    self.display = display
    agenda = SweepAgenda(options, plan: plan, folder: folder)
    let folders = Set(plan.runs.map(\.folder))
    manifest = SweepManifest(
      notebook: options.run.notebook, status: .running, parameters: plan.names, seeds: plan.seeds,
      runs: zip(plan.runs, agenda.decisions).map { run, decision in
        let status: SweepManifest.Status = decision == .done ? .finished : .pending
        return SweepManifest.Run(folder: run.folder, status: status, settings: run.settings)
      },
      earlier: agenda.knownRuns.values.filter { !folders.contains($0.folder) }.sorted {
        $0.folder < $1.folder
      })
  }

  /// Runs everything that is not done and waits for it.
  ///
  /// - Throws: ``FileError`` if results cannot be written; all runs have then ended.
  mutating func execute(launcher: any RunLauncher, signal: () -> Int32?) throws {
    defer { abandon() }
    var waiting = agenda.waiting
    announce()
    for index in plan.runs.indices where agenda.decisions[index] == .done { gather(index) }
    try write()

    var isStopping = false
    while !active.isEmpty || (!waiting.isEmpty && !isStopping) {
      if let number = signal(), !isStopping {
        isStopping = true
        try stop(number)
      }
      while !isStopping, active.count < agenda.jobs, let index = waiting.first {
        waiting.removeFirst()
        try start(index, launcher)
      }
      showProgress()
      Thread.sleep(forTimeInterval: 0.05)
      // Ask each run once: one that ends between two questions would be lost.
      let before = active
      let hasEnded = before.map { $0.run.exitCode != nil }
      active = zip(before, hasEnded).filter { !$1 }.map(\.0)
      for (run, _) in zip(before, hasEnded).filter({ $1 }) {
        end(run)
        try write()
      }
    }
    manifest.status =
      isStopping || signal() != nil
      ? .interrupted : manifest.runs.contains { $0.status != .finished } ? .failed : .finished
    try write()
    conclude()
  }

  /// Asks the runs to stop. Files are updated before waiting for the runs, since another signal may end this
  /// process immediately.
  private mutating func stop(_ signal: Int32) throws {
    for run in active { run.run.stop() }
    manifest.status = .interrupted
    for run in active { manifest.runs[run.index].status = .interrupted }
    try writeManifest()
    display.line(
      active.isEmpty
        ? "Stopping"
        : "Stopping: running jobs will finish their current batch and write their reports."
          + (signal == SIGINT ? " Press Ctrl-C again to quit now." : ""))
    try write()
  }

  func exitCode(signal: Int32?) -> Int32 {
    switch manifest.status {
    case .interrupted: 128 + (signal ?? SIGINT)
    case .finished: 0
    default: 1
    }
  }

  // MARK: One run

  private mutating func start(_ index: Int, _ launcher: any RunLauncher) throws {
    let run = plan.runs[index]
    try folder.clear(run)
    manifest.runs[index].status = .running
    try writeManifest()
    do {
      let launched = try launcher.launch(agenda.arguments(run), errors: folder.errors(run))
      active.append(Active(index: index, run: launched, started: .now))
    } catch {
      manifest.runs[index].status = .failed
      manifest.runs[index].error = "cannot start the run: \(error.localizedDescription)"
      tell(index, after: 0)
      try write()
    }
  }

  private mutating func end(_ ended: Active) {
    let index = ended.index
    let run = plan.runs[index]
    let result = SweepResult(directory: folder.results(run))
    let errors = (try? String(contentsOfFile: folder.errors(run), encoding: .utf8)) ?? ""
    if errors.isEmpty { unlink(folder.errors(run)) }
    let first = errors.split(separator: "\n").first.map(String.init) ?? result?.errors.first
    let code = ended.run.exitCode ?? 0
    switch code {
    case 0 where result?.record.status == .finished && result?.record.isOf(run.settings) == true:
      manifest.runs[index].status = .finished
      gather(index)
    case 0:
      manifest.runs[index].status = .failed
      manifest.runs[index].error =
        result.map { $0.record.provenance.notebookSHA256 != run.settings.notebookSHA256 } == true
        ? "the notebook changed during the sweep; start the sweep again"
        : "cannot read the results"
    case 128 + SIGINT, 128 + SIGTERM, 128 + SIGHUP:
      manifest.runs[index].status = .interrupted
    default:
      manifest.runs[index].status = .failed
      manifest.runs[index].error =
        first ?? (code > 128 ? "killed by signal \(code - 128)" : "exit status \(code)")
    }
    let seconds = (ContinuousClock.now - ended.started) / .seconds(1)
    tell(index, after: seconds)
    if manifest.runs[index].status == .failed, !errors.isEmpty {
      let text = errors.trimmingCharacters(in: .newlines)
      if told.insert(text).inserted { display.problem(text) }
    }
  }

  /// Copies a finished run's figures to the manifest.
  private mutating func gather(_ index: Int) {
    guard let result = SweepResult(directory: folder.results(plan.runs[index])) else { return }
    manifest.runs[index].error = nil
    manifest.runs[index].metric = result.metrics.metric.key
    manifest.runs[index].split = result.metrics.split
    manifest.runs[index].best = result.metrics.best
    manifest.runs[index].bestEpoch = result.metrics.bestEpoch
    manifest.runs[index].seconds = result.metrics.seconds
    if agenda.decisions[index] == .done { tell(index, after: nil) }
    for warning in result.record.warnings where told.insert(warning).inserted { display.warning(warning) }
  }

  /// Stops all runs because writing failed.
  private mutating func abandon() {
    for run in active { run.run.stop() }
    active = []
  }

  // MARK: Files

  private func writeManifest() throws { try AtomicFile.write(JSON.text(manifest), to: folder.manifest) }

  private func write() throws {
    try writeManifest()
    let view = SweepView(self)
    try AtomicFile.write(view.csv, to: folder.csv)
    try AtomicFile.write(view.report.html(), to: folder.page)
  }
}
