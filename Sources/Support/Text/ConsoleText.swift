/// Follows console output as a terminal shows it: removes escape sequences, and collapses overwritten lines.
///
/// A carriage return restarts the line, and a backspace goes back one column. Text can arrive in pieces; each piece is
/// processed once, so a long output takes linear time and the memory of its current line.
///
///     var console = ConsoleText()
///     var shown: [UInt8] = []
///     console.write("10 %\r100 %\n\u{1B}[1mdone", to: &shown)   // "100 %\n"
///     console.finish(&shown)                                    // "100 %\ndone"
public struct ConsoleText: Sendable {
  private var line = ConsoleLine()
  private var escape = Escape.none
  /// A longer line is passed on in parts.
  private static let maximumLine = 1 << 16

  private enum Escape: Sendable {
    case none
    /// After ESC.
    case begun
    /// After ESC and an intermediate byte, as in `ESC ( B`.
    case intermediate
    /// After `ESC [`, with the parameter bytes so far.
    case control([UInt8])
    /// In a string that BEL or `ESC \` ends, such as a window title.
    case string
    /// After ESC in such a string.
    case stringEnd
  }

  /// Creates an empty console.
  public init() {}

  /// The bytes of the current line so far, which later output can still change.
  public var unfinished: [UInt8] { line.bytes }

  /// Processes output.
  ///
  /// - Parameter shown: receives the lines that ended, each with a line feed. A line that becomes longer than 64 kB is
  ///   passed on in parts; its earlier parts cannot be overwritten.
  public mutating func write(_ text: String, to shown: inout [UInt8]) {
    var text = text
    text.withUTF8 { write($0, to: &shown) }
  }

  /// Passes on the current line, without a line feed.
  public mutating func finish(_ shown: inout [UInt8]) {
    shown += line.bytes
    line = ConsoleLine()
    escape = .none
  }

  private mutating func write(_ bytes: UnsafeBufferPointer<UInt8>, to shown: inout [UInt8]) {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      switch escape {
      case .none:
        var end = index
        while end < bytes.count, !Self.isSpecial(bytes[end]) { end += 1 }
        if end > index {
          line.put(UnsafeBufferPointer(rebasing: bytes[index..<end]))
          if line.count > Self.maximumLine, line.isAtEnd {
            shown += line.bytes
            line = ConsoleLine()
          }
          index = end
          continue
        }
        special(byte, &shown)
      case .begun:
        switch byte {
        case UInt8(ascii: "["): escape = .control([])
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
          escape = .string
        case 0x20...0x2F: escape = .intermediate
        default:
          escape = .none
          // A control character or a letter of another script is not part of a sequence.
          if !(0x30...0x7E).contains(byte) { continue }
        }
      case .intermediate:
        if (0x20...0x2F).contains(byte) { break }
        escape = .none
        if !(0x30...0x7E).contains(byte) { continue }
      case .control(let parameters):
        switch byte {
        case 0x20...0x3F: escape = .control(parameters.count < 16 ? parameters + [byte] : parameters)
        case 0x40...0x7E:
          escape = .none
          control(byte, parameters)
        default:
          escape = .none
          continue
        }
      case .string:
        switch byte {
        case 0x07: escape = .none
        case 0x1B: escape = .stringEnd
        case 0x0A:
          // A string that was never ended must not swallow the output.
          escape = .none
          continue
        default: break
        }
      case .stringEnd:
        escape = .begun
        if byte != UInt8(ascii: "\\") { continue }
        escape = .none
      }
      index += 1
    }
  }

  /// Whether a byte is a control character other than a tab.
  private static func isSpecial(_ byte: UInt8) -> Bool { (byte < 0x20 && byte != 0x09) || byte == 0x7F }

  private mutating func special(_ byte: UInt8, _ shown: inout [UInt8]) {
    switch byte {
    case 0x1B: escape = .begun
    // A terminal treats a vertical tab and a form feed as line feeds.
    case 0x0A, 0x0B, 0x0C:
      line.append(to: &shown)
      shown.append(0x0A)
      line.clear()
    case 0x0D: line.move(to: 0)
    case 0x08: line.move(by: -1)
    default: break
    }
  }

  /// Obeys `ESC [ … letter` where it concerns the current line; colours and movements between lines are ignored.
  private mutating func control(_ letter: UInt8, _ parameters: [UInt8]) {
    let digits = parameters.prefix { (0x30...0x39).contains($0) }
    let number = digits.prefix(6).reduce(0) { $0 * 10 + Int($1 - 0x30) }
    switch letter {
    case UInt8(ascii: "K"): line.erase(number)
    case UInt8(ascii: "G"): line.move(to: max(1, number) - 1)
    case UInt8(ascii: "C"): line.move(by: max(1, number))
    case UInt8(ascii: "D"): line.move(by: -max(1, number))
    default: break
    }
  }
}

extension String {
  /// Console output as it finally appeared on the screen.
  ///
  ///     "10 %\r100 %\n\u{1B}[1mdone\u{1B}[0m".asConsoleText   // "100 %\ndone"
  public var asConsoleText: String {
    var console = ConsoleText()
    var shown: [UInt8] = []
    console.write(self, to: &shown)
    console.finish(&shown)
    return String(decoding: shown, as: UTF8.self)
  }
}
