import Neural
import Support

/// Times training on one batch of random images.
public enum TrainBenchmark {
  /// The number of untimed first batches, which touch the memory for the first time.
  static let warmUp = 3

  /// The benchmark's result.
  public struct Found: Figures {
    /// Training throughput.
    public var rate: Rate
    /// The number of trainable parameters.
    public var parameters: Int
    /// The peak memory of the process in bytes.
    public var peakMemoryBytes: Int
    /// Allocations per batch, on average; `nil` if they are not counted.
    public var allocationsPerBatch: Double?

    enum Key: String, CodingKey { case parameters, peakMemoryBytes, allocationsPerBatch }

    public func encode(to encoder: any Encoder) throws {
      try rate.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(parameters, forKey: .parameters)
      try container.encode(peakMemoryBytes, forKey: .peakMemoryBytes)
      try container.encodeIfPresent(allocationsPerBatch, forKey: .allocationsPerBatch)
    }

    public var description: String {
      let allocations = allocationsPerBatch.map { Number.fixed($0, 1) } ?? "not counted"
      return "\(rate); peak memory \(Number.bytes(peakMemoryBytes)); allocations per batch: \(allocations)"
    }
  }

  /// Runs the benchmark.
  ///
  /// - Precondition: `batches` is at least 1.
  public static func run(_ setting: Setting, batches: Int) throws -> Measured<Found> {
    let model = setting.workload.model
    let loop = try setting.trainingLoop()
    let batch = SyntheticBatch(model, loss: setting.workload.recipe.loss, count: setting.batchSize)
    func train() throws {
      try batch.withTargets { try loop.step(images: batch.images, targets: $0, count: batch.count) }
    }
    for _ in 0..<warmUp { try train() }

    let counter = AllocationCounter()
    var allocations = 0
    var times: [Double] = []
    times.reserveCapacity(batches)
    for _ in 0..<batches {
      let before = counter?.count ?? 0
      times.append(try seconds(train))
      allocations += (counter?.count ?? 0) - before
    }
    return Measured(
      setting: setting,
      figures: Found(
        rate: Rate(images: batch.count, seconds: times), parameters: model.parameterCount,
        peakMemoryBytes: peakMemory(),
        allocationsPerBatch: counter.map { _ in Double(allocations) / Double(batches) }))
  }
}
