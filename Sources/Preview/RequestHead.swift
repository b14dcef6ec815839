import Foundation

/// The request line and the headers of an HTTP/1.1 request, exactly as they were sent.
///
/// Only what RFC 9112 allows without exceptions is accepted: no folded lines, no spaces before a colon, no bare line
/// feeds.
struct RequestHead: Equatable {
  let method: String
  /// The path with its query.
  let target: String
  /// The names in lower case, in the order of the request; a name may occur several times.
  let headers: [(name: String, value: String)]

  /// The end of a head.
  static let end: [UInt8] = Array("\r\n\r\n".utf8)

  /// Reads a head.
  ///
  /// - Parameter bytes: everything up to ``end``, without it.
  /// - Returns: `nil` if it is malformed.
  init?(_ bytes: some Collection<UInt8>) {
    guard bytes.allSatisfy({ ($0 >= 0x20 && $0 < 0x7F) || $0 == 0x0D || $0 == 0x0A || $0 == 0x09 }) else {
      return nil
    }
    let text = String(decoding: bytes, as: UTF8.self)
    var lines = text.components(separatedBy: "\r\n")
    guard !text.replacing("\r\n", with: "").contains(where: { $0 == "\r" || $0 == "\n" || $0 == "\r\n" })
    else {
      return nil
    }
    let request = lines.removeFirst().components(separatedBy: " ")
    guard request.count == 3, !request[0].isEmpty, request[0].allSatisfy(\.isToken),
      request[1].hasPrefix("/"),
      request[2] == "HTTP/1.1"
    else { return nil }
    var headers: [(name: String, value: String)] = []
    for line in lines {
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let name = line[..<colon]
      guard !name.isEmpty, name.allSatisfy(\.isToken) else { return nil }
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      headers.append((name.lowercased(), value))
    }
    (method, target, self.headers) = (request[0], request[1], headers)
  }

  /// All values of a header.
  func values(_ name: String) -> [String] { headers.filter { $0.name == name }.map(\.value) }

  /// Whether the request asks for a WebSocket.
  var isUpgrade: Bool { !values("upgrade").isEmpty }

  /// The head for the server behind the gate, which answers one request a connection.
  var forwarded: [UInt8] {
    let dropped = isUpgrade ? [] : ["connection", "keep-alive"]
    var lines = ["\(method) \(target) HTTP/1.1"]
    lines += headers.filter { !dropped.contains($0.name) }.map { "\($0.name): \($0.value)" }
    if !isUpgrade { lines.append("connection: close") }
    return Array(lines.joined(separator: "\r\n").utf8) + Self.end
  }

  static func == (a: RequestHead, b: RequestHead) -> Bool {
    a.method == b.method && a.target == b.target && a.headers.elementsEqual(b.headers, by: ==)
  }
}

extension Character {
  /// Whether the character may occur in a method or a header's name (RFC 9110, section 5.6.2).
  fileprivate var isToken: Bool {
    isASCII && (isLetter || isNumber || "!#$%&'*+-.^_`|~".contains(self))
  }
}
