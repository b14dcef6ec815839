import Foundation
import Neural
import Support

extension AtomicFile {
  /// Replaces a file's content, like ``write(_:to:)``, but keeps links and permissions.
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
