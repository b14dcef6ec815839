import Foundation
import Neural

/// How much memory a training may need: what the user says, else 80 % of what the machine, or the container that the
/// program runs in, has.
///
///     try MemoryLimit.ofMachine.check(outline)
public struct MemoryLimit: Sendable, Hashable {
  public let bytes: Int
  /// Where it comes from.
  let source: String

  /// Given by `--max-memory`.
  public init(bytes: Int) { self.init(bytes: bytes, source: "--max-memory") }

  init(bytes: Int, source: String) {
    self.bytes = bytes
    self.source = source
  }

  public static let ofMachine: MemoryLimit = {
    let physical = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    // The control group's, version 2 and 1.
    let groups = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]
    let container = groups.compactMap { try? String(contentsOfFile: $0, encoding: .utf8) }
      .compactMap(limit(ofGroup:)).min()
    return share(of: physical, container: container)
  }()

  /// What a control group's file says; `nil` where it says that there is no limit.
  static func limit(ofGroup text: String) -> Int? {
    Int(text.trimmingCharacters(in: .whitespacesAndNewlines))
  }

  static func share(of physical: Int, container: Int?) -> MemoryLimit {
    if let container, container < physical {
      return MemoryLimit(bytes: container / 5 * 4, source: "80 % of this container's \(size(container))")
    }
    return MemoryLimit(bytes: physical / 5 * 4, source: "80 % of this machine's \(size(physical))")
  }

  /// - Throws: ``MemoryError`` where the training needs more, before anything is allocated.
  public func check(_ training: TrainingOutline) throws {
    guard training.memoryBytes > bytes else { return }
    throw MemoryError(training: training, limit: self)
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

/// A training does not fit the memory.
public struct MemoryError: Problem {
  let training: TrainingOutline
  let limit: MemoryLimit

  public var description: String {
    let size = MemoryLimit.size
    let parts = [
      "images \(size(training.data.dataset.bytes))",
      "the plan for batches of \(training.data.batchSize) \(size(training.planBytes))",
      "batches made ahead \(size(training.batchBytes))",
      "optimizer and kept weights \(size(training.optimizerBytes + training.stateBytes))",
    ]
    return "the training needs \(size(training.memoryBytes)) of memory (\(parts.joined(separator: ", "))); "
      + "the limit is \(size(limit.bytes)), \(limit.source); lower batchSize, or give a larger --max-memory"
  }
}
