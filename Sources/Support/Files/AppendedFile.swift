import Foundation

/// A file that grows while a long operation runs. Readers see the part that has been written.
///
///     let file = try AppendedFile("output/n/printed/3.txt")
///     try file.append(Array("a line\n".utf8))
public final class AppendedFile: Sendable {
  private let descriptor: Int32
  private let path: String

  /// Creates the file and its folder, or empties an existing file.
  ///
  /// - Throws: ``FileError``.
  public init(_ path: String) throws {
    try AtomicFile.createDirectory(AtomicFile.directory(of: path))
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileError.last(.write, path) }
  }

  /// Appends bytes.
  ///
  /// - Throws: ``FileError``, for example if the disk is full.
  public func append(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try AtomicFile.writeAll($0, to: descriptor, path) }
  }

  deinit { close(descriptor) }
}
