import Foundation
import Support

/// The maximum memory of a run: the user's limit, by default 80% of the memory of the machine or of the container
/// in which the program runs.
///
///     MemoryLimit(bytes: 2_000_000_000)   // --max-memory 2G
///     MemoryLimit.ofMachine.bytes         // 19.2 GB of 24
public struct MemoryLimit: Sendable, Hashable {
  /// The limit in bytes.
  public let bytes: Int
  /// The origin of the limit.
  let source: String

  /// The limit given by `--max-memory`; at most the available memory.
  public init(bytes: Int) { self = Self.given(bytes, of: Self.memory) }

  init(bytes: Int, source: String) {
    self.bytes = bytes
    self.source = source
  }

  /// The default limit: 80% of the available memory.
  public static let ofMachine = share(of: memory)

  /// The limit of each of several concurrent runs.
  public func shared(by runs: Int) -> MemoryLimit {
    runs > 1 ? MemoryLimit(bytes: bytes / runs, source: "\(source) shared by \(runs) runs") : self
  }

  // MARK: What there is

  struct Memory: Hashable {
    var bytes: Int
    /// `machine` or `container`.
    var place: String
  }

  static let memory: Memory = {
    let physical = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    let groups = (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)) ?? ""
    let limits = groupFiles(groups).compactMap { try? String(contentsOfFile: $0, encoding: .utf8) }
    return memory(physical: physical, groupLimits: limits)
  }()

  static func memory(physical: Int, groupLimits: [String]) -> Memory {
    // A group without a limit contains `max`, or a number larger than any machine's memory.
    let limits = groupLimits.compactMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    guard let least = limits.min(), least < physical else { return Memory(bytes: physical, place: "machine") }
    return Memory(bytes: least, place: "container")
  }

  /// The files with the limits of the process's control group and its parents.
  ///
  /// - Parameter text: the content of `/proc/self/cgroup`: `0::/a/b` in version 2, `4:memory:/a/b` in version 1.
  static func groupFiles(_ text: String) -> [String] {
    var files: [String] = []
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let isFirst = parts[1].split(separator: ",").contains("memory")
      guard isFirst || parts[1].isEmpty else { continue }
      let root = isFirst ? "/sys/fs/cgroup/memory" : "/sys/fs/cgroup"
      let name = isFirst ? "memory.limit_in_bytes" : "memory.max"
      var group = parts[2].split(separator: "/")
      files.append("\(([root] + group.map(String.init)).joined(separator: "/"))/\(name)")
      while group.popLast() != nil {
        files.append("\(([root] + group.map(String.init)).joined(separator: "/"))/\(name)")
      }
    }
    return files
  }

  static func share(of memory: Memory) -> MemoryLimit {
    MemoryLimit(
      bytes: memory.bytes / 5 * 4, source: "80% of this \(memory.place)'s \(Number.bytes(memory.bytes))")
  }

  static func given(_ bytes: Int, of memory: Memory) -> MemoryLimit {
    if bytes <= memory.bytes { return MemoryLimit(bytes: bytes, source: "--max-memory") }
    return MemoryLimit(bytes: memory.bytes, source: "all of this \(memory.place)'s memory")
  }
}
