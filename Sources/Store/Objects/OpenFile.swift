import Foundation
import Neural

/// A regular file that is opened once, so that all reads see the same version even if the file is replaced.
struct OpenFile: ~Copyable {
  let path: String
  /// The size in bytes when the file was opened.
  let size: Int
  private let descriptor: Int32
  private let identity: (device: dev_t, inode: ino_t)

  /// Opens a file; `nil` if it does not exist.
  ///
  /// - Throws: ``FileError``.
  init?(_ path: String) throws(FileError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw FileError(.system(.open, code: errno), path: path)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw FileError(.notAFile, path: path)
    }
    self.path = path
    self.descriptor = descriptor
    size = Int(status.st_size)
    identity = (status.st_dev, status.st_ino)
  }

  deinit { close(descriptor) }

  /// The bytes from an offset on, at most `count`.
  ///
  /// - Throws: ``FileError``.
  func bytes(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
    let wanted = max(0, min(count, size - offset))
    var failure: Int32?
    let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
      while filled < wanted, let base = buffer.baseAddress {
        let got = pread(descriptor, base + filled, wanted - filled, off_t(offset + filled))
        if got < 0 && errno == EINTR { continue }
        if got < 0 { failure = errno }
        if got <= 0 { break }
        filled += got
      }
    }
    if let failure { throw FileError(.system(.read, code: failure), path: path) }
    return bytes
  }

  /// Removes the file, unless its path now refers to another file.
  func removeIfUnchanged() {
    var status = stat()
    guard stat(path, &status) == 0, (status.st_dev, status.st_ino) == identity else { return }
    unlink(path)
  }
}
