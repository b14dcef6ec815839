import ArgumentParser
import Benchmarks

struct BenchAugment: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "augment",
    abstract: "The assignment's augmentations, in images a second a core.",
    discussion: """
      From an image's bytes to its place in a normalised batch, on one thread, by processor time.

      Example:
        quire bench augment --images 50000
      """)

  @Option(name: .long, help: "Images at least.")
  var images: Int = 20_000

  @OptionGroup var output: BenchOutput

  func validate() throws { try check("--images", images, in: 1...10_000_000) }

  func run() throws {
    try output.show("augment") { try AugmentationBenchmark.run(images: images) }
  }
}
