/// Reads JSON from other programs, more tolerantly than Foundation: lone surrogates become U+FFFD, numbers of any size
/// are read, and Python's `NaN` and `Infinity` too. A repeated key has its last value.
///
///     JSONReader.value(in: Array(#"{"a": 1e400}"#.utf8))   // .object(["a": .double(.infinity)])
public struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  private struct Invalid: Error {}

  /// The value; `nil` if the text is not JSON or nested more than ``JSON/maximumDepth`` deep.
  /// ``JSONSyntax/firstProblem(in:)`` gives the reason.
  public static func value(in bytes: [UInt8]) -> JSONValue? {
    var reader = JSONReader(bytes: bytes)
    return try? reader.document()
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte, byte == 32 || byte == 9 || byte == 10 || byte == 13 { position += 1 }
  }

  private mutating func document() throws(Invalid) -> JSONValue {
    let value = try value()
    skipSpace()
    guard byte == nil else { throw Invalid() }
    return value
  }

  private mutating func value() throws(Invalid) -> JSONValue {
    skipSpace()
    switch byte {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    default: return try scalar()
    }
  }

  private mutating func object() throws(Invalid) -> JSONValue {
    var members: [String: JSONValue] = [:]
    try list(until: UInt8(ascii: "}")) { reader throws(Invalid) in
      reader.skipSpace()
      guard reader.byte == UInt8(ascii: "\"") else { throw Invalid() }
      let key = try reader.string()
      reader.skipSpace()
      guard reader.take(UInt8(ascii: ":")) else { throw Invalid() }
      members[key] = try reader.value()
    }
    return .object(members)
  }

  private mutating func array() throws(Invalid) -> JSONValue {
    var elements: [JSONValue] = []
    try list(until: UInt8(ascii: "]")) { reader throws(Invalid) in elements.append(try reader.value()) }
    return .array(elements)
  }

  /// Reads the brackets and commas of an object or an array.
  private mutating func list(
    until end: UInt8, _ element: (inout JSONReader) throws(Invalid) -> Void
  ) throws(Invalid) {
    position += 1
    depth += 1
    guard depth <= JSON.maximumDepth else { throw Invalid() }
    skipSpace()
    if !take(end) {
      repeat {
        try element(&self)
        skipSpace()
      } while take(UInt8(ascii: ","))
      guard take(end) else { throw Invalid() }
    }
    depth -= 1
  }

  private mutating func take(_ expected: UInt8) -> Bool {
    guard byte == expected else { return false }
    position += 1
    return true
  }

  private mutating func scalar() throws(Invalid) -> JSONValue {
    let start = position
    while let byte, byte > 32, !",]}:\"[{".utf8.contains(byte) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    switch text {
    case "true": return true
    case "false": return false
    case "null": return nil
    case "NaN": return .double(.nan)
    case "Infinity": return .double(.infinity)
    case "-Infinity": return .double(-.infinity)
    default:
      // Swift also accepts forms that JSON does not have, such as hexadecimal numbers.
      guard text.utf8.allSatisfy({ "+-.eE0123456789".utf8.contains($0) }), let number = Double(text) else {
        throw Invalid()
      }
      return (Int(text) ?? Int(exactly: number)).map { .int($0) } ?? .double(number)
    }
  }

  private mutating func string() throws(Invalid) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(&text)
      case 0..<32: throw Invalid()
      default: text.append(byte)
      }
    }
    throw Invalid()
  }

  private mutating func escape(_ text: inout [UInt8]) throws(Invalid) {
    guard let byte else { throw Invalid() }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if (0xD800..<0xDC00).contains(code), bytes[position...].starts(with: [0x5C, 0x75]) {
        let start = position
        position += 2
        let low = try hexadecimal()
        if (0xDC00..<0xE000).contains(low) {
          code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        } else {
          position = start
        }
      }
      // `nil` for half of a pair.
      let scalar = Unicode.Scalar(code) ?? "\u{FFFD}"
      text += Array(String(Character(scalar)).utf8)
    default: throw Invalid()
    }
  }

  private mutating func hexadecimal() throws(Invalid) -> UInt32 {
    guard position + 4 <= bytes.count else { throw Invalid() }
    var code: UInt32 = 0
    for byte in bytes[position..<position + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw Invalid() }
      code = code << 4 | UInt32(digit)
    }
    position += 4
    return code
  }
}
