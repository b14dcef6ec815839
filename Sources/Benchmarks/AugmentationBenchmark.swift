import Neural
import Support

/// Times the assignment's augmentations on one thread, from bytes to normalised batches.
public enum AugmentationBenchmark {
  /// The benchmark's result.
  public struct Found: Figures {
    /// Images per second of processor time, independent of other load on the machine.
    public var imagesPerSecond: Double
    /// Processor time per image, in microseconds.
    public var microsecondsPerImage: Double
    /// The number of images.
    public var images: Int
    /// The number of threads.
    public let threads = 1

    public var description: String {
      """
      the assignment's augmentations: \(Number.grouped(Int(imagesPerSecond))) images/s per core \
      (\(Number.fixed(microsecondsPerImage, 1)) µs of processor time per image; \(Number.grouped(images)) images)
      """
    }
  }

  /// Runs the benchmark.
  ///
  /// - Precondition: `images` is at least 1.
  public static func run(images: Int) throws -> Found {
    let batchSize = 64
    let data = try Dataset.synthetic(train: 2000, test: 1)
    let pipeline = try AugmentationPipeline(BenchmarkData.augmentation(data.imageSize), for: data)
    let stream = try BatchStream(set: data.train, pipeline: pipeline, batchSize: batchSize, seed: 1)
    stream.epoch(0) { _ in }
    var done = 0
    let start = processorSeconds()
    var epoch = 0
    while done < images {
      epoch += 1
      stream.epoch(epoch) { done += $0.count }
    }
    let time = processorSeconds() - start
    return Found(
      imagesPerSecond: Double(done) / time, microsecondsPerImage: time / Double(done) * 1e6, images: done)
  }
}
