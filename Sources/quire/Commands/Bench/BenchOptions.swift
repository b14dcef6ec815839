import ArgumentParser
import Benchmarks
import Foundation
import Neural
import Steps

/// The network to time and its configuration.
struct BenchOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("Network to time", valueName: "name"))
  var network: BenchmarkNetwork = .assignment

  @Option(name: .long, help: ArgumentHelp("Numeric precision", valueName: "name"))
  var precision: Precision = .float32

  @OptionGroup var processors: BenchThreads

  @Option(name: .long, help: "Images per batch")
  var batchSize: Int = 64

  func validate() throws { try check("--batch-size", batchSize, in: DataOutline.batchSizes) }

  func setting() throws -> Setting {
    try Setting(
      network: network, precision: precision, threads: processors.threads, batchSize: batchSize)
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
    } catch {
      Console.error("quire bench \(command): error: \(error)")
      throw ExitCode(1)
    }
  }
}

extension BenchmarkNetwork: ExpressibleByArgument {}
