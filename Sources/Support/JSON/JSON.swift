import Foundation

/// The JSON of Quire's files: pretty-printed, with sorted keys, and with NaN and infinities as strings.
///
///     JSON.text(["epochs": 50])   // {\n  "epochs" : 50\n}\n
public enum JSON {
  /// Encodes a value.
  ///
  /// - Returns: the text with a final line end; `{}` for a value that cannot be encoded.
  public static func text(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    guard let data = try? encoder.encode(value) else { return "{}" }
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  /// The maximum nesting of brackets. Foundation's decoder traps at its own limit of 512.
  public static let maximumDepth = 500

  /// Whether brackets are nested too deeply to decode; brackets in strings do not count.
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

  /// Decodes text written by ``text(_:)``.
  ///
  /// - Throws: `DecodingError`.
  public static func value<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws -> T {
    if isTooDeep(bytes) {
      throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "nested too deeply"))
    }
    return try decoder.decode(type, from: Data(bytes))
  }

  /// A decoder for text written by ``text(_:)``.
  public static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return decoder
  }
}
