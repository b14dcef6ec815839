import ArgumentParser
import Benchmarks
import Steps

struct BenchOps: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ops",
    abstract: "Measure each layer with a product and compare it with the machine's peak.",
    discussion: """
      Times each convolution and linear layer together with the normalisation, activation, pooling and dropout that \
      follow it, and names the kernel that computes it, with the reason. The time is the difference between a small network with and without these layers, in the fastest batch. GFLOP/s are \
      based on the operations of a direct convolution, GB/s on the minimum memory traffic. Both are compared with \
      the machine's peak in the same run.

      Example:
        quire bench ops --threads 1
      """)

  @OptionGroup var options: BenchOptions

  @Option(name: .long, help: "Number of batches to time; the fastest one counts")
  var batches: Int = 10

  @OptionGroup var output: BenchOutput

  func validate() throws { try check("--batches", batches, in: 1...10_000) }

  func run() throws {
    try output.show("ops") { try OperationBenchmark.run(options.setting(), batches: batches) }
  }
}
