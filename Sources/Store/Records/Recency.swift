import Foundation

/// A point in the order of use: the time, or just after the newest where the clock went backwards.
struct Stamp: Comparable, Hashable {
  var seconds: Int
  var nanoseconds: Int

  static func < (a: Stamp, b: Stamp) -> Bool {
    (a.seconds, a.nanoseconds) < (b.seconds, b.nanoseconds)
  }

  /// The next after this.
  var next: Stamp {
    if nanoseconds < 999_999_999 { return Stamp(seconds: seconds, nanoseconds: nanoseconds + 1) }
    return Stamp(seconds: seconds == .max ? seconds : seconds + 1, nanoseconds: 0)
  }

  static var now: Stamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Stamp(time)
  }

  /// When the file was changed last.
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

  /// Makes it the file's time of change.
  @discardableResult
  func put(on path: String) -> Bool {
    let time = timespec(tv_sec: time_t(seconds), tv_nsec: nanoseconds)
    return [time, time].withUnsafeBufferPointer { utimensat(AT_FDCWD, path, $0.baseAddress, 0) } == 0
  }
}

/// Which records were used last: their files' times of change, handed out by a file that has the newest.
///
/// A mark costs a few system calls and reaches the disk when the system likes. Where it cannot be made, on a medium
/// that is only read, the order stays as it was.
struct Recency: Sendable {
  /// An empty file whose time of change is the newest stamp.
  let clock: String

  func mark(_ path: String) {
    let now = Stamp.now
    let stamp = Stamp(of: clock).map { max(now, $0.next) } ?? now
    stamp.put(on: path)
    restore(stamp)
  }

  /// Makes the clock no older than this.
  func restore(_ stamp: Stamp) {
    if let newest = Stamp(of: clock), newest >= stamp { return }
    if stamp.put(on: clock) { return }
    let descriptor = open(clock, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return }
    close(descriptor)
    stamp.put(on: clock)
  }
}
