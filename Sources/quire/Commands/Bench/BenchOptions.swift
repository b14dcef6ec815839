import ArgumentParser
import Benchmarks
import Foundation
import Neural

/// The network to time and its configuration.
struct BenchOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("What is timed.", valueName: "name"))
  var network: BenchmarkNetwork = .assignment

  @Option(name: .long, help: ArgumentHelp("How numbers are stored and multiplied.", valueName: "name"))
  var precision: Precision = .float32

  @OptionGroup var processors: BenchThreads

  @Option(name: .long, help: "Images a step.")
  var batchSize: Int = 64

  func validate() throws { try check("--batch-size", batchSize, in: 1...4096) }

  func setting() throws -> Setting {
    try Setting(
      network: network, precision: precision, threads: processors.threads, batchSize: batchSize)
  }
}

struct BenchThreads: ParsableArguments {
  @Option(name: .long, help: "Processor threads.")
  var threads: Int = min(64, ProcessInfo.processInfo.activeProcessorCount)

  func validate() throws { try check("--threads", threads, in: 1...256) }
}

struct BenchOutput: ParsableArguments {
  @Flag(name: .long, help: "Print one JSON object.")
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

/// Checks an option's value.
///
/// - Throws: a message if the number is out of range.
func check(_ option: String, _ value: Int, in range: ClosedRange<Int>) throws {
  guard range.contains(value) else {
    throw ValidationError("\(option) must be in \(range.lowerBound)…\(range.upperBound), found \(value)")
  }
}
