import Foundation
import Neural

extension AtomicFile {
  /// Writes a file anew, as ``write(_:to:)`` does: a link stays a link, and who may read the file stays as it was.
  ///
  /// - Throws: ``FileError``.
  static func replace(_ path: String, with bytes: [UInt8]) throws {
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let permissions = try? FileManager.default.attributesOfItem(atPath: target)[.posixPermissions]
    try write(bytes, to: target)
    if let permissions {
      try? FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: target)
    }
  }
}
