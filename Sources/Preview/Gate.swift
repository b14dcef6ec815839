import Foundation

/// Decides about every request before the server sees it, so that no route can lack a check.
///
/// Other programs and other users of the machine can reach a loopback port, and so can any web page that the user opens:
/// directly, or by a name that is made to point to this machine (DNS rebinding). So a request must name a known host,
/// come from no other site, and carry the token, also for reading.
struct Gate: Sendable {
  enum Verdict: Equatable {
    case pass
    /// The token was right: put it into a cookie and continue without it in the address.
    case welcome
    case refuse(status: Int, String)
  }

  /// 128 bits or more.
  let token: String
  /// The names that a request may use for this machine, in lower case.
  let hosts: Set<String>
  /// The cookie's name: cookies are shared by all ports of a machine.
  let cookie: String

  /// The names of this machine that need not be given.
  static let loopback: Set<String> = ["localhost", "127.0.0.1", "[::1]"]

  /// - Parameters:
  ///   - hosts: names besides those of the loopback interface.
  ///   - port: the server's port.
  init(token: String, hosts: [String] = [], port: UInt16) {
    self.token = token
    self.hosts = Self.loopback.union(hosts.map { $0.lowercased() })
    cookie = "quire-preview-\(port)"
  }

  /// Decides about a request; `nil` is a malformed one.
  func verdict(on head: RequestHead?) -> Verdict {
    guard let head else { return .refuse(status: 400, "This is not a valid request.") }
    guard head.method == "GET" || head.method == "HEAD" else {
      return .refuse(status: 405, "Only GET is supported.")
    }
    // A body would be the beginning of another request for a server that ignores it.
    guard head.values("transfer-encoding").isEmpty, head.values("content-length").allSatisfy({ $0 == "0" })
    else {
      return .refuse(status: 400, "A request must not have a body.")
    }
    let named = head.values("host")
    guard named.count == 1, let host = Self.name(ofAuthority: named[0]) else {
      return .refuse(status: 400, "A request must have one valid Host.")
    }
    guard hosts.contains(host) else {
      return .refuse(
        status: 403, "The name \(host) is not this preview's; start it with --allowed-host to allow it.")
    }
    let origins = head.values("origin")
    guard origins.count <= 1 else { return .refuse(status: 400, "A request must have one Origin.") }
    if let origin = origins.first {
      guard origin != "null" else { return .refuse(status: 403, "A page without an origin has no access.") }
      guard let name = Self.name(ofOrigin: origin) else {
        return .refuse(status: 400, "The Origin is not valid.")
      }
      guard hosts.contains(name) else { return .refuse(status: 403, "Other sites have no access.") }
    } else if head.isUpgrade {
      return .refuse(status: 403, "A WebSocket needs an Origin.")
    }
    if hasToken(head) { return .pass }
    if !head.isUpgrade, Self.isEqual(head.target, "/?token=\(token)") { return .welcome }
    return .refuse(
      status: 401, "Open the address that 'quire preview' printed: it contains the access token.")
  }

  private func hasToken(_ head: RequestHead) -> Bool {
    let cookies = head.values("cookie").flatMap { $0.components(separatedBy: ";") }
    return cookies.contains { pair in
      Self.isEqual(pair.trimmingCharacters(in: .whitespaces), "\(cookie)=\(token)")
    }
  }

  /// Compares in a time that does not depend on where the texts differ.
  static func isEqual(_ a: String, _ b: String) -> Bool {
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    guard a.count == b.count else { return false }
    return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// The name in `http://name:port`, in lower case; `nil` if the origin is malformed.
  static func name(ofOrigin origin: String) -> String? {
    for scheme in ["http://", "https://"] where origin.hasPrefix(scheme) {
      return name(ofAuthority: String(origin.dropFirst(scheme.count)))
    }
    return nil
  }

  /// The name in `name` or `name:port`, in lower case; `nil` if it is malformed.
  static func name(ofAuthority authority: String) -> String? {
    let (name, port): (Substring, Substring?)
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { return nil }
      name = authority[...end]
      let rest = authority[authority.index(after: end)...]
      guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
      port = rest.isEmpty ? nil : rest.dropFirst()
      guard name.dropFirst().dropLast().allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else {
        return nil
      }
    } else {
      let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count <= 2 else { return nil }
      name = parts[0]
      port = parts.count == 2 ? parts[1] : nil
      guard name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") }) else {
        return nil
      }
    }
    guard !name.isEmpty else { return nil }
    if let port {
      guard (1...5).contains(port.count), port.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    }
    return name.lowercased()
  }
}
