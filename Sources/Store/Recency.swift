import Foundation

/// A point in the order of use: the current time, or just after the newest stamp if the clock went back.
struct Stamp: Comparable, Hashable {
  var seconds: Int
  var nanoseconds: Int

  static func < (a: Stamp, b: Stamp) -> Bool {
    (a.seconds, a.nanoseconds) < (b.seconds, b.nanoseconds)
  }

  /// The next stamp.
  var next: Stamp {
    if nanoseconds < 999_999_999 { return Stamp(seconds: seconds, nanoseconds: nanoseconds + 1) }
    return Stamp(seconds: seconds == .max ? seconds : seconds + 1, nanoseconds: 0)
  }

  static var now: Stamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Stamp(time)
  }

  /// The time when the file was last changed.
  init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      self.init(status.st_mtimespec)
    #else
      self.init(status.st_mtim)
    #endif
  }

  init(seconds: Int, nanoseconds: Int) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  private init(_ time: timespec) { self.init(seconds: Int(time.tv_sec), nanoseconds: Int(time.tv_nsec)) }

  /// Sets the file's modification time to this stamp.
  @discardableResult
  func put(on path: String) -> Bool {
    let time = timespec(tv_sec: time_t(seconds), tv_nsec: nanoseconds)
    return [time, time].withUnsafeBufferPointer { utimensat(AT_FDCWD, path, $0.baseAddress, 0) } == 0
  }
}

/// The order of last use, stored as the records' modification times; a clock file has the newest.
///
/// A mark costs a few system calls and is not synced. On a read-only medium, where it fails, the order does not
/// change.
struct Recency: Sendable {
  /// An empty file whose modification time is the newest stamp.
  let clock: String

  func mark(_ path: String) {
    let now = Stamp.now
    let stamp = Stamp(of: clock).map { max(now, $0.next) } ?? now
    stamp.put(on: path)
    restore(stamp)
  }

  /// Ensures that the clock is at least this stamp.
  func restore(_ stamp: Stamp) {
    if let newest = Stamp(of: clock), newest >= stamp { return }
    if stamp.put(on: clock) { return }
    let descriptor = open(clock, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return }
    close(descriptor)
    stamp.put(on: clock)
  }
}
