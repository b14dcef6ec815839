import Neural

/// What a step needs at most while it runs, part by part.
public struct MemoryNeeds: Sendable, Hashable {
  /// The program itself: its code, the notebook, the report.
  public static let program = 72_000_000

  struct Part: Sendable, Hashable {
    var name: String
    var bytes: Int
  }

  /// `the training`.
  let what: String
  let parts: [Part]
  /// The largest batch, a power of two, with which it would fit; `nil` where none would, or batches do not matter.
  let fittingBatch: Int?

  public var bytes: Int { parts.reduce(0) { $0 + $1.bytes } }

  init(_ what: String, _ parts: [Part], fittingBatch: Int? = nil) {
    self.what = what
    self.parts = [Part(name: "the program", bytes: Self.program)] + parts.filter { $0.bytes > 0 }
    self.fittingBatch = fittingBatch
  }

  /// `410 MB`, `1.7 MB`, `3.2 GB`.
  static func size(_ bytes: Int) -> String {
    for (unit, name) in [(1e9, "GB"), (1e6, "MB")] where Double(bytes) >= unit {
      let count = Double(bytes) / unit
      return "\(fixed(count, count < 10 ? 1 : 0)) \(name)"
    }
    return "\(fixed(Double(bytes) / 1e3, 0)) kB"
  }
}

/// A step does not fit the memory; nothing was allocated for it.
public struct MemoryError: Problem {
  public let needs: MemoryNeeds
  public let limit: MemoryLimit

  public var description: String {
    let size = MemoryNeeds.size
    let parts = needs.parts.map { "\($0.name) \(size($0.bytes))" }.joined(separator: ", ")
    let remedy =
      needs.fittingBatch.map { "batchSize: \($0) would fit" } ?? "load fewer images or build a smaller model"
    return
      "\(needs.what) needs \(size(needs.bytes)) of memory (\(parts)); the limit is \(size(limit.bytes)), "
      + "\(limit.source); \(remedy), or quire's --max-memory may allow more"
  }
}
