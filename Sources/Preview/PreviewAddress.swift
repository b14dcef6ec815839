import Foundation
import Support

/// The port and the token of a notebook's preview, remembered so that the open tabs find a restarted server.
struct PreviewAddress: Codable, Equatable {
  var port: UInt16
  var token: String

  /// 192 random bits.
  static func newToken() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<24).map { _ in
      let byte = UInt8.random(in: .min ... .max, using: &generator)
      return (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }

  /// The address of the last preview; `nil` if there was none.
  static func read(from path: String) -> PreviewAddress? {
    guard let bytes = try? FileBytes.read(path, limit: 1 << 12),
      let address = try? JSON.value(PreviewAddress.self, from: bytes), address.token.utf8.count >= 32
    else { return nil }
    return address
  }

  /// Remembers the address in a file that only its owner can read, from the beginning.
  ///
  /// - Throws: ``FileError`` if the folder cannot be created; `POSIXError` if the file cannot be written.
  func write(to path: String) throws {
    try AtomicFile.createDirectory(AtomicFile.directory(of: path))
    unlink(path)
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    guard file >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    try FileHandle(fileDescriptor: file, closeOnDealloc: true).write(contentsOf: Data(JSON.text(self).utf8))
  }
}
