import Neural

/// Times training as an epoch does it: images are shuffled and augmented on a background thread while steps run.
public enum EpochBenchmark {
  public struct Found: Figures {
    public var rate: Rate
    /// Trained numbers of the network.
    public var parameters: Int
    public var images: Int
    public var seconds: Double
    /// The share of the time in which the step waited for its batch.
    public var waitShare: Double
    /// The most memory the process has held: data, plan, program.
    public var peakMemoryBytes: Int
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
      \(grouped(images)) images of \(data) in \(fixed(seconds, 2)) s, \
      \(percent(waitShare)) of it waiting for a batch; \
      peak memory \(fixed(Double(peakMemoryBytes) / 1e6, 0)) MB
      """
    }
  }

  /// - Parameter steps: how many of the epoch's steps are timed at most; `nil`: all.
  /// - Precondition: `steps` is at least 1.
  public static func run(_ setting: Setting, data: Dataset, steps: Int? = nil) throws -> Measured<Found> {
    let pipeline = try AugmentationPipeline(BenchmarkData.augmentation, for: data)
    let stream = try BatchStream(
      set: data.train, pipeline: pipeline, batchSize: setting.batchSize, dropLast: true, seed: 1)
    let model = try setting.network.model()
    let step = try TrainingStep(model, setting)
    let clock = ContinuousClock()
    var last = clock.now
    var waited = 0.0
    var times: [Double] = []

    func epoch(_ number: Int, limit: Int?) throws {
      times = []
      waited = 0
      last = clock.now
      try stream.epoch(number, limit: limit) { batch in
        let start = last
        let ready = clock.now
        guard let images = batch.images.baseAddress, let labels = batch.labels.baseAddress else { return }
        try step.take(images, labels, count: batch.count)
        last = clock.now
        waited += (ready - start).seconds
        times.append((last - start).seconds)
      }
    }
    try epoch(0, limit: TrainBenchmark.warmUp)
    try epoch(1, limit: steps)

    let total = times.reduce(0, +)
    return Measured(
      setting: setting,
      figures: Found(
        rate: Rate(images: setting.batchSize, seconds: times), parameters: model.parameterCount,
        images: times.count * setting.batchSize, seconds: total, waitShare: waited / total,
        peakMemoryBytes: peakMemory(), data: data.name))
  }
}
