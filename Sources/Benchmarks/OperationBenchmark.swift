import Neural
import Support

/// Times each convolution and linear layer of a network separately and compares it with the machine's peak performance.
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
    /// The kernel that computes the convolution or the linear layer.
    public var kernel: String
    /// The reason why it is this kernel.
    public var reason: String
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
  /// - Parameter batches: the number of repetitions; the fastest counts.
  /// - Precondition: `batches` is at least 1.
  public static func run(_ setting: Setting, batches: Int) throws -> Measured<Found> {
    let machine = MachineBenchmark.run(threads: setting.threads)
    let model = setting.workload.model
    let loss = setting.workload.recipe.loss
    let rows = try NetworkUnit.all(of: model).map { try row($0, setting, machine, batches) }
    return Measured(
      setting: setting,
      figures: Found(
        machine: machine, operations: rows, sumMilliseconds: rows.reduce(0) { $0 + $1.trainingMilliseconds },
        wholeMilliseconds: try milliseconds(model, loss, setting, .training, batches)))
  }

  private static func row(
    _ unit: NetworkUnit, _ setting: Setting, _ machine: MachineBenchmark.Found, _ batches: Int
  ) throws -> Row {
    let (with, without) = try unit.models()
    func cost(_ mode: Plan.Mode) throws -> Double {
      try milliseconds(with, .nll, setting, mode, batches)
        - milliseconds(without, .nll, setting, mode, batches)
    }
    let (forward, training) = (max(1e-3, try cost(.inference)), max(1e-3, try cost(.training)))
    let batch = Double(setting.batchSize)
    let gigaflops = try unit.work().training * batch / training * 1e-6
    let size: Double = setting.precision == .float32 ? 4 : 2
    let gigabytes = unit.numbersMoved(batchSize: setting.batchSize) * size / training * 1e-6
    let kernel = try unit.kernel(setting)
    return Row(
      unit: unit.name, input: "\(unit.input)", output: "\(unit.output)", forwardMilliseconds: forward,
      trainingMilliseconds: training, gigaflops: gigaflops, gigabytesPerSecond: gigabytes,
      shareOfArithmetic: gigaflops / machine.peak(setting.precision),
      shareOfMemory: gigabytes / machine.readWrite, kernel: kernel?.name ?? "", reason: kernel?.reason ?? "")
  }

  /// The fastest of some batches of random data, in milliseconds.
  private static func milliseconds(
    _ model: Model, _ loss: Loss, _ setting: Setting, _ mode: Plan.Mode, _ batches: Int
  ) throws -> Double {
    let plan = try Plan(
      model, batchSize: setting.batchSize, loss: loss, threads: setting.threads, seed: 1,
      precision: setting.precision, mode: mode)
    let batch = SyntheticBatch(model, loss: loss, count: setting.batchSize)
    var fastest = Double.infinity
    for number in 0..<batches + 1 {
      let time = try seconds(threads: setting.threads) {
        switch mode {
        case .training:
          try batch.withTargets {
            _ = try plan.trainStep(images: batch.images, targets: $0, count: batch.count, step: number)
          }
        case .inference: _ = try plan.evaluate(images: batch.images, targets: nil, count: batch.count)
        }
      }
      if number > 0 { fastest = min(fastest, time) }
    }
    return fastest * 1e3
  }
}
