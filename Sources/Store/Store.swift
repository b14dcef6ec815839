import Foundation
import Neural
import Synchronization

/// What runs keep for the runs after them, in a folder: blobs by their digest and records by their key.
///
///     let store = Store(directory: "output/.quire")
///     let lock = try store.lock(notebook: "cifar10")
///     let blob = try store.put(weights)
///     try store.write(Record(.step, key: key.hex, label: "cifar10: train", payload: bytes, uses: [blob]))
///     store.read(.step, key: key.hex)?.payload
///     lock.release()
///     _ = try? store.collect(limit: Store.defaultLimit)
///
/// All of it may be used by several threads and processes at once. Nobody ever sees half a file; of two who write
/// one record at once, one wins. Without a lock, a ``collect(limit:waiting:)`` elsewhere may remove what was just
/// written. Reading never fails: what cannot be used is missing, and ``takeNotes()`` says why.
public final class Store: Sendable {
  /// Bytes.
  public static let defaultLimit = 2_000_000_000

  /// As it was given; made when something is first written.
  public let directory: String
  let layout: StoreLayout
  let recency: Recency
  private let memory = Mutex(Memory())

  /// Touches nothing.
  public init(directory: String) {
    self.directory = directory
    layout = StoreLayout(directory: directory)
    recency = Recency(clock: layout.clock)
  }

  /// The store of a folder of results.
  public convenience init(output: String) {
    self.init(directory: "\(output.isEmpty ? "." : output)/.quire")
  }

  /// What was found damaged or amiss since the last time, each once.
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

  /// One state of a record: where it lies, and which it is.
  struct State: Hashable {
    var slot: Int
    var generation: UInt64
  }

  /// The state that was last read or written whole here, so that it need not be read again to be relied upon.
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
