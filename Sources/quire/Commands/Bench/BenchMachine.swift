import ArgumentParser
import Benchmarks

struct BenchMachine: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "machine",
    abstract: "What the machine can do at most: arithmetic and memory.",
    discussion: """
      Independent multiply-adds in registers, as wide as the chosen instruction set has them, and memory that is \
      read, or read and written; the best of five. The numbers wander where something else is running.

      Example:
        quire bench machine --threads 1
      """)

  @OptionGroup var processors: BenchThreads
  @OptionGroup var output: BenchOutput

  func run() throws {
    try output.show("machine") { MachineBenchmark.run(threads: processors.threads) }
  }
}
