import ArgumentParser
import Benchmarks

struct BenchMachine: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "machine",
    abstract: "Measure the machine's peak arithmetic and memory throughput.",
    discussion: """
      Runs independent multiply-adds in registers of the instruction set's full width, then reads memory, then \
      reads and writes it. Each figure is the best of five runs. Other programs that run at the same time make the \
      figures vary.

      Example:
        quire bench machine --threads 1
      """)

  @OptionGroup var processors: BenchThreads
  @OptionGroup var output: BenchOutput

  func run() throws {
    try output.show("machine") { MachineBenchmark.run(threads: processors.threads) }
  }
}
