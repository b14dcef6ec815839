import Neural

/// What a network is timed with.
public struct Setting: Sendable {
  public var network: BenchmarkNetwork
  public var precision: Precision
  public var threads: Int
  public var batchSize: Int
  /// What the engine has chosen, `avx2` for example.
  public static var instructionSet: String { InstructionSet.current.name }

  /// - Throws: ``BenchmarkError`` where the processor lacks the precision: the engine would compute in another,
  ///   and the figures would be of that one.
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

/// What a benchmark found: JSON for programs, a text for people.
public typealias Figures = Encodable & CustomStringConvertible & Sendable

/// Figures with the setting they hold for; one flat object in JSON.
public struct Measured<Found: Figures>: Figures {
  public var setting: Setting
  public var figures: Found

  public func encode(to encoder: any Encoder) throws {
    try setting.encode(to: encoder)
    try figures.encode(to: encoder)
  }

  public var description: String { "\(setting)\n\(figures)" }
}
