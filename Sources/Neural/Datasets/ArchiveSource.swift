import CArchive
import Foundation

/// Feeds an archive to libarchive, a chunk at a time, and ends it where it unpacks to too much.
///
/// What is skipped is unpacked too, so the sizes that headers give bound nothing: before every chunk is looked at
/// how much came out of those before. A chunk of gzip makes 64 MiB at most.
final class ArchiveSource {
  /// The most that an archive may unpack to, in bytes.
  static let unpackedLimit: Int64 = 1 << 30

  private let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
  private let next: (UnsafeMutableRawBufferPointer) throws -> Int
  /// Why the last chunk was not given; libarchive only knows that it was not.
  private(set) var fault: (any Error)?

  struct TooLarge: Error {}

  /// - Parameter next: fills a buffer from its start; the count of bytes, 0 at the end.
  init(_ next: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) { self.next = next }

  deinit { chunk.deallocate() }

  /// The file's bytes.
  ///
  /// - Throws: ``FileError``.
  convenience init(path: String) throws {
    let file = try OpenFile(path)
    self.init { try file.read(into: $0) }
  }

  /// Bytes that are all there.
  convenience init(bytes: [UInt8]) {
    var rest = bytes[...]
    self.init { buffer in
      let part = rest.prefix(buffer.count)
      buffer.copyBytes(from: part)
      rest = rest.dropFirst(part.count)
      return part.count
    }
  }

  /// Opens the archive on these bytes, which have to outlive it.
  ///
  /// - Returns: libarchive's status.
  func open(_ archive: OpaquePointer) -> Int32 {
    archive_read_open(
      archive, Unmanaged.passUnretained(self).toOpaque(), nil,
      { archive, source, buffer in
        guard let archive, let source, let buffer else { return -1 }
        return Unmanaged<ArchiveSource>.fromOpaque(source).takeUnretainedValue().give(archive, buffer)
      }, nil)
  }

  private func give(_ archive: OpaquePointer, _ buffer: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
    do {
      guard archive_filter_bytes(archive, 0) <= Self.unpackedLimit else { throw TooLarge() }
      buffer.pointee = UnsafeRawPointer(chunk.baseAddress)
      return try next(chunk)
    } catch {
      fault = error
      return -1
    }
  }
}
