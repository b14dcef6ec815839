import Foundation

/// Formats times for people: `2026-11-25 04:12`, in local time.
enum Moment {
  static func text(_ date: Date) -> String {
    let seconds = date.timeIntervalSince1970
    guard var time = time_t(exactly: seconds.rounded(.down)) else { return "?" }
    var parts = tm()
    guard localtime_r(&time, &parts) != nil else { return "?" }
    var buffer = [CChar](repeating: 0, count: 64)
    let count = strftime(&buffer, buffer.count, "%Y-%m-%d %H:%M", &parts)
    return String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
