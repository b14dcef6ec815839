import Foundation

/// A regular file that is read in parts.
final class OpenFile {
  private let path: String
  private let descriptor: Int32

  /// Opens a file.
  ///
  /// - Throws: ``FileError``.
  init(_ path: String) throws {
    _ = try FileBytes.size(path)  // says what is no file
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError.last(.open, path) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Fills the buffer from its start.
  ///
  /// - Returns: the number of bytes; 0 at the end of the file.
  /// - Throws: ``FileError``.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      let got = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw FileError.last(.read, path) }
      return got
    }
  }
}
