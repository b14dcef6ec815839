import Foundation
import Support
import Synchronization

/// A lock on a file (`flock`). The system releases it when the process ends for any reason.
final class FileLock: Sendable {
  enum Mode { case shared, exclusive }

  enum Attempt {
    case taken(FileLock)
    /// Another process has the lock.
    case held
    /// Locking is unavailable: the file system does not support it, or no file can be created.
    case unavailable(code: Int32)
  }

  private let descriptor: Mutex<Int32?>

  private init(_ descriptor: Int32) { self.descriptor = Mutex(descriptor) }

  deinit { release() }

  /// Tries to take a lock.
  ///
  /// - Parameter patience: how long to wait for the current holder.
  static func attempt(_ path: String, _ mode: Mode, patience: Duration = .zero) -> Attempt {
    do { try AtomicFile.createDirectory(AtomicFile.directory(of: path)) } catch {
      if case .system(_, let code)? = (error as? FileError)?.fact { return .unavailable(code: code) }
      return .unavailable(code: EIO)
    }
    var descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    // Files on a read-only medium can still be locked.
    if descriptor < 0 { descriptor = open(path, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { return .unavailable(code: errno) }
    let clock = ContinuousClock()
    let end = clock.now + patience
    while flock(descriptor, (mode == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0 {
      let code = errno
      if code == EINTR { continue }
      if code == EWOULDBLOCK, clock.now < end {
        usleep(10_000)
        continue
      }
      close(descriptor)
      return code == EWOULDBLOCK ? .held : .unavailable(code: code)
    }
    return .taken(FileLock(descriptor))
  }

  func release() {
    descriptor.withLock { descriptor in
      if let open = descriptor {
        // A child process that is just starting shares the open file, so closing it would not release the lock.
        flock(open, LOCK_UN)
        close(open)
      }
      descriptor = nil
    }
  }

  /// Writes the holder into the file, for messages only.
  func sign(_ holder: LockHolder) {
    descriptor.withLock { descriptor in
      guard let descriptor, ftruncate(descriptor, 0) == 0 else { return }
      let bytes = Array(holder.signature.utf8)
      _ = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }
  }
}
