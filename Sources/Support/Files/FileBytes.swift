import Foundation

/// Reads whole files with a size limit, and inspects paths.
public enum FileBytes {
  /// The bytes of a regular file.
  ///
  /// - Parameter limit: the maximum size in bytes, checked before anything is allocated.
  /// - Throws: ``FileError``.
  public static func read(_ path: String, limit: Int) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError.last(.open, path) }
    defer { close(descriptor) }
    let size = try size(of: descriptor, path)
    guard size <= limit else { throw FileError(.tooLarge(found: size, limit: limit), path: path) }
    let bytes = try bytes(size, from: descriptor, path)
    guard bytes.count == size else {
      throw FileError(.shortRead(found: bytes.count, expected: size), path: path)
    }
    return bytes
  }

  /// The first bytes of a regular file; fewer if the file is shorter.
  ///
  /// - Throws: ``FileError``.
  public static func prefix(of path: String, count: Int) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError.last(.open, path) }
    defer { close(descriptor) }
    let wanted = min(count, try size(of: descriptor, path))
    return try bytes(wanted, from: descriptor, path)
  }

  /// Reads a file of any size, a megabyte at a time.
  ///
  /// - Throws: ``FileError``, and errors of `body`.
  public static func forEachChunk(of path: String, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError.last(.open, path) }
    defer { close(descriptor) }
    _ = try size(of: descriptor, path)
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let got = chunk.withUnsafeMutableBytes { buffer in
        buffer.baseAddress.map { systemRead(descriptor, $0, buffer.count) } ?? 0
      }
      if got < 0 && errno == EINTR { continue }
      if got < 0 { throw FileError.last(.read, path) }
      if got == 0 { return }
      try chunk.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<got])) }
    }
  }

  /// The size of a regular file in bytes.
  ///
  /// - Throws: ``FileError``.
  public static func size(_ path: String) throws -> Int {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError.last(.open, path) }
    defer { close(descriptor) }
    return try size(of: descriptor, path)
  }

  /// Whether the path is a regular file.
  public static func isFile(_ path: String) -> Bool { kind(path) == S_IFREG }

  /// Whether the path is a directory.
  public static func isDirectory(_ path: String) -> Bool { kind(path) == S_IFDIR }

  /// The names in a directory, sorted, without those that begin with a dot.
  ///
  /// - Throws: ``FileError``.
  public static func list(_ path: String) throws -> [String] {
    guard let directory = opendir(path) else { throw FileError.last(.list, path) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  private static func kind(_ path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  /// The next `size` bytes, or all that remain.
  private static func bytes(_ size: Int, from descriptor: Int32, _ path: String) throws -> [UInt8] {
    var failure: FileError?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size, let base = buffer.baseAddress {
        let got = systemRead(descriptor, base + count, size - count)
        if got < 0 && errno == EINTR { continue }
        if got < 0 { failure = FileError.last(.read, path) }
        if got <= 0 { break }
        count += got
      }
    }
    if let failure { throw failure }
    return bytes
  }

  private static func size(of descriptor: Int32, _ path: String) throws -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError.last(.read, path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw FileError(.notAFile, path: path) }
    return Int(status.st_size)
  }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}
