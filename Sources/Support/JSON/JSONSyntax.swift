/// Locates JSON syntax errors, which Foundation reports without a place.
///
///     JSONSyntax.firstProblem(in: Array("[1,, 2]".utf8))   // "missing value", line 1, column 4
public struct JSONSyntax {
  /// A syntax error and its place.
  public struct Problem: Sendable, Hashable {
    /// The error message.
    public var message: String
    /// The line, counted from 1.
    public var line: Int
    /// The column, counted from 1 in characters.
    public var column: Int
  }

  private let bytes: [UInt8]
  private var position = 0
  /// The open brackets.
  private var open: [UInt8] = []

  private struct Failure: Error { var message: String }

  /// The first syntax error, or `nil` if the text is valid JSON of any depth.
  public static func firstProblem(in bytes: [UInt8]) -> Problem? {
    var reader = JSONSyntax(bytes: bytes)
    do throws(Failure) {
      try reader.document()
      return nil
    } catch {
      let before = bytes.prefix(reader.position)
      let start = before.lastIndex(of: 10).map { $0 + 1 } ?? 0
      return Problem(
        message: error.message, line: before.count { $0 == 10 } + 1,
        column: String(decoding: before[start...], as: UTF8.self).count + 1)
    }
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte, [32, 9, 10, 13].contains(byte) { position += 1 }
  }

  private mutating func document() throws(Failure) {
    skipSpace()
    if byte == nil { throw Failure(message: "the file is empty") }
    try value()
    while let bracket = open.last {
      skipSpace()
      let close = bracket + 2  // `]` and `}` are two code points after their opening brackets.
      switch byte {
      case close:
        position += 1
        open.removeLast()
      case UInt8(ascii: ","):
        position += 1
        skipSpace()
        if bracket == UInt8(ascii: "{") { try key() }
        try value()
      case nil:
        throw Failure(message: "unexpected end of file; missing '\(Character(Unicode.Scalar(close)))'")
      default: throw Failure(message: "missing ',' or '\(Character(Unicode.Scalar(close)))'")
      }
    }
    skipSpace()
    if byte != nil { throw Failure(message: "unexpected text after the end") }
  }

  /// Reads a scalar, or the start of a list or object up to its first value.
  private mutating func value() throws(Failure) {
    while true {
      skipSpace()
      guard let byte else { throw Failure(message: "unexpected end of file; missing value") }
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        position += 1
        skipSpace()
        if self.byte == byte + 2 {
          position += 1
          return
        }
        open.append(byte)
        if byte == UInt8(ascii: "{") { try key() }
      case UInt8(ascii: "\""): return try string()
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return number()
      default: return try word()
      }
    }
  }

  private mutating func key() throws(Failure) {
    guard byte == UInt8(ascii: "\"") else { throw Failure(message: "missing key in quotes") }
    try string()
    skipSpace()
    guard byte == UInt8(ascii: ":") else { throw Failure(message: "missing ':'") }
    position += 1
  }

  private mutating func string() throws(Failure) {
    let start = position
    position += 1
    while let byte, byte != UInt8(ascii: "\"") {
      if byte < 32 {
        throw Failure(message: "a string contains a line break or control character; write it as '\\n'")
      }
      position += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    guard byte != nil else {
      position = start
      throw Failure(message: "unterminated string")
    }
    position += 1
  }

  private mutating func number() {
    while let byte, "+-.eE0123456789".utf8.contains(byte) { position += 1 }
  }

  private mutating func word() throws(Failure) {
    for word in ["true", "false", "null"] where bytes[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return
    }
    throw Failure(message: "missing value")
  }
}
