import Neural

/// The configuration of a benchmark.
public struct Setting: Sendable {
  /// The network to time.
  public var network: BenchmarkNetwork
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
  /// - Throws: ``BenchmarkError`` if the processor does not support the precision: the engine would use another
  ///   one, and the results would be misleading.
  public init(
    network: BenchmarkNetwork = .assignment, precision: Precision = .float32, threads: Int,
    batchSize: Int = 64
  ) throws {
    guard precision.supported == precision else { throw BenchmarkError.unsupported(precision) }
    self.network = network
    self.precision = precision
    self.threads = threads
    self.batchSize = batchSize
  }
}

extension Setting {
  /// All of a training but its evaluations, with AdamW and a constant rate.
  func trainingLoop(_ model: Model) throws -> TrainingLoop {
    let recipe = TrainingRecipe(
      epochs: 1, optimizer: .adamW(learningRate: 1e-3, weightDecay: 1e-4), precision: precision)
    return try TrainingLoop(
      model, recipe, batchSize: batchSize, batchesPerEpoch: 1, threads: threads, seed: 1)
  }
}

extension Setting: Encodable, CustomStringConvertible {
  enum Key: String, CodingKey {
    case network, precision, threads, batchSize, instructionSet
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(network.rawValue, forKey: .network)
    try container.encode(precision.rawValue, forKey: .precision)
    try container.encode(threads, forKey: .threads)
    try container.encode(batchSize, forKey: .batchSize)
    try container.encode(Self.instructionSet, forKey: .instructionSet)
  }

  public var description: String {
    "\(network.rawValue), batch \(batchSize), \(precision.rawValue), \(Self.instructionSet), "
      + (threads == 1 ? "1 thread" : "\(threads) threads")
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
