import ArgumentParser
import Benchmarks
import Cells
import Foundation
import Neural
import NotebookRunner
import Steps

/// The network to time and its configuration.
struct BenchOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("Notebook whose network to time, instead of --network", valueName: "notebook"),
    completion: .file(extensions: ["md"]))
  var notebook: String?

  @Option(
    name: .long, help: ArgumentHelp("Name of the notebook's model (default: its first)", valueName: "name"))
  var model: String?

  @OptionGroup var given: ParameterOptions

  @Option(name: .long, help: ArgumentHelp("Network to time (default: assignment)", valueName: "name"))
  var network: BenchmarkNetwork?

  @Option(
    name: .long,
    help: ArgumentHelp("Numeric precision (default: the notebook's, or float32)", valueName: "name"))
  var precision: Precision?

  @OptionGroup var processors: BenchThreads

  @Option(name: .long, help: "Images per batch (default: the notebook's, or 64)")
  var batchSize: Int?

  func validate() throws {
    try check("--batch-size", batchSize, in: DataOutline.batchSizes)
    if notebook == nil {
      if model != nil { throw ValidationError("--model requires a notebook") }
      if !given.arguments.isEmpty || !given.files.isEmpty {
        throw ValidationError("-p and -P require a notebook")
      }
    } else if network != nil {
      throw ValidationError("--network and a notebook cannot be combined")
    }
  }

  /// The network and its configuration.
  ///
  /// - Throws: `ExitCode` 2 after printing the errors of the notebook; `BenchmarkError`.
  func setting() throws -> Setting {
    let (workload, batchSize) = try workload()
    return try Setting(
      workload, precision: precision, threads: processors.threads,
      batchSize: self.batchSize ?? batchSize ?? 64)
  }

  private func workload() throws -> (Workload, batchSize: Int?) {
    guard let notebook else { return (try Workload(network ?? .assignment), nil) }
    let options = RunOptions(
      notebook: notebook, parameters: given.parameters, parameterFiles: given.files,
      threads: processors.threads)
    let networks = withLargeStack { NotebookRunner.networks(of: options) }
    guard networks.report.errors == 0 else {
      for problem in networks.report.renderedErrors { Console.error(problem) }
      throw ExitCode(2)
    }
    guard let network = networks.network(named: model) else {
      Console.error("\(notebook): error: \(networks.missing(model))")
      throw ExitCode(2)
    }
    return (
      Workload(
        network.model, of: notebook, recipe: network.recipe,
        augmentation: network.data?.pipeline.augmentations), network.data?.batchSize
    )
  }
}

struct BenchThreads: ParsableArguments {
  @Option(name: .long, help: "Number of threads")
  var threads: Int = min(64, ProcessInfo.processInfo.activeProcessorCount)

  func validate() throws { try check("--threads", threads, in: threadRange) }
}

struct BenchOutput: ParsableArguments {
  @Flag(name: .long, help: "Print one JSON object")
  var json = false

  /// Runs a benchmark and prints its result. Exits with status 1 if it fails.
  func show(_ command: String, _ benchmark: () throws -> some Figures) throws {
    do {
      let found = try benchmark()
      guard json else { return Console.out("\(found)") }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      Console.out(String(decoding: try encoder.encode(found), as: UTF8.self))
    } catch let code as ExitCode {
      throw code
    } catch {
      Console.error("quire bench \(command): error: \(error)")
      throw ExitCode(1)
    }
  }
}

extension BenchmarkNetwork: ExpressibleByArgument {}
