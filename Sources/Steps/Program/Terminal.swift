// `stdout` is a variable in C.
@preconcurrency import Foundation
import Synchronization

/// Writes to the terminal, unbuffered, so that lines of cells and of steps keep their order.
enum Terminal {
  static func out(_ line: String) { write(line + "\n", to: 1) }
  static func error(_ line: String) { write(line + "\n", to: 2) }
  static var isTerminal: Bool { isatty(1) == 1 }

  /// The first error of writing to standard output; 0 if there was none.
  private static let failure = Atomic<Int32>(0)

  /// The message for output that was lost, also that of `print`; `nil` if there is none. A closed pipe is not an error.
  static var lostOutput: String? {
    flush()
    let code = failure.load(ordering: .relaxed)
    if code == EPIPE || code == 0 && ferror(stdout) == 0 { return nil }
    return "error: cannot write to standard output"
      + (code == 0 ? "" : ": \(String(cString: strerror(code)))")
  }

  private static func flush() {
    if fflush(nil) != 0 { note(errno) }
  }

  private static func note(_ code: Int32) {
    _ = failure.compareExchange(expected: 0, desired: code, ordering: .relaxed)
  }

  private static func write(_ text: String, to descriptor: Int32) {
    flush()
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR || errno == EAGAIN { continue }
      guard written > 0 else {
        if descriptor == 1 { note(errno) }
        return
      }
      bytes = bytes.dropFirst(written)
    }
  }
}
