import ArgumentParser
import Benchmarks
import Steps

struct BenchEvaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure the evaluation of a test set in seconds.",
    discussion: """
      The time covers compiling the network for inference and predicting every image. The result is the median \
      of the rounds.

      Example:
        quire bench evaluate --images 10000
      """)

  @OptionGroup var options: BenchOptions

  @Option(name: .long, help: "Number of generated images (default: 10,000; fewer if larger than 32×32)")
  var images: Int?

  @Option(
    name: .long,
    help: ArgumentHelp("Folder with CIFAR-10, to use instead of the embedded set", valueName: "dir")
  )
  var data: String?

  @Option(name: .long, help: "Number of evaluations")
  var rounds: Int = 3

  @OptionGroup var output: BenchOutput

  func validate() throws {
    try check("--images", images, in: 1...100_000)
    try check("--rounds", rounds, in: 1...1000)
  }

  func run() throws {
    try output.show("evaluate") {
      let setting = try options.setting()
      let input = setting.network.input
      let count = images ?? BenchmarkData.count(10_000, of: input, atLeast: setting.batchSize)
      let set = try BenchmarkData.load(folder: data, train: 1, test: count, for: input)
      return try EvaluationBenchmark.run(setting, data: set, rounds: rounds)
    }
  }
}
