import ArgumentParser
import Neural
import NotebookRunner
import Steps
import Store
import Support

/// A command that runs a notebook: `run` or `sweep`. The options that both share are here; those of one are in its
/// task.
///
/// They are not in an option group: debug builds of the argument parser validate the options of a group repeatedly,
/// which took a fifth of a short run.
struct NotebookCommand<Task: NotebookTask>: ParsableCommand {
  static var configuration: CommandConfiguration { Task.configuration }

  @Argument(help: .notebook, completion: .file(extensions: ["md"]))
  var notebook: String

  @OptionGroup var given: ParameterOptions

  @Option(name: .long, help: .data)
  var data: String?

  @Option(name: .long, help: .output)
  var output: String = "output"

  @Option(name: .long, help: .seed)
  var seed: UInt64?

  @Option(name: .long, help: .threads)
  var threads: Int?

  @Option(name: .long, help: .precision)
  var precision: Precision = .float32

  @Flag(name: .long, help: "Ignore saved results and re-run everything")
  var fresh = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Save a checkpoint every N batches (default: every epoch and every 15 s)", valueName: "N"))
  var checkpointEvery: Int?

  @Option(name: .long, help: .maxMemory)
  var maxMemory: ByteCount?

  @Option(name: .long, help: .theme, completion: .file(extensions: ["css"]))
  var theme: String?

  @Flag(name: .long, help: .quiet)
  var quiet = false

  @Option(name: .long, help: .color)
  var color = ColorChoice.auto

  @OptionGroup var task: Task

  func validate() throws {
    try check("--threads", threads, in: threadRange)
    if let checkpointEvery, checkpointEvery < 1 {
      throw ValidationError("--checkpoint-every must be at least 1, found \(checkpointEvery)")
    }
    try maxMemory?.validateAsLimit()
    try task.validate(hasSeed: seed != nil)
  }

  func run() throws {
    Console.color = color
    let options = RunOptions(
      notebook: notebook, parameters: given.parameters, parameterFiles: given.files, data: data,
      output: output, seed: seed, threads: threads, precision: precision, fresh: fresh,
      checkpointEvery: checkpointEvery, maxMemory: maxMemory?.bytes, theme: theme,
      command: CommandLine.arguments)
    try task.run(options, isQuiet: quiet)
  }
}

/// The action of one command, with the options that only it has.
protocol NotebookTask: ParsableArguments {
  static var configuration: CommandConfiguration { get }
  /// Checks the options.
  ///
  /// - Throws: `ValidationError` if they conflict with the shared options.
  func validate(hasSeed: Bool) throws
  /// Runs the notebook.
  ///
  /// - Throws: `ExitCode`.
  func run(_ options: RunOptions, isQuiet: Bool) throws
}
