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

  /// Reads what ``text(_:)`` wrote.
  ///
  /// - Throws: `DecodingError`.
  public static func value<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws -> T {
    try decoder.decode(type, from: Data(bytes))
  }

  /// Reads what ``text(_:)`` wrote.
  public static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return decoder
  }
}
