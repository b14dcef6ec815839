/// A piece of raw HTML in a notebook.
enum HTMLToken: Hashable {
  struct Attribute: Hashable {
    /// The name, lower case.
    var name: String
    /// The value with the usual character references decoded; empty if there is none.
    var value: String
  }

  case text(String)
  case open(name: String, attributes: [Attribute], source: String)
  case close(name: String, source: String)
  case comment(source: String)
}

/// Splits raw HTML into tags, comments and text. Anything else is text.
struct HTMLTokenizer {
  private let bytes: [UInt8]
  private var index = 0
  private var tokens: [HTMLToken] = []
  private var textStart = 0
  /// Bytes that may still be read for tags that turn out to be none, so that the time stays linear.
  private var budget: Int

  /// The tokens of a text.
  static func tokens(_ text: String) -> [HTMLToken] {
    var tokenizer = HTMLTokenizer(text)
    tokenizer.read()
    return tokenizer.tokens
  }

  private init(_ text: String) {
    bytes = Array(text.utf8)
    budget = 10 * bytes.count + 1000
  }

  private mutating func read() {
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "<"), budget > 0 else {
        index += 1
        continue
      }
      let start = index
      if let token = comment() ?? tag() {
        flush(upTo: start)
        tokens.append(token)
        textStart = index
      } else {
        budget -= max(index - start, 1)
        index = start + 1
      }
    }
    flush(upTo: bytes.count)
  }

  private mutating func flush(upTo end: Int) {
    if textStart < end { tokens.append(.text(String(decoding: bytes[textStart..<end], as: UTF8.self))) }
  }

  /// `<!-- … -->`; a comment without an end reaches to the end of the text, as in browsers.
  private mutating func comment() -> HTMLToken? {
    guard bytes[index...].starts(with: "<!--".utf8) else { return nil }
    let start = index
    func token(upTo end: Int) -> HTMLToken {
      .comment(source: String(decoding: bytes[start..<end], as: UTF8.self))
    }
    index += 4
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "-"), bytes[index...].starts(with: "-->".utf8) {
        index += 3
        return token(upTo: index)
      }
      index += 1
    }
    return token(upTo: index)
  }

  /// A tag; `nil` if this is none.
  private mutating func tag() -> HTMLToken? {
    let start = index
    index += 1
    let isClosing = peek == UInt8(ascii: "/")
    if isClosing { index += 1 }
    guard let first = peek, Self.isLetter(first) else { return nil }
    let name = word { Self.isLetter($0) || Self.isDigit($0) || $0 == UInt8(ascii: "-") }
    var attributes: [HTMLToken.Attribute] = []
    while true {
      skipSpace()
      guard let next = peek else { return nil }
      switch next {
      case UInt8(ascii: ">"):
        index += 1
        let source = String(decoding: bytes[start..<index], as: UTF8.self)
        return isClosing
          ? .close(name: name, source: source) : .open(name: name, attributes: attributes, source: source)
      case UInt8(ascii: "/"): index += 1
      case UInt8(ascii: "<"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "="): return nil
      default:
        guard let attribute = attribute() else { return nil }
        // Browsers ignore repeated attributes.
        if attributes.count < 32, !attributes.contains(where: { $0.name == attribute.name }) {
          attributes.append(attribute)
        }
      }
    }
  }

  private mutating func attribute() -> HTMLToken.Attribute? {
    let name = word { byte in !Self.isSpace(byte) && !"=>/<\"'".utf8.contains(byte) }
    guard !name.isEmpty else { return nil }
    let end = index
    skipSpace()
    guard peek == UInt8(ascii: "=") else {
      index = end
      return HTMLToken.Attribute(name: name, value: "")
    }
    index += 1
    skipSpace()
    guard let quote = peek else { return nil }
    let value: ArraySlice<UInt8>
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      index += 1
      guard let close = bytes[index...].firstIndex(of: quote) else {
        index = bytes.count
        return nil
      }
      value = bytes[index..<close]
      index = close + 1
    } else {
      let start = index
      while let next = peek, !Self.isSpace(next), !"\"'=<>`".utf8.contains(next) { index += 1 }
      value = bytes[start..<index]
      guard !value.isEmpty else { return nil }
    }
    return HTMLToken.Attribute(name: name, value: Self.decoded(String(decoding: value, as: UTF8.self)))
  }

  /// The text with numeric references and those of `& < > " '` decoded. Others stay as they are, and are escaped when
  /// they are written, so that they cannot hide anything.
  static func decoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    return text.replacing(#/&(?:#([0-9]{1,7})|#[xX]([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));/#) { match in
      let names = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]
      if let name = match.output.3 { return names[String(name)] ?? "" }
      let value =
        match.output.1.flatMap { UInt32($0) } ?? match.output.2.flatMap { UInt32($0, radix: 16) } ?? 0
      return Unicode.Scalar(value).map { $0.value == 0 ? "\u{FFFD}" : String(Character($0)) } ?? "\u{FFFD}"
    }
  }

  // MARK: Bytes

  private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func skipSpace() {
    while let next = peek, Self.isSpace(next) { index += 1 }
  }

  private mutating func word(_ isPart: (UInt8) -> Bool) -> String {
    let start = index
    while let next = peek, isPart(next) { index += 1 }
    return String(decoding: bytes[start..<index], as: UTF8.self).lowercased()
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
