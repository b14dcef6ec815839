import Neural
import Support

/// Times predictions: batches that are ready in memory, and whole evaluations as a notebook runs them.
public enum EvaluationBenchmark {
  /// The benchmark's result.
  public struct Found: Figures {
    /// The throughput for batches that are ready in memory.
    public var rate: Rate
    /// The number of trainable parameters.
    public var parameters: Int
    /// The peak memory of the process in bytes.
    public var peakMemoryBytes: Int
    /// The whole evaluations; `nil` if there were none.
    public var whole: Whole?

    enum Key: String, CodingKey { case parameters, peakMemoryBytes }

    public func encode(to encoder: any Encoder) throws {
      try rate.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(parameters, forKey: .parameters)
      try container.encode(peakMemoryBytes, forKey: .peakMemoryBytes)
      try whole?.encode(to: encoder)
    }

    public var description: String {
      let whole = whole.map { "\n\($0)" } ?? ""
      return "\(rate) in memory; peak memory \(Number.bytes(peakMemoryBytes))\(whole)"
    }
  }

  /// Whole evaluations: compiling the network for inference, normalisation, all predictions.
  public struct Whole: Figures {
    /// The number of test images.
    public var images: Int
    /// The median, in seconds.
    public var seconds: Double
    /// The shortest, in seconds.
    public var minSeconds: Double
    /// The longest, in seconds.
    public var maxSeconds: Double
    /// The name of the data set.
    public var data: String

    public var description: String {
      """
      \(Number.grouped(images)) images of \(data) in \(Number.fixed(seconds, 2)) s \
      (\(Number.fixed(minSeconds, 2))…\(Number.fixed(maxSeconds, 2)))
      """
    }
  }

  /// Runs the benchmark.
  ///
  /// - Parameters:
  ///   - data: the images of whole evaluations; `nil` for none.
  ///   - batches: the number of batches to time, at least 1.
  ///   - rounds: the number of whole evaluations, at least 1.
  public static func run(
    _ setting: Setting, data: Dataset?, batches: Int, rounds: Int
  ) throws -> Measured<Found> {
    let rate = try rate(setting, batches: batches)
    let whole = try data.map { try Self.whole(setting, $0, rounds: rounds) }
    return Measured(
      setting: setting,
      figures: Found(
        rate: rate, parameters: setting.workload.model.parameterCount, peakMemoryBytes: peakMemory(),
        whole: whole))
  }

  private static func rate(_ setting: Setting, batches: Int) throws -> Rate {
    let (model, loss) = (setting.workload.model, setting.workload.recipe.loss)
    let plan = try Plan(
      model, batchSize: setting.batchSize, loss: loss, threads: setting.threads, seed: 1,
      precision: setting.precision, mode: .inference)
    let batch = SyntheticBatch(model, loss: loss, count: setting.batchSize)
    var output = [Float](repeating: 0, count: batch.count * model.output.elements)
    func predict() throws {
      _ = try plan.evaluate(images: batch.images, targets: nil, count: batch.count, into: &output)
    }
    for _ in 0..<TrainBenchmark.warmUp { try predict() }
    return Rate(images: batch.count, seconds: try (0..<batches).map { _ in try seconds(predict) })
  }

  private static func whole(_ setting: Setting, _ data: Dataset, rounds: Int) throws -> Whole {
    let images = try ImageData(data, batchSize: setting.batchSize)
    let times = try (0..<rounds).map { _ in
      try seconds {
        _ = try setting.workload.model.evaluate(data.test, of: images, split: .test, threads: setting.threads)
      }
    }.sorted()
    return Whole(
      images: data.test.count, seconds: times[rounds / 2], minSeconds: times[0],
      maxSeconds: times[rounds - 1], data: data.name)
  }
}
