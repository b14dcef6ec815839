import CCrypto

/// An incremental hash: MD5 as published by data sets, SHA-256 for everything else.
///
///     var digest = try Digest(.sha256)
///     digest.update(Array("abc".utf8))
///     digest.hex()   // "ba7816bf…"
public struct Digest: ~Copyable {
  /// The hash functions.
  public enum Algorithm: String, Sendable, Hashable {
    /// MD5, 16 bytes.
    case md5 = "MD5"
    /// SHA-256, 32 bytes.
    case sha256 = "SHA-256"
  }

  /// The error if libcrypto does not offer the algorithm (MD5 under a FIPS policy).
  public struct Unavailable: Error, Hashable, CustomStringConvertible {
    /// The missing algorithm.
    public var algorithm: Algorithm
    public var description: String { "this machine's libcrypto does not offer \(algorithm.rawValue)" }
  }

  private let context: OpaquePointer

  /// Starts a digest.
  ///
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

  /// Adds bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    if let base = bytes.baseAddress { EVP_DigestUpdate(context, base, bytes.count) }
  }

  /// Adds bytes.
  public mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// Adds the text's UTF-8 preceded by its length, so that adjacent texts stay distinct.
  public mutating func update(field text: String) {
    let bytes = Array(text.utf8)
    update(count: bytes.count)
    update(bytes)
  }

  /// Adds a number as eight little-endian bytes.
  public mutating func update(count: Int) {
    withUnsafeBytes(of: UInt64(bitPattern: Int64(count)).littleEndian) { update($0) }
  }

  /// Finishes the digest and returns its bytes: 16 for MD5, 32 for SHA-256.
  public consuming func bytes() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    EVP_DigestFinal_ex(context, &bytes, &length)
    return Array(bytes.prefix(Int(length)))
  }

  /// Finishes the digest and returns it in lower-case hexadecimal.
  public consuming func hex() -> String {
    let digits = Array("0123456789abcdef".utf8)
    let text = bytes().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }

  /// The digest of some bytes.
  ///
  /// - Throws: ``Unavailable``.
  public static func bytes(_ algorithm: Algorithm, of bytes: [UInt8]) throws -> [UInt8] {
    var digest = try Digest(algorithm)
    digest.update(bytes)
    return digest.bytes()
  }

  /// The digest of some bytes, in lower-case hexadecimal.
  ///
  /// - Throws: ``Unavailable``.
  public static func hex(_ algorithm: Algorithm, of bytes: [UInt8]) throws -> String {
    var digest = try Digest(algorithm)
    digest.update(bytes)
    return digest.hex()
  }
}
