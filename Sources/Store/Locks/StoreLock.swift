import Foundation
import Neural

/// A run's right to its notebook's results and to what it uses of a store; released by ``release()``, with the
/// value, or by the system where the process is killed.
public final class StoreLock: Sendable {
  private let locks: [FileLock]

  init(_ locks: [FileLock]) { self.locks = locks }

  /// Lets others in. A run does this before it tidies up with ``Store/collect(limit:waiting:)``.
  public func release() { for lock in locks { lock.release() } }
}

extension Store {
  /// How long a run waits for a store that is being tidied.
  static let patience = Duration.seconds(10)

  /// Keeps other runs of the notebook, and collections, away until the lock is released. Where the file system has no
  /// locks, the run goes on without, which is noted.
  ///
  /// - Parameter notebook: what two runs at once would both write: any text, `cifar10` or `cifar10-sweep/1/cifar10`.
  /// - Throws: ``StoreError``: `.running` at once where another run has it.
  public func lock(notebook: String) throws -> StoreLock {
    var locks: [FileLock] = []
    switch FileLock.attempt(layout.storeLock, .shared, patience: Self.patience) {
    case .taken(let lock): locks.append(lock)
    case .held:
      throw StoreError(.inUse([LockHolder(file: layout.storeLock)]), directory: directory)
    case .unavailable(let code): noteUnlocked(code)
    }
    let path = layout.lock(notebook: notebook)
    switch FileLock.attempt(path, .exclusive) {
    case .taken(let lock):
      lock.sign(LockHolder(notebook: notebook))
      locks.append(lock)
    case .held:
      throw StoreError(.running(LockHolder(file: path)), directory: directory)
    case .unavailable(let code): noteUnlocked(code)
    }
    return StoreLock(locks)
  }

  /// Keeps everybody away; `nil` where there are no locks.
  ///
  /// - Throws: ``StoreError``, with those who are in the way.
  func lockAll(waiting patience: Duration) throws -> StoreLock? {
    switch FileLock.attempt(layout.storeLock, .exclusive, patience: patience) {
    case .taken(let lock):
      lock.sign(LockHolder(notebook: nil))
      return StoreLock([lock])
    case .held: throw StoreError(.inUse(runs()), directory: directory)
    case .unavailable(let code):
      noteUnlocked(code)
      return nil
    }
  }

  /// The runs that are going on.
  private func runs() -> [LockHolder] {
    let names = (try? FileBytes.list(layout.locks)) ?? []
    return names.filter { $0.hasSuffix(StoreLayout.notebookLock) }.compactMap { name in
      let path = "\(layout.locks)/\(name)"
      guard case .held = FileLock.attempt(path, .shared) else { return nil }
      return LockHolder(file: path)
    }
  }

  private func noteUnlocked(_ code: Int32) {
    note(.unlocked(path: directory, reason: String(cString: strerror(code))))
  }
}
