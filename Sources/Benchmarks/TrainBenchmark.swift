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
    /// Allocations per batch, on average; `nil` if they are not counted.
    public var allocationsPerStep: Double?

    enum Key: String, CodingKey { case parameters, allocationsPerStep }

    public func encode(to encoder: any Encoder) throws {
      try rate.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(parameters, forKey: .parameters)
      try container.encodeIfPresent(allocationsPerStep, forKey: .allocationsPerStep)
    }

    public var description: String {
      let allocations = allocationsPerStep.map { Number.fixed($0, 1) } ?? "not counted"
      return "\(rate); allocations per batch: \(allocations)"
    }
  }

  /// Runs the benchmark.
  ///
  /// - Precondition: `steps` is at least 1.
  public static func run(_ setting: Setting, steps: Int) throws -> Measured<Found> {
    let model = try setting.network.model()
    let loop = try setting.trainingLoop(model)
    let count = setting.batchSize
    var random = RandomStream(seed: 1, .synthetic)
    let images = (0..<count * model.input.elements).map { _ in Float(random.uniform(-2, 2)) }
    let labels = (0..<count).map { _ in Int32(random.below(model.output.elements)) }
    func step() throws {
      try labels.withUnsafeBufferPointer { labels in
        guard let labels = labels.baseAddress else { return }
        try loop.step(images: images, targets: .labels(labels), count: count)
      }
    }
    for _ in 0..<warmUp { try step() }

    let counter = AllocationCounter()
    var allocations = 0
    var times: [Double] = []
    times.reserveCapacity(steps)
    for _ in 0..<steps {
      let before = counter?.count ?? 0
      times.append(try seconds(step))
      allocations += (counter?.count ?? 0) - before
    }
    return Measured(
      setting: setting,
      figures: Found(
        rate: Rate(images: count, seconds: times), parameters: model.parameterCount,
        allocationsPerStep: counter.map { _ in Double(allocations) / Double(steps) }))
  }
}
