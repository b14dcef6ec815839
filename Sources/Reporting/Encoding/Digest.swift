import CCrypto

/// The SHA-256 of the bytes (32 of them), or `nil` where the library refuses.
func sha256(_ bytes: [UInt8]) -> [UInt8]? {
  var digest = [UInt8](repeating: 0, count: 32)
  var length: UInt32 = 0
  guard EVP_Digest(bytes, bytes.count, &digest, &length, EVP_sha256(), nil) == 1, length == 32 else {
    return nil
  }
  return digest
}
