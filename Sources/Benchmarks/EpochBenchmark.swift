import Neural
import Support

/// Times training as in a real epoch: a background thread shuffles and augments images while batches are trained.
public enum EpochBenchmark {
  /// The benchmark's result.
  public struct Found: Figures {
    /// Training throughput.
    public var rate: Rate
    /// The number of trainable parameters.
    public var parameters: Int
    /// The number of training images in an epoch.
    public var images: Int
    /// The time for the timed batches, in seconds.
    public var seconds: Double
    /// The fraction of the time spent waiting for the next batch.
    public var waitShare: Double
    /// The peak memory of the process in bytes: data, plan and program.
    public var peakMemoryBytes: Int
    /// The name of the data set.
    public var data: String

    enum Key: String, CodingKey { case parameters, images, seconds, waitShare, peakMemoryBytes, data }

    public func encode(to encoder: any Encoder) throws {
      try rate.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(parameters, forKey: .parameters)
      try container.encode(images, forKey: .images)
      try container.encode(seconds, forKey: .seconds)
      try container.encode(waitShare, forKey: .waitShare)
      try container.encode(peakMemoryBytes, forKey: .peakMemoryBytes)
      try container.encode(data, forKey: .data)
    }

    public var description: String {
      """
      \(rate)
      \(Number.grouped(images)) images of \(data) in \(Number.fixed(seconds, 2)) s, \
      \(Number.percent(waitShare)) of the time waiting for batches; \
      peak memory \(Number.bytes(peakMemoryBytes))
      """
    }
  }

  /// Runs the benchmark.
  ///
  /// - Parameter batches: the maximum number of batches to time; `nil` times the whole epoch.
  /// - Precondition: `batches` is at least 1.
  public static func run(_ setting: Setting, data: Dataset, batches: Int? = nil) throws -> Measured<Found> {
    let augmentation = setting.workload.augmentation ?? BenchmarkData.augmentation(data.imageSize)
    let pipeline = try AugmentationPipeline(augmentation, for: data)
    let stream = try BatchStream(
      set: data.train, pipeline: pipeline, batchSize: setting.batchSize, dropLast: true, seed: 1)
    let loop = try setting.trainingLoop()
    var waited = 0.0
    var times: [Double] = []

    func epoch(_ number: Int, limit: Int?) throws {
      times = []
      waited = 0
      try loop.epoch(number, of: stream, limit: limit) { batch in
        waited += batch.waiting
        times.append(batch.seconds)
      }
    }
    try epoch(0, limit: TrainBenchmark.warmUp)
    try epoch(1, limit: batches)

    let total = times.reduce(0, +)
    return Measured(
      setting: setting,
      figures: Found(
        rate: Rate(images: setting.batchSize, seconds: times),
        parameters: setting.workload.model.parameterCount,
        images: times.count * setting.batchSize, seconds: total, waitShare: waited / total,
        peakMemoryBytes: peakMemory(), data: data.name))
  }
}
