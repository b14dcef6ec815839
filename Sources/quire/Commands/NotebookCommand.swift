import ArgumentParser
import Neural
import NotebookRunner
import Store

/// A command that runs a notebook: `run`, `sweep`. The options that both have stand here; those of one stand in its task.
///
/// They stand at the top and not in an option group: debug builds of the argument parser validate the options of a group
/// many times over, which took a fifth of a short run.
struct NotebookCommand<Task: NotebookTask>: ParsableCommand {
  static var configuration: CommandConfiguration { Task.configuration }

  @Argument(help: "The notebook, a Markdown file.", completion: .file(extensions: ["md"]))
  var notebook: String

  @OptionGroup var given: ParameterOptions

  @Option(name: .long, help: ArgumentHelp("Folder to search first for data sets.", valueName: "dir"))
  var data: String?

  @Option(name: .long, help: ArgumentHelp("Folder for results.", valueName: "dir"))
  var output: String = "output"

  @Option(name: .long, help: "Random seed (default: the notebook's).")
  var seed: UInt64?

  @Option(name: .long, help: "Processor threads; results are the same for any number.")
  var threads: Int?

  @Option(name: .long, help: "Default numeric precision for training.")
  var precision: Precision = .float32

  @Flag(name: .long, help: "Ignore saved results and rerun everything.")
  var fresh = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Save a checkpoint every N batches (default: every epoch and every 15 s).", valueName: "N"))
  var checkpointEvery: Int?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Memory limit, e.g. 500M or 2G (default: 80% of this machine's memory).", valueName: "size"))
  var maxMemory: ByteCount?

  @Flag(name: .long, help: "Print errors only.")
  var quiet = false

  @OptionGroup var task: Task

  func validate() throws {
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads must be in 1…256, found \(threads)")
    }
    if let checkpointEvery, checkpointEvery < 1 {
      throw ValidationError("--checkpoint-every must be at least 1, found \(checkpointEvery)")
    }
    try maxMemory?.validateAsLimit()
    try task.validate(hasSeed: seed != nil)
  }

  func run() throws {
    let options = RunOptions(
      notebook: notebook, parameters: given.parameters, parameterFiles: given.files, data: data,
      output: output, seed: seed, threads: threads, precision: precision, fresh: fresh,
      checkpointEvery: checkpointEvery, maxMemory: maxMemory?.bytes, command: CommandLine.arguments)
    try task.run(options, isQuiet: quiet)
  }
}

/// What one of the commands does with the notebook, and the options that it alone has.
protocol NotebookTask: ParsableArguments {
  static var configuration: CommandConfiguration { get }
  /// - Throws: `ValidationError` where its options do not fit the shared ones.
  func validate(hasSeed: Bool) throws
  /// - Throws: `ExitCode`.
  func run(_ options: RunOptions, isQuiet: Bool) throws
}

