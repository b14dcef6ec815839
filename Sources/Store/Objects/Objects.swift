import Foundation
import Neural

extension Store {
  /// Keeps bytes under their digest; where they are there already, nothing is written.
  ///
  /// Bytes that no record uses are removed by the next ``collect(limit:waiting:)``.
  ///
  ///     let digest = try store.put(bytes)
  ///     store.blob(digest, limit: 1 << 30)   // the bytes
  /// - Throws: ``FileError``, for example where the disk is full; what was there is untouched.
  public func put(_ bytes: [UInt8]) throws -> ContentDigest {
    let digest = try ContentDigest(of: bytes)
    let path = layout.object(digest)
    if let size = try? FileBytes.size(path), size == bytes.count { return digest }
    try AtomicFile.createDirectory(AtomicFile.directory(of: path))
    try AtomicFile.write(bytes, to: path)
    return digest
  }

  /// The bytes of a digest.
  ///
  /// - Parameter limit: the largest size that is read, in bytes.
  /// - Returns: `nil` where they are missing, too many or damaged; damaged ones are removed, and noted.
  public func blob(_ digest: ContentDigest, limit: Int) -> [UInt8]? {
    let path = layout.object(digest)
    do {
      guard let file = try OpenFile(path) else { return nil }
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

  /// Whether bytes are kept under the digest; whether they are whole, only ``blob(_:limit:)`` tells.
  public func has(_ digest: ContentDigest) -> Bool { FileBytes.isFile(layout.object(digest)) }
}
