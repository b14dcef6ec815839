import ArgumentParser
import Cells
import Foundation
import NotebookRunner

typealias RunCommand = NotebookCommand<RunTask>

struct RunTask: NotebookTask {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a notebook and write its report.",
    discussion: """
      Quire checks the whole notebook before it runs the first step. It writes the report to output/NAME.html and \
      all other results to output/NAME/.

      Example:
        quire run notebooks/cifar10.md -p epochs=5 --data ~/data

      Exit status: 0 success; 1 a step failed (the report ends with the error); 2 nothing was run; 129, 130 \
      or 143 interrupted by a closed terminal, Ctrl-C or kill (run the same command again to resume).
      """)

  @Flag(name: .long, help: "Check the notebook, estimate time and memory, then exit")
  var dryRun = false

  @Flag(name: .long, help: "Print only run.json, at the end")
  var json = false

  @Flag(name: .customLong("open"), help: "Open the report at the end, as 'quire open' does")
  var opensReport = false

  @Flag(name: .long, help: "Print the time of each step at the end")
  var timings = false

  func validate(hasSeed: Bool) {}

  func run(_ options: RunOptions, isQuiet: Bool) throws {
    Interruption.install()
    var options = options
    options.isDryRun = dryRun
    let display = ProgressDisplay(quiet: isQuiet || json)
    let outcome = withLargeStack { [options] in
      NotebookRunner.run(options, display: display) { Interruption.signalNumber }
    }
    if timings { display.showTimes() }
    if json, let record = outcome.json { Console.out(record) }
    if let next = outcome.next { Console.next(next) }
    if opensReport, let report = outcome.report, !Opener().show(report), outcome.exitCode == 0 {
      throw ExitCode(1)
    }
    throw ExitCode(outcome.exitCode)
  }
}
