import Neural
import Support

/// Times a whole evaluation as a notebook runs it: compilation for inference, normalisation, all predictions.
public enum EvaluationBenchmark {
  /// The benchmark's result.
  public struct Found: Figures {
    /// The number of test images.
    public var images: Int
    /// The median, shortest and longest round, in seconds.
    public var seconds: Double
    /// The shortest round, in seconds.
    public var min: Double
    /// The longest round, in seconds.
    public var max: Double
    /// The name of the data set.
    public var data: String

    public var description: String {
      "\(Number.grouped(images)) images of \(data) in \(Number.fixed(seconds, 2)) s (\(Number.fixed(min, 2))…\(Number.fixed(max, 2)))"
    }
  }

  /// Runs the benchmark.
  ///
  /// - Precondition: `rounds` is at least 1.
  public static func run(_ setting: Setting, data: Dataset, rounds: Int) throws -> Measured<Found> {
    let model = try setting.network.model()
    let images = try ImageData(data, batchSize: setting.batchSize)
    var times: [Double] = []
    for _ in 0..<rounds {
      times.append(
        try seconds {
          _ = try model.evaluate(
            data.test, of: images, split: .test, threads: setting.threads)
        })
    }
    times.sort()
    return Measured(
      setting: setting,
      figures: Found(
        images: data.test.count, seconds: times[rounds / 2], min: times[0], max: times[rounds - 1],
        data: data.name))
  }
}
