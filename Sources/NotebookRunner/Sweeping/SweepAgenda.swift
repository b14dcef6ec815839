import Cells
import Neural
import Steps

/// The remaining runs of a sweep, and the share of the machine for each run.
struct SweepAgenda: Sendable {
  private let options: SweepOptions
  private let plan: SweepPlan
  private let folder: SweepFolder
  /// All runs known from this sweep or earlier ones, by folder.
  let knownRuns: [String: SweepManifest.Run]
  /// The decision for each run, in plan order.
  let decisions: [SweepDecision]
  /// The indices of the runs to be started.
  let waiting: [Int]
  /// The number of concurrent runs; they share threads and memory.
  let jobs: Int
  let threads: Int
  let memory: MemoryLimit

  init(_ options: SweepOptions, plan: SweepPlan, folder: SweepFolder) {
    self.options = options
    self.plan = plan
    self.folder = folder
    let known = SweepManifest.read(folder.manifest)?.known ?? [:]
    knownRuns = known
    let decisions = plan.runs.map { run in
      SweepDecision(
        run.settings, known: known[run.folder], record: SweepResult.record(folder.results(run)),
        isFresh: options.run.fresh)
    }
    self.decisions = decisions
    waiting = plan.runs.indices.filter { decisions[$0] != .done }
    jobs = max(1, min(options.jobs, waiting.count))
    threads = max(1, (options.run.threads ?? RunOptions.allThreads) / jobs)
    memory = options.run.memoryLimit.shared(by: jobs)
  }

  /// The settings of a run, as its own process will see them.
  func settings(_ run: PlannedRun) -> RunSettings {
    var given = options.run
    given.seed = run.seed
    given.threads = threads
    var settings = RunSettings(
      given, plan.document, RunFolder(output: folder.output(run), name: options.run.name))
    settings.memoryLimit = memory
    return settings
  }

  /// The command line of a run.
  func arguments(_ run: PlannedRun) -> [String] {
    var arguments = ["run", options.run.notebook]
    for parameter in run.given.parameters {
      arguments += ["-p", "\(parameter.name)=\(parameter.value.text)"]
    }
    if let seed = run.seed { arguments += ["--seed", "\(seed)"] }
    if let data = options.run.data { arguments += ["--data", data] }
    if let every = options.run.checkpointEvery { arguments += ["--checkpoint-every", "\(every)"] }
    if options.run.maxMemory != nil || jobs > 1 { arguments += ["--max-memory", "\(memory.bytes)"] }
    if let theme = options.run.theme { arguments += ["--theme", theme] }
    if options.run.fresh { arguments.append("--fresh") }
    return arguments + [
      "--precision", options.run.precision.rawValue, "--threads", "\(threads)", "--output",
      folder.output(run), "--quiet",
    ]
  }
}
