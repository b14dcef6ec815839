import ArgumentParser
import Cells
import Foundation
import NotebookRunner
import Steps

typealias SweepCommand = NotebookCommand<SweepTask>

struct SweepTask: NotebookTask {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Run a notebook for every combination of parameters and compare the results.",
    discussion: """
      Separate values with commas; in a -P file, use a list. Enclose text that contains a comma, quote or \
      bracket in double quotes: -p 'name="a,b",c'. Arrays keep their brackets: -p 'widths=[16,32],[32,64]'.

      Quire checks and rehearses every combination before it runs the first one. Each run has its own folder in \
      output/NAME-sweep/; the comparison is output/NAME-sweep.html. Run the same command again to resume: runs that \
      finished with the same notebook, values, seed, --data, precision and version of Quire are skipped.

      Example:
        quire sweep notebooks/quickstart.md -p maxLR=0.003,0.01,0.03 -p epochs=5

      Exit status: 0 success; 1 at least one run failed; 2 nothing was run; 130 interrupted.
      """)

  @Option(
    name: .long, help: ArgumentHelp("Run every combination with each of these seeds", valueName: "1,2,3"))
  var seeds: String?

  @Option(name: .long, help: "Number of runs to execute in parallel; they share threads and memory")
  var jobs: Int = 1

  @Flag(name: .long, help: "Print only sweep.json, at the end")
  var json = false

  func validate(hasSeed: Bool) throws {
    try check("--jobs", jobs, in: threadRange)
    if seeds != nil, hasSeed { throw ValidationError("--seed and --seeds cannot be combined") }
    if let seeds, seedList == nil {
      throw ValidationError("--seeds expects comma-separated whole numbers; found '\(seeds)'")
    }
  }

  private var seedList: [UInt64]? {
    guard let seeds else { return [] }
    let parts = seeds.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { UInt64($0.trimmingCharacters(in: .whitespaces)) }
    return numbers.count == parts.count ? numbers : nil
  }

  func run(_ run: RunOptions, isQuiet: Bool) throws {
    Interruption.install(tellsFirst: false)
    let options = SweepOptions(run: run, seeds: seedList ?? [], jobs: jobs)
    let display = ProgressDisplay(quiet: isQuiet || json)
    let executable = Bundle.main.executablePath ?? CommandLine.arguments[0]
    let outcome = withLargeStack {
      SweepRunner.run(options, display: display, launcher: ChildProcesses(executable: executable)) {
        Interruption.signalNumber
      }
    }
    if json, let record = outcome.json { Console.out(record) }
    if let next = outcome.next { Console.next(next) }
    throw ExitCode(outcome.exitCode)
  }
}
