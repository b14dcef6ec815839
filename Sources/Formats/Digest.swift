import CCrypto

/// A fingerprint of bytes that come in pieces: MD5 as data sets publish it, SHA-256 for all else.
///
///     var digest = try Digest(.sha256)
///     digest.update(Array("abc".utf8))
///     digest.hex()   // "ba7816bf…"
public struct Digest: ~Copyable {
  public enum Algorithm: String, Sendable, Hashable {
    case md5 = "MD5"
    case sha256 = "SHA-256"
  }

  /// libcrypto does not offer the algorithm here (MD5 under a FIPS policy).
  public struct Unavailable: Error, Hashable, CustomStringConvertible {
    public var algorithm: Algorithm
    public var description: String { "this machine's libcrypto does not offer \(algorithm.rawValue)" }
  }

  private let context: OpaquePointer

  /// - Throws: ``Unavailable``.
  public init(_ algorithm: Algorithm) throws {
    let type = algorithm == .md5 ? EVP_md5() : EVP_sha256()
    guard let context = EVP_MD_CTX_new() else { throw Unavailable(algorithm: algorithm) }
    guard EVP_DigestInit_ex(context, type, nil) == 1 else {
      EVP_MD_CTX_free(context)
      throw Unavailable(algorithm: algorithm)
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    if let base = bytes.baseAddress { EVP_DigestUpdate(context, base, bytes.count) }
  }

  public mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// The text's UTF-8 preceded by its length, so that two texts never run together.
  public mutating func update(field text: String) {
    let bytes = Array(text.utf8)
    update(count: bytes.count)
    update(bytes)
  }

  /// Eight bytes, little endian.
  public mutating func update(count: Int) {
    withUnsafeBytes(of: UInt64(bitPattern: Int64(count)).littleEndian) { update($0) }
  }

  /// Ends the digest: its bytes, 16 for MD5 and 32 for SHA-256.
  public consuming func bytes() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    EVP_DigestFinal_ex(context, &bytes, &length)
    return Array(bytes.prefix(Int(length)))
  }

  /// Ends the digest: lower-case hexadecimal.
  public consuming func hex() -> String {
    let digits = Array("0123456789abcdef".utf8)
    let text = bytes().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }

  /// The digest of bytes that are all there, as bytes.
  ///
  /// - Throws: ``Unavailable``.
  public static func bytes(_ algorithm: Algorithm, of bytes: [UInt8]) throws -> [UInt8] {
    var digest = try Digest(algorithm)
    digest.update(bytes)
    return digest.bytes()
  }

  /// The digest of bytes that are all there, in hexadecimal.
  ///
  /// - Throws: ``Unavailable``.
  public static func hex(_ algorithm: Algorithm, of bytes: [UInt8]) throws -> String {
    var digest = try Digest(algorithm)
    digest.update(bytes)
    return digest.hex()
  }
}
