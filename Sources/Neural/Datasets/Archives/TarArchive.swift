import CArchive
import Foundation

/// Reads files from a `.tar.gz` into memory, without writing to disk.
struct TarArchive {
  var path: String
  /// The data set's name, for errors.
  var dataset: String

  /// The maximum number of entries in an archive.
  private static let entryLimit = 1000

  /// Calls `body` with the name and the bytes of each wanted file, in archive order.
  ///
  /// - Parameters:
  ///   - wanted: the files by their last path component, with the maximum size of each in bytes.
  ///   - bytes: the archive's content, if it should not be read from its path.
  /// - Throws: ``DatasetError``, `FileError`, and errors of `body`.
  func read(
    _ wanted: [String: Int], from bytes: [UInt8]? = nil,
    _ body: (_ name: String, _ bytes: [UInt8]) throws -> Void
  ) throws {
    try ArchiveSource.reading(path, bytes, { try read(wanted, from: $0, body) }, tooLarge: { failure($0) })
  }

  private func read(
    _ wanted: [String: Int], from source: ArchiveSource,
    _ body: (_ name: String, _ bytes: [UInt8]) throws -> Void
  ) throws {
    guard let archive = archive_read_new() else { throw failure("out of memory") }
    defer { archive_read_free(archive) }
    archive_read_support_filter_gzip(archive)
    archive_read_support_format_tar(archive)
    guard source.open(archive) == ARCHIVE_OK else { throw failure(message(archive)) }
    // Gzip within gzip expands 64 KiB to 64 GiB.
    guard archive_filter_count(archive) <= 2 else { throw failure("compressed more than once") }
    var remaining = wanted
    var entries = 0
    while true {
      var entry: OpaquePointer?
      let status = archive_read_next_header(archive, &entry)
      if status == ARCHIVE_EOF { return }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else {
        throw failure(message(archive))
      }
      entries += 1
      guard entries <= Self.entryLimit else { throw failure("more than \(Self.entryLimit) entries") }
      guard archive_entry_filetype(entry) & S_IFMT == S_IFREG, let pathname = archive_entry_pathname(entry),
        let name = String(cString: pathname).split(separator: "/").last.map(String.init),
        let limit = remaining.removeValue(forKey: name)
      else { continue }
      let size = Int(archive_entry_size(entry))
      guard size >= 0, size <= limit else {
        throw DatasetError(
          .wrongLength(found: size, expected: "at most \(limit)"), dataset: dataset, file: "\(path)/\(name)")
      }
      try body(name, contents(archive, size: size, name: name))
    }
  }

  private func contents(_ archive: OpaquePointer, size: Int, name: String) throws -> [UInt8] {
    var problem: String?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size, let base = buffer.baseAddress {
        let got = archive_read_data(archive, base + count, size - count)
        if got == Int(ARCHIVE_RETRY) { continue }
        if got < 0 { problem = message(archive) }
        if got <= 0 { break }
        count += got
      }
    }
    if let problem { throw failure(problem, name) }
    guard bytes.count == size else {
      throw DatasetError(
        .truncated(found: bytes.count, expected: size), dataset: dataset, file: "\(path)/\(name)")
    }
    return bytes
  }

  private func failure(_ reason: String, _ name: String? = nil) -> DatasetError {
    DatasetError(.archive(reason: reason), dataset: dataset, file: name.map { "\(path)/\($0)" } ?? path)
  }

  private func message(_ archive: OpaquePointer) -> String {
    archive_error_string(archive).map { String(cString: $0) } ?? "unknown error"
  }
}
