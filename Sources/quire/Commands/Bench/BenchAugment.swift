import ArgumentParser
import Benchmarks
import Steps

struct BenchAugment: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "augment",
    abstract: "Measure the augmentations of notebooks/cifar10.md, in images per second and core.",
    discussion: """
      Each image goes from its bytes to a normalised batch, on one thread. The result is measured in CPU time.

      Example:
        quire bench augment --images 50000
      """)

  @Option(name: .long, help: "Minimum number of images")
  var images: Int = 20_000

  @OptionGroup var output: BenchOutput

  func validate() throws { try check("--images", images, in: 1...10_000_000) }

  func run() throws {
    try output.show("augment") { try AugmentationBenchmark.run(images: images) }
  }
}
