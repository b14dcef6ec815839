import Support

/// The SHA-256 of some bytes, which identifies them in a ``Store``.
///
///     try ContentDigest(of: Array("abc".utf8)).hex   // "ba7816bf…", 64 digits
public struct ContentDigest: Hashable, Sendable, CustomStringConvertible {
  /// 64 lower-case hexadecimal digits.
  public let hex: String

  /// Hashes bytes.
  ///
  /// - Throws: `Digest.Unavailable` if the machine's libcrypto has no SHA-256.
  public init(of bytes: [UInt8]) throws {
    hex = try Digest.hex(.sha256, of: bytes)
  }

  /// Parses a digest; `nil` if the text is not 64 lower-case hexadecimal digits.
  public init?(hex: String) {
    let digits = hex.utf8
    guard digits.count == 64,
      digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (97...102).contains($0) })
    else { return nil }
    self.hex = hex
  }

  public var description: String { hex }
}

extension ContentDigest: Codable {
  /// Decodes the hexadecimal text.
  ///
  /// - Throws: `DecodingError` if the text is not a digest.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let digest = ContentDigest(hex: text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a SHA-256: '\(text)'")
    }
    self = digest
  }

  /// Encodes the hexadecimal text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hex)
  }
}
