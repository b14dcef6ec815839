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
      Everything is checked before the first step runs. The report goes to output/NAME.html, other results to \
      output/NAME/.

      Example:
        quire run notebooks/cifar10.md -p epochs=5 --data ~/data

      Exit status: 0 done; 1 a step failed (the report ends with the error); 2 nothing was run; 130 \
      and 143 it was interrupted by Ctrl-C or kill, and the same command goes on.
      """)

  @Flag(name: .long, help: "Check, measure a few batches, say what the run would take, and stop there.")
  var dryRun = false

  @Flag(name: .long, help: "Print run.json at the end, and nothing else, on standard output.")
  var json = false

  func validate(hasSeed: Bool) {}

  func run(_ options: RunOptions, isQuiet: Bool) throws {
    Interruption.install()
    var options = options
    options.isDryRun = dryRun
    let display = ProgressDisplay(quiet: isQuiet || json)
    let outcome = withLargeStack { [options] in
      NotebookRunner.run(options, display: display) { Interruption.signalNumber }
    }
    if json, let record = outcome.json { Console.out(record) }
    throw ExitCode(outcome.exitCode)
  }
}
