import Foundation

/// A regular file that is opened once, so that all reads see the same version even if the file is replaced.
///
///     let file = try OpenFile("weights.safetensors")
///     let header = try file.bytes(at: 0, count: 8)
public final class OpenFile {
  /// The file's path.
  public let path: String
  /// The size in bytes when the file was opened.
  public let size: Int
  private let descriptor: Int32
  private let identity: (device: dev_t, inode: ino_t)

  /// Opens a file.
  ///
  /// - Throws: ``FileError`` if the path is not a regular file, or the file cannot be opened.
  public init(_ path: String) throws(FileError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError.last(.open, path) }
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

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Opens the file at the path; `nil` if nothing is there.
  ///
  /// - Throws: ``FileError``.
  public static func ifPresent(_ path: String) throws(FileError) -> OpenFile? {
    do { return try OpenFile(path) } catch {
      if case .system(.open, let code) = error.fact, code == ENOENT || code == ENOTDIR { return nil }
      throw error
    }
  }

  /// Fills the buffer from its start with the bytes after those of the last call.
  ///
  /// - Returns: the number of bytes read; 0 at the end of the file.
  /// - Throws: ``FileError``.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    while true {
      let got = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw FileError.last(.read, path) }
      return got
    }
  }

  /// The bytes from an offset on, at most `count`.
  ///
  /// - Throws: ``FileError``.
  public func bytes(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
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
  public func removeIfUnchanged() {
    var status = stat()
    guard stat(path, &status) == 0, (status.st_dev, status.st_ino) == identity else { return }
    unlink(path)
  }
}
