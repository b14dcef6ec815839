import Foundation
import Support

extension Store {
  /// Stores bytes under their digest; does nothing if they are already stored.
  ///
  /// The next ``collect(limit:waiting:)`` removes bytes that no record uses.
  ///
  ///     let digest = try store.put(bytes)
  ///     store.blob(digest, limit: 1 << 30)   // the bytes
  ///
  /// - Throws: ``FileError``, for example if the disk is full; existing data is unchanged.
  public func put(_ bytes: [UInt8]) throws -> ContentDigest {
    let digest = try ContentDigest(of: bytes)
    let path = layout.object(digest)
    if let size = try? FileBytes.size(path), size == bytes.count { return digest }
    try AtomicFile.createDirectory(AtomicFile.directory(of: path))
    try AtomicFile.write(bytes, to: path)
    return digest
  }

  /// The bytes with this digest.
  ///
  /// - Parameter limit: the maximum size to read, in bytes.
  /// - Returns: `nil` if they are missing, larger than the limit or damaged. Damaged bytes are removed, and a note
  ///   is taken.
  public func blob(_ digest: ContentDigest, limit: Int) -> [UInt8]? {
    let path = layout.object(digest)
    do {
      guard let file = try OpenFile.ifPresent(path) else { return nil }
      guard file.size <= limit else {
        throw FileError(.tooLarge(found: file.size, limit: limit), path: path)
      }
      let bytes = try file.bytes(at: 0, count: file.size)
      if try ContentDigest(of: bytes) == digest { return bytes }
      file.removeIfUnchanged()
      note(.damaged(path: path, .checksum, .leftOut))
    } catch {
      note(.unreadable(path: path, reason: (error as? FileError)?.reason ?? "\(error)"))
    }
    return nil
  }

  /// Whether bytes are stored under this digest. Only ``blob(_:limit:)`` verifies them.
  public func has(_ digest: ContentDigest) -> Bool { FileBytes.isFile(layout.object(digest)) }
}
