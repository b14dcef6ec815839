import Foundation

/// JSON as Quire's files have it: pretty-printed, keys sorted, numbers that are none as text.
///
///     JSON.text(["epochs": 50])   // {\n  "epochs" : 50\n}\n
public enum JSON {
  /// - Returns: the text with a line end; `{}` for a value that cannot be encoded.
  public static func text(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    guard let data = try? encoder.encode(value) else { return "{}" }
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  /// Brackets in brackets that are read. At its own limit of 512 Foundation's reader traps.
  public static let maximumDepth = 500

  /// Whether brackets stand deeper in one another than is read; brackets in texts do not count.
  public static func isTooDeep(_ bytes: some Sequence<UInt8>) -> Bool {
    var (depth, isText, isEscaped) = (0, false, false)
    for byte in bytes {
      if isEscaped {
        isEscaped = false
      } else if isText {
        isEscaped = byte == UInt8(ascii: "\\")
        isText = byte != UInt8(ascii: "\"")
      } else {
        switch byte {
        case UInt8(ascii: "\""): isText = true
        case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
        default: break
        }
        if depth > maximumDepth { return true }
      }
    }
    return false
  }

  /// Reads what ``text(_:)`` wrote.
  ///
  /// - Throws: `DecodingError`.
  public static func value<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws -> T {
    if isTooDeep(bytes) {
      throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "nested too deeply"))
    }
    return try decoder.decode(type, from: Data(bytes))
  }

  /// Reads what ``text(_:)`` wrote.
  public static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return decoder
  }
}
