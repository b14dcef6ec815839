import Foundation

/// Writes files atomically: readers see the old or the new content, never a partial file, even after a crash.
///
/// The bytes are written to a temporary file next to the target and synced (`fsync`). The file then gets the
/// target's name (`rename`), and the directory is synced. Syncing takes milliseconds and can be skipped for a file
/// that is soon rewritten or quickly recreated. Such a file survives a killed process, but perhaps not a power
/// failure.
public enum AtomicFile {
  /// Writes the bytes, replacing an existing file. The temporary file is removed on failure.
  ///
  ///     try AtomicFile.write(Array("done\n".utf8), to: "output/state.txt")
  ///
  /// - Parameter isSynced: whether the bytes are on the disk when this returns.
  /// - Throws: ``FileError``, for example if the disk is full; the old file is then unchanged.
  public static func write(_ bytes: [UInt8], to path: String, isSynced: Bool = true) throws {
    try write(parts: [bytes], to: path, isSynced: isSynced)
  }

  /// Writes the text as UTF-8.
  ///
  /// - Throws: ``FileError``; the old file is then unchanged.
  public static func write(_ text: String, to path: String, isSynced: Bool = true) throws {
    try write(Array(text.utf8), to: path, isSynced: isSynced)
  }

  /// Writes the bytes and syncs them.
  ///
  /// - Throws: ``FileError``; the old file is then unchanged.
  public static func write(_ bytes: UnsafeRawBufferPointer, to path: String) throws {
    try replace(path, isSynced: true) { try writeAll(bytes, to: $0, path) }
  }

  /// Writes several parts in order, so that large ones need not be joined first.
  ///
  /// - Throws: ``FileError``; the old file is then unchanged.
  public static func write(parts: [[UInt8]], to path: String, isSynced: Bool = true) throws {
    try replace(path, isSynced: isSynced) { descriptor in
      for part in parts { try part.withUnsafeBytes { try writeAll($0, to: descriptor, path) } }
    }
  }

  /// The part of a temporary file's name between the target's name and six random letters or digits.
  private static let temporaryMark = ".tmp-"

  /// Whether a name is that of a temporary file, possibly left by a killed process.
  ///
  ///     AtomicFile.isTemporary("history.csv.tmp-x7Ab2Q")  // true
  public static func isTemporary(_ name: String) -> Bool {
    let ending = name.suffix(temporaryMark.count + 6)
    return ending.count < name.count && ending.hasPrefix(temporaryMark)
      && ending.dropFirst(temporaryMark.count).allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
  }

  private static func replace(_ path: String, isSynced: Bool, _ write: (Int32) throws -> Void) throws {
    let directory = directory(of: path)
    var template = Array("\(path)\(temporaryMark)XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw FileError.last(.write, path) }
    let temporary = String(cString: Array(template))
    do {
      defer { close(descriptor) }
      try write(descriptor)
      // mkstemp creates files that only their owner can read.
      guard fchmod(descriptor, 0o644) == 0, !isSynced || fsync(descriptor) == 0 else {
        throw FileError.last(.write, path)
      }
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, path) == 0 else {
      let failure = FileError.last(.write, path)
      unlink(temporary)
      throw failure
    }
    if isSynced { synchronise(directory: directory) }
  }

  /// Moves a finished file to its final name within one file system.
  ///
  /// - Throws: ``FileError``.
  public static func move(_ temporary: String, to path: String) throws {
    guard rename(temporary, path) == 0 else { throw FileError.last(.write, path) }
    synchronise(directory: directory(of: path))
  }

  /// Creates a directory and its parents.
  ///
  /// - Throws: ``FileError``.
  public static func createDirectory(_ path: String) throws {
    if path.isEmpty || FileBytes.isDirectory(path) { return }
    let parent = directory(of: path)
    if parent != path && parent != "." { try createDirectory(parent) }
    guard mkdir(path, 0o777) == 0 || (errno == EEXIST && FileBytes.isDirectory(path)) else {
      throw FileError.last(.createDirectory, path)
    }
    synchronise(directory: parent)
  }

  /// Writes all bytes to an open file, with as many system calls as that takes.
  ///
  /// - Parameter path: the file's path, for the error.
  /// - Throws: ``FileError``.
  public static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, _ path: String) throws {
    var written = 0
    while written < bytes.count, let base = bytes.baseAddress {
      let put = systemWrite(descriptor, base + written, bytes.count - written)
      if put < 0 && errno == EINTR { continue }
      guard put > 0 else { throw FileError.last(.write, path) }
      written += put
    }
  }

  /// Best effort: some file systems cannot synchronise directories.
  private static func synchronise(directory: String) {
    let descriptor = open(directory, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Everything before the last slash; `.` if there is none.
  public static func directory(of path: String) -> String {
    let trimmed = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    guard let slash = trimmed.lastIndex(of: "/") else { return "." }
    return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
  }
}

private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, buffer, count)
}
