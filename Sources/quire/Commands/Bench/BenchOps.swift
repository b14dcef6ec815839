import ArgumentParser
import Benchmarks

struct BenchOps: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ops",
    abstract: "Each convolution of a network by itself, beside the machine's ceilings.",
    discussion: """
      A convolution is timed together with the normalisation, activation and dropout behind it, as what they add \
      to a small network; the fastest of the steps counts. GFLOP/s count a direct convolution, GB/s what must \
      move at least, and both are held against what the machine did in the same run.

      Example:
        quire bench ops --threads 1
      """)

  @OptionGroup var options: BenchOptions

  @Option(name: .long, help: "Steps, of which the fastest counts.")
  var steps: Int = 10

  @OptionGroup var output: BenchOutput

  func validate() throws { try check("--steps", steps, in: 1...10_000) }

  func run() throws {
    try output.show("ops") { try OperationBenchmark.run(options.setting(), steps: steps) }
  }
}
