import Neural

/// Times each unit of the assignment's network by itself and holds it against the machine's ceilings.
public enum OperationBenchmark {
  public struct Row: Encodable, Sendable {
    public var unit: String
    public var input: String
    public var output: String
    /// Of a batch: forward in evaluation mode; forward and backward in training mode.
    public var forwardMilliseconds: Double
    public var trainingMilliseconds: Double
    /// In training, counted as direct convolution, and as the least that must move.
    public var gigaflops: Double
    public var gigabytesPerSecond: Double
    /// Shares of the machine's ceilings, measured in the same run.
    public var shareOfArithmetic: Double
    public var shareOfMemory: Double
  }

  public struct Found: Figures {
    public var machine: MachineBenchmark.Found
    public var operations: [Row]
    /// Of the units together, and of the whole network's forward and backward.
    public var sumMilliseconds: Double
    public var wholeMilliseconds: Double

    public var description: String {
      let table = OperationTable(operations).text
      return """
        \(machine)
        \(table)
        sum of the units \(fixed(sumMilliseconds, 1)) ms; the whole network \(fixed(wholeMilliseconds, 1)) ms
        """
    }
  }

  /// - Parameter steps: the fastest of so many counts.
  /// - Precondition: `steps` is at least 1.
  public static func run(_ setting: Setting, steps: Int) throws -> Measured<Found> {
    let machine = MachineBenchmark.run(threads: setting.threads)
    let model = try setting.network.model()
    let rows = try NetworkUnit.all(of: model).map { try row($0, setting, machine, steps) }
    return Measured(
      setting: setting,
      figures: Found(
        machine: machine, operations: rows, sumMilliseconds: rows.reduce(0) { $0 + $1.trainingMilliseconds },
        wholeMilliseconds: try milliseconds(model, setting, .training, steps)))
  }

  private static func row(
    _ unit: NetworkUnit, _ setting: Setting, _ machine: MachineBenchmark.Found, _ steps: Int
  ) throws -> Row {
    let (with, without) = try unit.models()
    func cost(_ mode: Plan.Mode) throws -> Double {
      try milliseconds(with, setting, mode, steps) - milliseconds(without, setting, mode, steps)
    }
    let (forward, training) = (max(1e-3, try cost(.inference)), max(1e-3, try cost(.training)))
    let batch = Double(setting.batchSize)
    let gigaflops = try unit.operations().training * batch / training * 1e-6
    let size: Double = setting.precision == .float32 ? 4 : 2
    let gigabytes = unit.numbersMoved * size * batch / training * 1e-6
    return Row(
      unit: unit.name, input: "\(unit.input)", output: "\(unit.output)", forwardMilliseconds: forward,
      trainingMilliseconds: training, gigaflops: gigaflops, gigabytesPerSecond: gigabytes,
      shareOfArithmetic: gigaflops / machine.peak(setting.precision),
      shareOfMemory: gigabytes / machine.readWrite)
  }

  /// The fastest of `steps` runs on made-up numbers.
  private static func milliseconds(
    _ model: Model, _ setting: Setting, _ mode: Plan.Mode, _ steps: Int
  ) throws -> Double {
    let plan = try Plan(
      model, batchSize: setting.batchSize, loss: .nll, threads: setting.threads, seed: 1,
      precision: setting.precision, mode: mode)
    let count = setting.batchSize
    var random = RandomStream(seed: 1, .synthetic)
    let images = (0..<count * model.input.elements).map { _ in Float(random.uniform(-2, 2)) }
    let labels = (0..<count).map { Int32($0 % model.output.elements) }
    var fastest = Double.infinity
    for step in 0..<steps + 1 {
      let time = try seconds(threads: setting.threads) {
        switch mode {
        case .training: _ = try plan.trainStep(images: images, labels: labels, count: count, step: step)
        case .inference: _ = try plan.evaluate(images: images, labels: nil, count: count)
        }
      }
      if step > 0 { fastest = min(fastest, time) }
    }
    return fastest * 1e3
  }
}
