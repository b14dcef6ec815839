import Foundation

/// Writes to the terminal: unbuffered, whole lines, never a trap on a closed pipe.
enum Console {
  static func out(_ line: String) { write(line + "\n", to: 1) }
  static func error(_ line: String) { write(line + "\n", to: 2) }

  /// Writes text without adding a line end.
  static func raw(_ text: String) { write(text, to: 1) }

  static var isTerminal: Bool { isatty(1) == 1 }

  /// The width of the terminal in columns; 80 if unknown.
  static var columns: Int {
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR || errno == EAGAIN { continue }
        return
      }
      bytes = bytes.dropFirst(written)
    }
  }
}
