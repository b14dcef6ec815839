import Foundation
import Support

/// The holder of a lock, as far as known.
public struct LockHolder: Hashable, Sendable, CustomStringConvertible {
  /// The notebook's name; `nil` while the store is being cleaned up.
  public var notebook: String?
  /// The process id.
  public var process: Int32?
  /// The time when the lock was taken.
  public var since: Date?

  /// Describes this process.
  init(notebook: String?) {
    self.notebook = notebook
    process = getpid()
    since = Date()
  }

  /// Reads the holder from a lock's file.
  init(file path: String) {
    let bytes = (try? FileBytes.read(path, limit: 4096)) ?? []
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    if lines.count > 2 {
      process = Int32(lines[0])
      since = Double(lines[1]).map(Date.init(timeIntervalSince1970:))
      if !lines[2].isEmpty { notebook = String(lines[2]) }
    }
  }

  /// The text of a lock's file.
  var signature: String {
    let name = notebook?.replacingOccurrences(of: "\n", with: " ") ?? ""
    return "\(process ?? 0)\n\(since?.timeIntervalSince1970 ?? 0)\n\(name)\n"
  }

  /// `process 4711, since 2026-11-25 04:12`.
  public var description: String {
    let process = process.map { "process \($0)" } ?? "another process"
    return since.map { "\(process), since \(Moment.text($0))" } ?? process
  }
}
