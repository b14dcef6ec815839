import Foundation
import Support

/// A run's lock on its notebook's results and on the store data that it uses. Released by ``release()``, when the
/// value is freed, or by the system if the process is killed.
public final class StoreLock: Sendable {
  private let locks: [FileLock]

  init(_ locks: [FileLock]) { self.locks = locks }

  /// Releases the lock. A run does this before it calls ``Store/collect(limit:waiting:)``.
  public func release() { for lock in locks { lock.release() } }
}

extension Store {
  /// How long a run waits for a store that is being cleaned up.
  static let patience = Duration.seconds(10)

  /// Blocks other runs of the notebook, and collections, until the lock is released. If the file system does not
  /// support locks, the run continues without one, and a note says so.
  ///
  /// - Parameter notebook: identifies the results that two concurrent runs would both write, for example `cifar10`
  ///   or `cifar10-sweep/1/cifar10`.
  /// - Throws: ``StoreError``, `.running`, without waiting if another run has the lock.
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

  /// The lock on a notebook's results; `nil` if a run has it, or if it is unknown whether one has it.
  public func lockIfIdle(notebook: String) -> StoreLock? {
    guard case .taken(let lock) = FileLock.attempt(layout.lock(notebook: notebook), .exclusive) else {
      return nil
    }
    return StoreLock([lock])
  }

  /// Locks the whole store; `nil` if locks are unavailable.
  ///
  /// - Throws: ``StoreError`` with the current holders.
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

  /// The holders of runs in progress.
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
