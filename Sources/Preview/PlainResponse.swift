/// A response that the gate writes itself.
struct PlainResponse {
  let bytes: [UInt8]

  /// The headers of every response, the server's too.
  static let security = [
    ("x-content-type-options", "nosniff"), ("cross-origin-resource-policy", "same-origin"),
    ("referrer-policy", "no-referrer"), ("cache-control", "no-store"),
    (
      "content-security-policy",
      "default-src 'none'; img-src data: 'self'; style-src 'unsafe-inline' 'self'; script-src 'self'; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
  ]

  private static let phrases = [
    303: "See Other", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 405: "Method Not Allowed",
    408: "Request Timeout", 431: "Request Header Fields Too Large", 503: "Service Unavailable",
  ]

  init(status: Int, _ text: String, headers: [(String, String)] = []) {
    let body = Array((text + "\n").utf8)
    let fields =
      [
        ("content-type", "text/plain; charset=utf-8"), ("content-length", "\(body.count)"),
        ("connection", "close"),
      ] + Self.security + headers
    let head = ["HTTP/1.1 \(status) \(Self.phrases[status] ?? "")"] + fields.map { "\($0.0): \($0.1)" }
    bytes = Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
  }

  /// Leads to the page, with the token in a cookie that scripts cannot read and other sites cannot send.
  init(welcome gate: Gate) {
    self.init(
      status: 303, "Continue at /",
      headers: [
        ("location", "/"), ("set-cookie", "\(gate.cookie)=\(gate.token); Path=/; HttpOnly; SameSite=Strict"),
      ])
  }
}
