/// The target of a link or image in a notebook.
///
/// Browsers ignore control characters within URLs, so they are removed before the scheme is read.
enum LinkTarget: Equatable {
  /// An `http:` or `https:` URL.
  case web(String)
  /// `mailto:`, a path relative to the report, or an anchor in the page.
  case local(String)
  /// An image embedded in the notebook: `data:image/png;base64,…`.
  case data(String)
  /// Anything else, for example `javascript:` or `//host/path`.
  case refused

  init(_ destination: String) {
    let visible = destination.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
    let url = String(String.UnicodeScalarView(visible.drop { $0 == " " }))
    let head = url.prefix { !"/?#\\".contains($0) }
    guard let colon = head.firstIndex(of: ":") else {
      let isRemote = url.hasPrefix("//") || url.hasPrefix("/\\") || url.hasPrefix("\\")
      self = isRemote ? .refused : .local(Self.encoded(url))
      return
    }
    switch head[..<colon].lowercased() {
    case "http", "https": self = .web(Self.encoded(url))
    case "mailto": self = .local(Self.encoded(url))
    case "data": self = Self.isImage(url) ? .data(url) : .refused
    default: self = .refused
    }
  }

  private static func isImage(_ url: String) -> Bool {
    let types = ["png", "jpeg", "gif", "webp", "svg+xml"].map { "data:image/\($0);base64," }
    guard let type = types.first(where: { url.lowercased().hasPrefix($0) }) else { return false }
    return url.utf8.dropFirst(type.utf8.count).allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="):
        true
      default: false
      }
    }
  }

  /// Percent-encodes characters that are not allowed in a URL; `%41` is unchanged.
  private static func encoded(_ url: String) -> String {
    var result = ""
    for byte in url.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      case _ where "-_.+!*(),%#@?=;:/,$~&'".utf8.contains(byte):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += byte < 16 ? "%0" + digits : "%" + digits
      }
    }
    return result
  }
}
