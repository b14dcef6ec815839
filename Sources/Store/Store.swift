import Foundation
import Support
import Synchronization

/// A folder of data that runs save for later runs: blobs by digest, records by key.
///
///     let store = Store(directory: "output/.quire")
///     let lock = try store.lock(notebook: "cifar10")
///     let blob = try store.put(weights)
///     try store.write(Record(.step, key: key.hex, label: "cifar10: train", payload: bytes, uses: [blob]))
///     store.read(.step, key: key.hex)?.payload
///     lock.release()
///     _ = try? store.collect(limit: Store.defaultLimit)
///
/// Several threads and processes may use it at the same time. Writes are atomic; if two write the same record, one
/// wins. Without a lock, a concurrent ``collect(limit:waiting:)`` may remove data that was just written. Reading
/// never fails: unusable data counts as missing, and ``takeNotes()`` reports why.
public final class Store: Sendable {
  /// The default size limit, in bytes.
  public static let defaultLimit = 2_000_000_000

  /// The folder's path as given; created by the first write.
  public let directory: String
  let layout: StoreLayout
  let recency: Recency
  private let memory = Mutex(Memory())

  /// Creates a store without accessing the disk.
  public init(directory: String) {
    self.directory = directory
    layout = StoreLayout(directory: directory)
    recency = Recency(clock: layout.clock)
  }

  /// Creates the store of an output folder.
  public convenience init(output: String) {
    self.init(directory: "\(output.isEmpty ? "." : output)/.quire")
  }

  /// Returns and clears the problems noted since the last call, each once.
  public func takeNotes() -> [StoreNote] {
    memory.withLock { memory in
      defer { memory.notes = [] }
      return memory.notes
    }
  }

  func note(_ note: StoreNote) {
    memory.withLock { memory in
      if !memory.notes.contains(note) { memory.notes.append(note) }
    }
  }

  /// One state of a record: its slot and generation.
  struct State: Hashable {
    var slot: Int
    var generation: UInt64
  }

  /// The state last read or written successfully by this process, which can be trusted without reading it again.
  func trusted(_ name: RecordName) -> State? { memory.withLock { $0.trusted[name] } }

  func trust(_ name: RecordName, _ state: State) {
    guard name.kind.generations > 1 else { return }
    memory.withLock { $0.trusted[name] = state }
  }

  private struct Memory {
    var notes: [StoreNote] = []
    var trusted: [RecordName: State] = [:]
  }
}
