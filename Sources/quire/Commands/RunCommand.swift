import ArgumentParser
import Foundation
import Neural
import NotebookRunner

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a notebook and write its report.",
    discussion: """
      Everything is checked before the first step runs. The report goes to output/NAME.html, other results to \
      output/NAME/.

      Example:
        quire run notebooks/cifar10.md -p epochs=5 --data ~/data

      Exit status: 0 done; 1 a step failed (the report ends with the error); 2 nothing was run.
      """)

  @Argument(help: "The notebook, a Markdown file.", completion: .file(extensions: ["md"]))
  var notebook: String

  @OptionGroup var given: ParameterOptions

  @Option(name: .long, help: ArgumentHelp("A folder to look for data sets in, first.", valueName: "dir"))
  var data: String?

  @Option(name: .long, help: ArgumentHelp("Where results go.", valueName: "dir"))
  var output: String = "output"

  @Option(name: .long, help: "Fixes everything random; the notebook's seed where not given.")
  var seed: UInt64?

  @Option(name: .long, help: "Processor threads; the results are the same for any number.")
  var threads: Int?

  @Option(name: .long, help: "What trainings are computed with unless they say otherwise.")
  var precision: Precision = .float32

  @Flag(name: .long, help: "Run every step anew, whatever earlier runs left.")
  var fresh = false

  @Flag(name: .long, help: "Check, measure a few batches, say what the run would take, and stop there.")
  var dryRun = false

  @Flag(name: .long, help: "Print errors only.")
  var quiet = false

  @Flag(name: .long, help: "Print run.json at the end, and nothing else, on standard output.")
  var json = false

  func validate() throws {
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads must be in 1…256, found \(threads)")
    }
  }

  func run() throws {
    Interruption.install()
    let options = RunOptions(
      notebook: notebook, parameters: given.parameters, parameterFiles: given.files, data: data,
      output: output, seed: seed, threads: threads, precision: precision, fresh: fresh, isDryRun: dryRun,
      command: CommandLine.arguments)
    let display = ProgressDisplay(quiet: quiet || json)
    let outcome = onLargeStack {
      NotebookRunner.run(options, display: display) { Interruption.signalNumber }
    }
    if json, let record = outcome.json { Console.out(record) }
    throw ExitCode(outcome.exitCode)
  }
}

/// Notebooks nest and recurse; the main thread's stack is too small to let them.
func onLargeStack<T: Sendable>(_ work: @escaping @Sendable () -> T) -> T {
  nonisolated(unsafe) var result: T?
  let done = DispatchSemaphore(value: 0)
  let thread = Thread {
    result = work()
    done.signal()
  }
  thread.stackSize = 512 << 20
  thread.start()
  done.wait()
  guard let result else { preconditionFailure("the thread ends with a result") }
  return result
}

extension Precision: ExpressibleByArgument {}
