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

  @Option(name: .long, help: "Number of test images from the embedded set")
  var images: Int = 10_000

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
      let set = try BenchmarkData.load(folder: data, train: 1, test: images)
      return try EvaluationBenchmark.run(options.setting(), data: set, rounds: rounds)
    }
  }
}
