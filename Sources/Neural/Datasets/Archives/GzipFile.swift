import CArchive
import Support

/// Reads a file compressed with gzip.
struct GzipFile {
  var path: String
  /// The data set's name, for errors.
  var dataset: String

  /// The unpacked bytes.
  ///
  /// - Parameters:
  ///   - limit: the maximum number of bytes.
  ///   - bytes: the file's content, if it should not be read from its path.
  /// - Throws: ``DatasetError`` if the file is damaged or unpacks to more bytes, `FileError`.
  func read(limit: Int, from bytes: [UInt8]? = nil) throws -> [UInt8] {
    let unpacked = try prefix(limit + 1, from: bytes)
    guard unpacked.count <= limit else { throw failure("unpacks to more than \(limit) bytes") }
    try check(unpacked.count, from: bytes)
    return unpacked
  }

  /// Checks the number of unpacked bytes against the last 4 bytes of the file. Source: RFC 1952, ISIZE.
  ///
  /// - Throws: ``DatasetError`` if they differ or the file is not compressed with gzip, `FileError`.
  func check(_ expected: Int, from bytes: [UInt8]? = nil) throws {
    try checkSignature(bytes)
    let end: [UInt8]
    if let bytes {
      end = bytes.suffix(4)
    } else {
      let file = try OpenFile(path)
      end = try file.bytes(at: max(0, file.size - 4), count: 4)
    }
    let found = end.reversed().reduce(0) { $0 << 8 | Int($1) }
    guard found == expected else {
      throw failure("its end says that it unpacks to \(found) bytes, expected \(expected)")
    }
  }

  /// The first unpacked bytes; fewer if the file has fewer.
  ///
  /// - Throws: ``DatasetError`` if the file is damaged, `FileError`.
  func prefix(_ count: Int, from bytes: [UInt8]? = nil) throws -> [UInt8] {
    try checkSignature(bytes)
    return try ArchiveSource.reading(path, bytes, { try unpack(count, from: $0) }, tooLarge: failure)
  }

  /// Checks the first bytes, and that there are as many as an empty file has.
  private func checkSignature(_ bytes: [UInt8]?) throws {
    let start = try bytes.map { Array($0.prefix(18)) } ?? FileBytes.prefix(of: path, count: 18)
    guard start.starts(with: [0x1F, 0x8B]) else { throw failure("not compressed with gzip") }
    guard start.count == 18 else { throw failure("truncated") }
  }

  private func unpack(_ count: Int, from source: ArchiveSource) throws -> [UInt8] {
    guard let archive = archive_read_new() else { throw failure("out of memory") }
    defer { archive_read_free(archive) }
    archive_read_support_filter_gzip(archive)
    archive_read_support_format_raw(archive)
    guard source.open(archive) == ARCHIVE_OK else { throw failure(message(archive)) }
    // Gzip within gzip expands 64 KiB to 64 GiB.
    guard archive_filter_count(archive) == 2 else { throw failure("compressed more than once") }
    var entry: OpaquePointer?
    guard archive_read_next_header(archive, &entry) == ARCHIVE_OK else { throw failure(message(archive)) }
    var unpacked: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while unpacked.count < count {
      let got = archive_read_data(archive, &chunk, min(chunk.count, count - unpacked.count))
      if got == Int(ARCHIVE_RETRY) { continue }
      if got < 0 { throw failure(message(archive)) }
      if got == 0 { break }
      unpacked += chunk.prefix(got)
    }
    return unpacked
  }

  private func failure(_ reason: String) -> DatasetError {
    DatasetError(.archive(reason: reason), dataset: dataset, file: path)
  }

  private func message(_ archive: OpaquePointer) -> String {
    archive_error_string(archive).map { String(cString: $0) } ?? "unknown error"
  }
}
