import Foundation
import Neural
import Reporting

/// A sweep under way: starts runs, gathers them, and keeps sweep.json, sweep.csv and the page true.
struct Sweep {
  let options: SweepOptions
  let plan: SweepPlan
  let folder: SweepFolder
  let display: any SweepDisplay
  let started = Date()
  private(set) var manifest: SweepManifest
  private let decisions: [SweepDecision]
  private var active: [Active] = []
  private var told: Set<String> = []

  private struct Active {
    var index: Int
    var run: any LaunchedRun
    var started: ContinuousClock.Instant
  }

  init(_ options: SweepOptions, plan: SweepPlan, folder: SweepFolder, display: any SweepDisplay) {
    self.options = options
    self.plan = plan
    self.folder = folder
    self.display = display
    let known = SweepManifest.read(folder.manifest)?.known ?? [:]
    let decisions = plan.runs.map { run in
      SweepDecision(
        run.settings, known: known[run.folder], record: SweepResult.record(folder.results(run)),
        isFresh: options.run.fresh)
    }
    let folders = Set(plan.runs.map(\.folder))
    manifest = SweepManifest(
      notebook: options.run.notebook, status: .running, parameters: plan.names, seeds: plan.seeds,
      runs: zip(plan.runs, decisions).map { run, decision in
        let status: SweepManifest.Status = decision == .done ? .finished : .pending
        return SweepManifest.Run(folder: run.folder, status: status, settings: run.settings)
      },
      earlier: known.values.filter { !folders.contains($0.folder) }.sorted { $0.folder < $1.folder })
    self.decisions = decisions
  }

  /// Runs what is not done, and waits for it.
  ///
  /// - Throws: ``FileError`` where results cannot be written; no run is left behind.
  mutating func execute(launcher: any RunLauncher, signal: () -> Int32?) throws {
    defer { abandon() }
    var waiting = plan.runs.indices.filter { decisions[$0] != .done }
    let jobs = max(1, min(options.jobs, waiting.count))
    let threads = max(1, (options.run.threads ?? RunOptions.allThreads) / jobs)
    announce(waiting.count, jobs: jobs, threads: threads)
    for index in plan.runs.indices where decisions[index] == .done { gather(index) }
    try write()

    var isStopping = false
    while !active.isEmpty || (!waiting.isEmpty && !isStopping) {
      if signal() != nil, !isStopping {
        isStopping = true
        for run in active { run.run.stop() }
      }
      while !isStopping, active.count < jobs, let index = waiting.first {
        waiting.removeFirst()
        try start(index, threads: threads, launcher)
      }
      showProgress()
      Thread.sleep(forTimeInterval: 0.05)
      let ended = active.filter { $0.run.exitCode != nil }
      active.removeAll { $0.run.exitCode != nil }
      for run in ended {
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

  func exitCode(signal: Int32?) -> Int32 {
    switch manifest.status {
    case .interrupted: 128 + (signal ?? SIGINT)
    case .finished: 0
    default: 1
    }
  }

  // MARK: One run

  private mutating func start(_ index: Int, threads: Int, _ launcher: any RunLauncher) throws {
    let run = plan.runs[index]
    try folder.clear(run)
    manifest.runs[index].status = .running
    try writeManifest()
    do {
      let launched = try launcher.launch(arguments(run, threads: threads), errors: folder.errors(run))
      active.append(Active(index: index, run: launched, started: .now))
    } catch {
      manifest.runs[index].status = .failed
      manifest.runs[index].error = "it could not be started: \(error.localizedDescription)"
      tell(index, after: 0)
      try write()
    }
  }

  private func arguments(_ run: PlannedRun, threads: Int) -> [String] {
    var arguments = ["run", options.run.notebook]
    for parameter in run.arguments { arguments += ["-p", "\(parameter.name)=\(parameter.value)"] }
    if let seed = run.seed { arguments += ["--seed", "\(seed)"] }
    if let data = options.run.data { arguments += ["--data", data] }
    if let every = options.run.checkpointEvery { arguments += ["--checkpoint-every", "\(every)"] }
    // Runs at once share the memory.
    let memory = options.run.memoryLimit.shared(by: options.jobs)
    if options.run.maxMemory != nil || options.jobs > 1 { arguments += ["--max-memory", "\(memory.bytes)"] }
    return arguments + [
      "--precision", options.run.precision.rawValue, "--threads", "\(threads)", "--output",
      folder.output(run), "--quiet",
    ]
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
        ? "the notebook was changed while the sweep was running; start the sweep again"
        : "its results cannot be read"
    case 128 + SIGINT, 128 + SIGTERM:
      manifest.runs[index].status = .interrupted
    default:
      manifest.runs[index].status = .failed
      manifest.runs[index].error =
        first ?? (code > 128 ? "it was ended by signal \(code - 128)" : "exit status \(code)")
    }
    let seconds = (ContinuousClock.now - ended.started) / .seconds(1)
    tell(index, after: seconds)
    if manifest.runs[index].status == .failed, !errors.isEmpty {
      let text = errors.trimmingCharacters(in: .newlines)
      if told.insert(text).inserted { display.problem(text) }
    }
  }

  /// Takes a finished run's figures into the manifest.
  private mutating func gather(_ index: Int) {
    guard let result = SweepResult(directory: folder.results(plan.runs[index])) else { return }
    manifest.runs[index].error = nil
    manifest.runs[index].bestTestAccuracy = result.metrics.bestTestAccuracy
    manifest.runs[index].bestEpoch = result.metrics.bestEpoch
    manifest.runs[index].seconds = result.metrics.seconds
    if decisions[index] == .done { tell(index, after: nil) }
    for warning in result.record.warnings where told.insert(warning).inserted { display.warning(warning) }
  }

  /// Where writing failed, nothing goes on unseen.
  private mutating func abandon() {
    for run in active { run.run.stop() }
    active = []
  }

  // MARK: What is told

  private func announce(_ count: Int, jobs: Int, threads: Int) {
    let total = plan.runs.count
    var text = "\(total) \(total == 1 ? "run" : "runs") of \(options.run.notebook)"
    if count < total { text += ", \(total - count) done already" }
    if count > 0 {
      text +=
        "; \(jobs) at a time on \(threads) \(threads == 1 ? "thread" : "threads")\(jobs > 1 ? " each" : "")"
    }
    display.line(text)
  }

  private mutating func tell(_ index: Int, after seconds: Double?) {
    let run = manifest.runs[index]
    let time = seconds.map { " after \(Verdicts.time($0))" } ?? ""
    let outcome =
      switch run.status {
      case .finished:
        SweepResult(directory: folder.results(plan.runs[index])).map { $0.sentence } ?? "finished"
      case .failed: "failed\(time)"
      case .interrupted: "interrupted\(time)"
      case .pending, .running: "running"
      }
    let reason =
      switch decisions[index] {
      case .done: "done already"
      case .run(let because): "run: \(because)"
      }
    display.line("[\(index + 1)/\(plan.runs.count)] \(plan.runs[index].title): \(outcome) (\(reason))")
  }

  private func showProgress() {
    let states = active.map { run in
      let planned = plan.runs[run.index]
      let rows = SweepResult.currentRows(folder.results(planned))
      let state = rows.last.map { "epoch \($0.epoch), \(Verdicts.spaced($0.testAccuracy))" } ?? "started"
      return "\(planned.title): \(state)"
    }
    let done = manifest.runs.count { $0.status != .pending && $0.status != .running }
    if !states.isEmpty {
      display.status("\(done)/\(plan.runs.count) done; \(states.joined(separator: "; "))")
    }
  }

  private func conclude() {
    let view = SweepView(self)
    display.line("")
    for line in view.terminalTable { display.line(line) }
    let failed = zip(plan.runs, manifest.runs).filter {
      $0.1.status == .failed || $0.1.status == .interrupted
    }
    if manifest.status == .failed {
      display.problem(
        "\(failed.count) of \(plan.runs.count) \(plan.runs.count == 1 ? "run" : "runs") failed:\n"
          + failed.map { "  \($0.0.title): \($0.1.error ?? "interrupted")" }.joined(separator: "\n"))
    }
    display.line("")
    display.line(view.verdict.sentence)
    display.line("Page: \(folder.page)")
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

extension SweepResult {
  /// `87.0 % at epoch 48, 38 min`.
  var sentence: String {
    guard let accuracy = metrics.bestTestAccuracy else { return record.verdict }
    var text = Verdicts.spaced(accuracy)
    if let epoch = metrics.bestEpoch { text += " at epoch \(epoch)" }
    if let seconds = metrics.seconds { text += ", \(Verdicts.time(seconds))" }
    return text
  }

  /// The epochs of the training that a run is at.
  static func currentRows(_ directory: String) -> [Reporting.TrainingLog.Row] {
    var rows: [Reporting.TrainingLog.Row] = []
    var number = 1
    while FileBytes.isFile("\(directory)/\(HistoryFile.name(number))") {
      rows = HistoryFile.rows("\(directory)/\(HistoryFile.name(number))")
      number += 1
    }
    return rows
  }
}
