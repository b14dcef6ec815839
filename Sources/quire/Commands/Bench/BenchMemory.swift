import ArgumentParser
import Benchmarks
import Steps

struct BenchMemory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "memory",
    abstract: "Measure the peak memory of a training and compare it with the forecast.",
    discussion: """
      Trains two epochs of three batches on generated images, with evaluations, checkpoints and saved states as in a \
      notebook. The forecast is the one that --max-memory is compared with before a training starts, except that \
      the program's own memory is measured.

      Example:
        quire bench memory --network vgg --batch-size 8
        quire bench memory notebook.md
      """)

  @OptionGroup var options: BenchOptions
  @OptionGroup var output: BenchOutput

  func run() throws {
    try output.show("memory") {
      let setting = try options.setting()
      return try MemoryBenchmark.run(setting) { training in
        RehearsedRun(RunSettings(threads: setting.threads, output: "output")).needs(training).bytes
          - MemoryNeeds.program
      }
    }
  }
}
