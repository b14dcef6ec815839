import ArgumentParser
import Neural
import NotebookRunner
import Store

/// The options that `run` and `sweep` share.
///
/// It holds no option group of its own: debug builds of the argument parser validate nested groups again and again, which
/// took a fifth of a short run.
struct RunSettingsOptions: ParsableArguments {
  @Argument(help: "The notebook, a Markdown file.", completion: .file(extensions: ["md"]))
  var notebook: String

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

  @Flag(name: .long, help: "Run everything anew, whatever earlier runs left.")
  var fresh = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Keep a training's state after every so many batches; without it after epochs, and every 15 seconds.",
      valueName: "batches"))
  var checkpointEvery: Int?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Refuse steps that need more memory: 500M, 2G; without it 80 % of the machine's.", valueName: "size"
    ))
  var maxMemory: ByteCount?

  @Flag(name: .long, help: "Print errors only.")
  var quiet = false

  func validate() throws {
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads must be in 1…256, found \(threads)")
    }
    if let checkpointEvery, checkpointEvery < 1 {
      throw ValidationError("--checkpoint-every must be at least 1, found \(checkpointEvery)")
    }
    try maxMemory?.validateAsLimit()
  }

  func options(_ given: ParameterOptions, isDryRun: Bool = false) -> RunOptions {
    RunOptions(
      notebook: notebook, parameters: given.parameters, parameterFiles: given.files, data: data,
      output: output, seed: seed, threads: threads, precision: precision, fresh: fresh,
      checkpointEvery: checkpointEvery, maxMemory: maxMemory?.bytes, isDryRun: isDryRun,
      command: CommandLine.arguments)
  }
}

extension Precision: ExpressibleByArgument {}
