import ArgumentParser
import Benchmarks

struct BenchEvaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Evaluating a test set, in seconds.",
    discussion: """
      From compiling the network for inference to the last image's answer; the median of the rounds.

      Example:
        quire bench evaluate --images 10000
      """)

  @OptionGroup var options: BenchOptions

  @Option(name: .long, help: "Test images of the embedded set.")
  var images: Int = 10_000

  @Option(
    name: .long, help: ArgumentHelp("A folder with CIFAR-10, in place of the embedded set.", valueName: "dir")
  )
  var data: String?

  @Option(name: .long, help: "How often the set is evaluated.")
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
