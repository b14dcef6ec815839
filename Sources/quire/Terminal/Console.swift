import Foundation
import Synchronization

/// Writes to the terminal: unbuffered, whole lines, never a trap on a closed pipe.
enum Console {
  static func out(_ line: String) { write(line + "\n", to: 1) }
  static func error(_ line: String) {
    write((isStyled(2) ? DiagnosticColors.text(line) : line) + "\n", to: 2)
  }

  /// Writes the command to run next, the last line of a command that failed.
  static func next(_ command: String) { error("next: \(command)") }

  /// Writes text without adding a line end.
  static func raw(_ text: String) { write(text, to: 1) }

  /// Whether the output is a terminal that understands escape sequences, so that lines can be redrawn.
  static let isTerminal: Bool = isTerminal(1)

  private static func isTerminal(_ descriptor: Int32) -> Bool {
    isatty(descriptor) == 1 && !isDumb(ProcessInfo.processInfo.environment["TERM"])
  }

  private static let choice = Mutex(ColorChoice.auto)

  /// When text may be bold or coloured: `--color`.
  static var color: ColorChoice {
    get { choice.withLock { $0 } }
    set { choice.withLock { $0 = newValue } }
  }

  /// Whether text may be bold or coloured; by default on a terminal, unless the user set `NO_COLOR`
  /// (https://no-color.org).
  private static func isStyled(_ descriptor: Int32) -> Bool {
    switch color {
    case .always: true
    case .never: false
    case .auto:
      isTerminal(descriptor) && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
    }
  }

  /// Whether the value of `$TERM` names a terminal without escape sequences, such as Emacs's shell.
  private static func isDumb(_ term: String?) -> Bool { ["", "dumb", "unknown"].contains(term ?? "") }

  /// The text in bold, or with other attributes (`1;33`), where the terminal allows it.
  static func styled(_ text: String, _ attributes: String = "1") -> String {
    isStyled(1) ? "\u{1B}[\(attributes)m\(text)\u{1B}[0m" : text
  }

  /// The width of the terminal in columns; 80 if unknown.
  static var columns: Int {
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// The first error of writing to standard output; 0 if there was none.
  private static let failure = Atomic<Int32>(0)

  /// The message for output that was lost; `nil` if there is none. A closed pipe is not an error: the reader, such as
  /// `head`, has seen enough.
  static var lostOutput: String? {
    let code = failure.load(ordering: .relaxed)
    return code == 0 || code == EPIPE
      ? nil : "quire: error: cannot write to standard output: \(String(cString: strerror(code)))"
  }

  /// Prevents files from being opened as standard output or standard error, if the shell closed those (`>&-`).
  static func openStandardFiles() {
    for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) == -1 {
      // Opened the other way round: using it is still an error.
      _ = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
    }
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var start = 0
      while start < bytes.count, let base = bytes.baseAddress {
        let written = Foundation.write(descriptor, base + start, bytes.count - start)
        if written >= 0 {
          start += written
          continue
        }
        switch errno {
        case EINTR: continue
        case EAGAIN:
          var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = poll(&waiting, 1, 1000)
        default:
          if descriptor == 1 { _ = failure.compareExchange(expected: 0, desired: errno, ordering: .relaxed) }
          return
        }
      }
    }
  }
}
