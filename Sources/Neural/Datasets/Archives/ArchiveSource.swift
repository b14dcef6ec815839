import CArchive
import Foundation
import Support

/// Feeds an archive to libarchive in chunks and aborts if it unpacks to too many bytes.
///
/// Skipped entries are unpacked too, so the sizes in headers are no limit. The unpacked size is therefore checked
/// before every chunk. A chunk of gzip expands to at most 64 MiB.
final class ArchiveSource {
  /// The maximum unpacked size in bytes.
  static let unpackedLimit: Int64 = 1 << 30

  private let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
  private let next: (UnsafeMutableRawBufferPointer) throws -> Int
  /// The error that prevented reading the last chunk; libarchive reports only that it failed.
  private(set) var fault: (any Error)?

  private struct TooLarge: Error {}

  /// - Parameter next: fills a buffer from its start and returns the number of bytes, 0 at the end.
  init(_ next: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) { self.next = next }

  deinit { chunk.deallocate() }

  /// Reads a file.
  ///
  /// - Throws: `FileError`.
  convenience init(path: String) throws {
    let file = try OpenFile(path)
    self.init { try file.read(into: $0) }
  }

  /// Reads bytes in memory.
  convenience init(bytes: [UInt8]) {
    var rest = bytes[...]
    self.init { buffer in
      let part = rest.prefix(buffer.count)
      buffer.copyBytes(from: part)
      rest = rest.dropFirst(part.count)
      return part.count
    }
  }

  /// Reads an archive from a file, or from its bytes if they are given.
  ///
  /// - Parameter tooLarge: the error for an archive that unpacks to too many bytes, from the reason.
  /// - Throws: `FileError`, and errors of `body`; libarchive's own only if the source has none, since it reports every
  ///   fault of the source as a missing end.
  static func reading<Result>(
    _ path: String, _ bytes: [UInt8]?, _ body: (ArchiveSource) throws -> Result,
    tooLarge: (_ reason: String) -> DatasetError
  ) throws -> Result {
    let source = try bytes.map(ArchiveSource.init(bytes:)) ?? ArchiveSource(path: path)
    defer { withExtendedLifetime(source) {} }
    do {
      return try body(source)
    } catch {
      switch source.fault {
      case nil: throw error
      case is TooLarge: throw tooLarge("unpacks to more than \(unpackedLimit) bytes")
      case let fault?: throw fault
      }
    }
  }

  /// Opens the archive on these bytes, which must outlive it.
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
