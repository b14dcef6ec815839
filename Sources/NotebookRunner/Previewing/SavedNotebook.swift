import Foundation
import Support

/// Watches the notebook's file by asking for its status, which works with every editor and file system: editors replace
/// files, move them away for a moment, or write them in pieces.
struct SavedNotebook {
  private struct Stamp: Equatable {
    var inode: UInt64
    var size: Int64
    var seconds: Int
    var nanoseconds: Int
  }

  private let path: String
  private var seen: Stamp?
  /// A stamp that must be found a second time, so that nobody is still writing.
  private var candidate: Stamp?
  private(set) var bytes: [UInt8]?

  init(path: String) { self.path = path }

  /// The contents, if they were saved since the last call.
  mutating func takeSaved() -> [UInt8]? {
    guard let stamp = Self.stamp(of: path), stamp != seen else { return nil }
    // The first version is read at once.
    if seen != nil, candidate != stamp {
      candidate = stamp
      return nil
    }
    seen = stamp
    guard let found = try? FileBytes.read(path, limit: 1 << 26), found != bytes else { return nil }
    bytes = found
    return found
  }

  private static func stamp(of path: String) -> Stamp? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    return Stamp(
      inode: UInt64(status.st_ino), size: Int64(status.st_size), seconds: time.tv_sec,
      nanoseconds: time.tv_nsec)
  }
}
