import Neural
import Support

/// Times each unit of the assignment's network separately and compares it with the machine's peak performance.
public enum OperationBenchmark {
  /// The result for one unit.
  public struct Row: Encodable, Sendable {
    /// The unit's name.
    public var unit: String
    /// The input's shape.
    public var input: String
    /// The output's shape.
    public var output: String
    /// Milliseconds per batch, forward, in evaluation mode.
    public var forwardMilliseconds: Double
    /// Milliseconds per batch, forward and backward, in training mode.
    public var trainingMilliseconds: Double
    /// GFLOP/s in training, counted as direct convolution.
    public var gigaflops: Double
    /// GB/s in training, counting only the minimum that must be moved.
    public var gigabytesPerSecond: Double
    /// The fraction of the machine's peak arithmetic, measured in the same run.
    public var shareOfArithmetic: Double
    /// The fraction of the machine's peak memory bandwidth, measured in the same run.
    public var shareOfMemory: Double
  }

  /// The benchmark's result.
  public struct Found: Figures {
    /// The machine's peak performance.
    public var machine: MachineBenchmark.Found
    /// The results of the units.
    public var operations: [Row]
    /// The sum over all units, forward and backward, in milliseconds.
    public var sumMilliseconds: Double
    /// The whole network, forward and backward, in milliseconds.
    public var wholeMilliseconds: Double

    public var description: String {
      let table = OperationTable(operations).text
      return """
        \(machine)
        \(table)
        sum of the units \(Number.fixed(sumMilliseconds, 1)) ms; the whole network \(Number.fixed(wholeMilliseconds, 1)) ms
        """
    }
  }

  /// Runs the benchmark.
  ///
  /// - Parameter steps: the number of repetitions; the fastest counts.
  /// - Precondition: `steps` is at least 1.
  public static func run(_ setting: Setting, steps: Int) throws -> Measured<Found> {
    let machine = MachineBenchmark.run(threads: setting.threads)
    let model = setting.workload.model
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

  /// The fastest of `steps` runs on random data, in milliseconds.
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
