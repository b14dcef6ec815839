import ArgumentParser
import Benchmarks
import Steps

struct BenchEvaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure predictions in images per second, and the evaluation of a test set in seconds.",
    discussion: """
      Batches that are ready in memory are timed one by one. A whole evaluation covers compiling the network for \
      inference, normalisation and predicting every image. The results are medians.

      Example:
        quire bench evaluate --images 10000
        quire bench evaluate notebook.md --rounds 0
      """)

  @OptionGroup var options: BenchOptions

  @Option(name: .long, help: "Number of generated images (default: 10,000; fewer if larger than 32×32)")
  var images: Int?

  @Option(
    name: .long,
    help: ArgumentHelp("Folder with CIFAR-10, to use instead of the embedded set", valueName: "dir")
  )
  var data: String?

  @Option(name: .long, help: "Number of batches to time")
  var batches: Int = 20

  @Option(name: .long, help: "Number of whole evaluations; 0 times only batches")
  var rounds: Int = 3

  @OptionGroup var output: BenchOutput

  func validate() throws {
    try check("--images", images, in: 1...100_000)
    try check("--rounds", rounds, in: 0...1000)
    try check("--batches", batches, in: 1...10_000)
  }

  func run() throws {
    try output.show("evaluate") {
      let setting = try options.setting()
      guard rounds > 0 else {
        return try EvaluationBenchmark.run(setting, data: nil, batches: batches, rounds: 1)
      }
      let count =
        images
        ?? BenchmarkData.count(10_000, of: setting.workload.model.input, atLeast: setting.batchSize)
      let set = try BenchmarkData.load(folder: data, train: 1, test: count, for: setting.workload)
      return try EvaluationBenchmark.run(setting, data: set, batches: batches, rounds: rounds)
    }
  }
}
