import Neural
import Support

/// The peak memory of a step, by part.
public struct MemoryNeeds: Sendable, Hashable {
  /// The program itself in bytes: its code, the notebook, the report.
  public static let program = 72_000_000

  struct Part: Sendable, Hashable {
    var name: String
    var bytes: Int
  }

  /// The step's name in messages, for example `the training`.
  let what: String
  let parts: [Part]
  /// The largest batch size, a power of two, that would fit; `nil` if none would, or if batches do not matter.
  let fittingBatch: Int?

  /// The total in bytes.
  public var bytes: Int { parts.reduce(0) { $0 + $1.bytes } }

  init(_ what: String, _ parts: [Part], fittingBatch: Int? = nil) {
    self.what = what
    self.parts = [Part(name: "the program", bytes: Self.program)] + parts.filter { $0.bytes > 0 }
    self.fittingBatch = fittingBatch
  }
}

/// The error for a step that does not fit into memory; nothing was allocated for it.
public struct MemoryError: Problem {
  /// The memory that the step needs.
  public let needs: MemoryNeeds
  /// The limit that it exceeds.
  public let limit: MemoryLimit

  public var description: String {
    let parts = needs.parts.map { "\($0.name) \(Number.bytes($0.bytes))" }.joined(separator: ", ")
    let remedy =
      needs.fittingBatch.map { "use batchSize: \($0)" } ?? "load fewer images or build a smaller model"
    return
      "\(needs.what) needs \(Number.bytes(needs.bytes)) of memory (\(parts)); the limit is \(Number.bytes(limit.bytes)), "
      + "\(limit.source); \(remedy), or raise the limit with --max-memory"
  }
}
