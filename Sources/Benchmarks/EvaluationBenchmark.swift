import Neural

/// Times a whole evaluation as a notebook asks for it: compiling for inference, normalising, every answer.
public enum EvaluationBenchmark {
  public struct Found: Figures {
    public var images: Int
    /// The median of the rounds, and the shortest and the longest.
    public var seconds: Double
    public var min: Double
    public var max: Double
    public var data: String

    public var description: String {
      "\(grouped(images)) images of \(data) in \(fixed(seconds, 2)) s (\(fixed(min, 2))…\(fixed(max, 2)))"
    }
  }

  /// - Precondition: `rounds` is at least 1.
  public static func run(_ setting: Setting, data: Dataset, rounds: Int) throws -> Measured<Found> {
    let model = try setting.network.model()
    let images = try ImageData(data, batchSize: setting.batchSize)
    var times: [Double] = []
    for _ in 0..<rounds {
      times.append(
        try seconds {
          _ = try model.evaluate(
            data.test, of: images, split: "test", threads: setting.threads)
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
