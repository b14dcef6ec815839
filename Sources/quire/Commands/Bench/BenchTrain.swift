import ArgumentParser
import Benchmarks

struct BenchTrain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Whole training steps, in images a second.",
    discussion: """
      Forward, backward, running statistics and AdamW on a batch of made-up images; the median of the steps, \
      and the slowest and the fastest.

      Example:
        quire bench train --precision float32 --threads 1 --json
      """)

  @OptionGroup var options: BenchOptions

  @Option(name: .long, help: "Steps that are timed.")
  var steps: Int = 20

  @OptionGroup var output: BenchOutput

  func validate() throws { try check("--steps", steps, in: 1...10_000) }

  func run() throws {
    try output.show("train") { try TrainBenchmark.run(options.setting(), steps: steps) }
  }
}
