extension String {
  /// A relative path as a link destination: all but letters, digits and `/._-~` is percent-encoded.
  public var linkDestination: String {
    var out = ""
    for byte in utf8 {
      let isPlain =
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || "/._-~".utf8.contains(byte)
      out +=
        isPlain
        ? String(Unicode.Scalar(byte))
        : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
    return out
  }
}
