import ArgumentParser
import Benchmarks
import Steps

struct BenchEpoch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "epoch",
    abstract: "Measure training with the augmentations of notebooks/cifar10.md, in images per second.",
    discussion: """
      Batches are shuffled, augmented and normalised in the background, as in a notebook's training. Also shows \
      the share of time spent waiting for batches, and the peak memory. With a notebook, uses its network, \
      augmentations, loss and optimizer, on generated images.

      Example:
        quire bench epoch --data ~/data --batches 100
        quire bench epoch notebook.md
      """)

  @OptionGroup var options: BenchOptions

  @Option(name: .long, help: "Number of generated images (default: 5,000; fewer if larger than 32×32)")
  var images: Int?

  @Option(
    name: .long,
    help: ArgumentHelp("Folder with CIFAR-10, to use instead of the embedded set", valueName: "dir")
  )
  var data: String?

  @Option(name: .long, help: "Maximum number of batches to time (default: the whole epoch)")
  var batches: Int?

  @OptionGroup var output: BenchOutput

  func validate() throws {
    try check("--images", images, in: 1...100_000)
    try check("--batches", batches, in: 1...100_000)
  }

  func run() throws {
    try output.show("epoch") {
      let setting = try options.setting()
      let count =
        images
        ?? BenchmarkData.count(5000, of: setting.workload.model.input, atLeast: 2 * setting.batchSize)
      let set = try BenchmarkData.load(
        folder: data, train: count, test: max(1, count / 5), for: setting.workload)
      return try EpochBenchmark.run(setting, data: set, batches: batches)
    }
  }
}
