/// Bytes in base 64 with padding (RFC 4648, section 4), as data URIs and CSP hashes want them.
func base64(_ bytes: [UInt8]) -> String {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var out: [UInt8] = []
  out.reserveCapacity((bytes.count + 2) / 3 * 4)
  var index = 0
  while index < bytes.count {
    let left = bytes.count - index
    var group = UInt32(bytes[index]) << 16
    if left > 1 { group |= UInt32(bytes[index + 1]) << 8 }
    if left > 2 { group |= UInt32(bytes[index + 2]) }
    out.append(alphabet[Int(group >> 18 & 63)])
    out.append(alphabet[Int(group >> 12 & 63)])
    out.append(left > 1 ? alphabet[Int(group >> 6 & 63)] : UInt8(ascii: "="))
    out.append(left > 2 ? alphabet[Int(group & 63)] : UInt8(ascii: "="))
    index += 3
  }
  return String(decoding: out, as: UTF8.self)
}
