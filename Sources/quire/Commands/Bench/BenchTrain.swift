import ArgumentParser
import Benchmarks
import Steps

struct BenchTrain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Measure training batches in images per second.",
    discussion: """
      Each batch consists of the forward and backward pass, running statistics and the optimizer's update, on \
      random images. Shows the median, the slowest and the fastest batch.

      With a notebook, times the notebook's network with the loss and the optimizer of its training. The notebook is \
      checked but not run, and no data is read.

      Example:
        quire bench train --precision float32 --threads 1 --json
        quire bench train notebook.md --model Net --batch-size 32
      """)

  @OptionGroup var options: BenchOptions

  @Option(name: .long, help: "Number of batches to time")
  var batches: Int = 20

  @OptionGroup var output: BenchOutput

  func validate() throws { try check("--batches", batches, in: 1...10_000) }

  func run() throws {
    try output.show("train") { try TrainBenchmark.run(options.setting(), batches: batches) }
  }
}
