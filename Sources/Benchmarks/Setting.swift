import Neural

/// The configuration of a benchmark.
public struct Setting: Sendable {
  /// The network to time, with its loss and optimizer.
  public var workload: Workload
  /// The numeric precision.
  public var precision: Precision
  /// The number of threads.
  public var threads: Int
  /// Images per batch.
  public var batchSize: Int
  /// The instruction set that the engine has chosen, for example `avx2`.
  public static var instructionSet: String { InstructionSet.current.name }

  /// Creates a configuration.
  ///
  /// - Parameters:
  ///   - precision: `nil` uses the workload's, or float32 if the processor does not support it.
  /// - Throws: ``BenchmarkError`` if the processor does not support the precision: the engine would use another
  ///   one, and the results would be misleading.
  public init(
    _ workload: Workload, precision: Precision? = nil, threads: Int, batchSize: Int = 64
  ) throws {
    let precision = precision ?? workload.recipe.precision.supported
    guard precision.supported == precision else { throw BenchmarkError.unsupported(precision) }
    self.workload = workload
    self.precision = precision
    self.threads = threads
    self.batchSize = batchSize
  }
}

extension Setting {
  /// All of a training but its evaluations, with a constant rate.
  func trainingLoop() throws -> TrainingLoop {
    var recipe = workload.recipe
    recipe.precision = precision
    return try TrainingLoop(
      workload.model, recipe, batchSize: batchSize, batchesPerEpoch: 1, threads: threads, seed: 1)
  }
}

extension Setting: Encodable, CustomStringConvertible {
  enum Key: String, CodingKey {
    case network, notebook, precision, threads, batchSize, instructionSet
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(workload.name, forKey: .network)
    try container.encodeIfPresent(workload.notebook, forKey: .notebook)
    try container.encode(precision.rawValue, forKey: .precision)
    try container.encode(threads, forKey: .threads)
    try container.encode(batchSize, forKey: .batchSize)
    try container.encode(Self.instructionSet, forKey: .instructionSet)
  }

  public var description: String {
    let origin = workload.notebook.map { " of \($0)" } ?? ""
    let details = workload.notebook == nil ? "" : "\n" + workload.details
    return
      "\(workload.name)\(origin), batch \(batchSize), \(precision.rawValue), \(Self.instructionSet), "
      + (threads == 1 ? "1 thread" : "\(threads) threads") + details
  }
}

/// A benchmark's result: JSON for programs, text for people.
public typealias Figures = Encodable & CustomStringConvertible & Sendable

/// A result with its configuration; one flat object in JSON.
public struct Measured<Found: Figures>: Figures {
  /// The configuration.
  public var setting: Setting
  /// The result.
  public var figures: Found

  public func encode(to encoder: any Encoder) throws {
    try setting.encode(to: encoder)
    try figures.encode(to: encoder)
  }

  public var description: String { "\(setting)\n\(figures)" }
}
