import ArgumentParser
import Benchmarks

struct BenchEpoch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "epoch",
    abstract: "Training with the assignment's augmentations, in images a second.",
    discussion: """
      Batches are shuffled, augmented and normalised ahead, as in a notebook's training. Shows what share of the \
      time the steps waited for them, and the most memory that was held.

      Example:
        quire bench epoch --data ~/data --steps 100
      """)

  @OptionGroup var options: BenchOptions

  @Option(name: .long, help: "Training images of the embedded set.")
  var images: Int = 5000

  @Option(
    name: .long, help: ArgumentHelp("A folder with CIFAR-10, in place of the embedded set.", valueName: "dir")
  )
  var data: String?

  @Option(name: .long, help: "Steps that are timed at most; the whole epoch where not given.")
  var steps: Int?

  @OptionGroup var output: BenchOutput

  func validate() throws {
    try check("--images", images, in: 1...100_000)
    if let steps { try check("--steps", steps, in: 1...100_000) }
  }

  func run() throws {
    try output.show("epoch") {
      let set = try BenchmarkData.load(folder: data, train: images, test: max(1, images / 5))
      return try EpochBenchmark.run(options.setting(), data: set, steps: steps)
    }
  }
}
