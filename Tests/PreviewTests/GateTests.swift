import Testing

@testable import Preview

/// If these fail, another web page or another user of the machine can read or drive a preview.
@Suite struct GateTests {
  private let gate = Gate(token: String(repeating: "a", count: 48), hosts: ["Gpu.Example"], port: 4000)
  private var cookie: String { "cookie: quire-preview-4000=\(gate.token)" }

  private func status(_ lines: [String], _ request: String = "GET / HTTP/1.1") -> Int {
    switch gate.verdict(on: RequestHead(([request] + lines).joined(separator: "\r\n").utf8)) {
    case .pass: 200
    case .welcome: 303
    case .refuse(let status, _): status
    }
  }

  @Test(arguments: [
    "localhost", "127.0.0.1", "127.0.0.1:4000", "localhost:80", "LOCALHOST", "[::1]", "[::1]:4000",
    "gpu.example:4000",
  ])
  func knownHostsPass(host: String) { #expect(status(["Host: \(host)", cookie]) == 200) }

  @Test(arguments: [
    "evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "evil.example:4000", "[::2]",
    "127.0.0.2",
    "0.0.0.0",
  ])
  func otherHostsAreRefused(host: String) { #expect(status(["Host: \(host)", cookie]) == 403) }

  @Test(arguments: [
    "", ":4000", "localhost:", "localhost:x", "localhost:123456", "local host", "localhost/",
    "user@localhost",
    "[::1", "::1", "localhost:1:2", "[evil]", "%6cocalhost",
  ])
  func malformedHostsAreRefused(host: String) { #expect(status(["Host: \(host)", cookie]) == 400) }

  @Test func oneHostIsNeeded() {
    #expect(status([cookie]) == 400)
    #expect(status(["Host: localhost", "Host: localhost", cookie]) == 400)
    #expect(status(["Host: localhost", "host: evil.example", cookie]) == 400)
  }

  @Test(arguments: [
    ("http://localhost:4000", 200), ("http://127.0.0.1", 200), ("https://gpu.example", 200),
    ("http://evil.example", 403), ("https://localhost.evil.example", 403), ("null", 403), ("localhost", 400),
    ("file://", 400), ("http://", 400), ("", 400), ("http://localhost http://evil.example", 400),
  ])
  func onlyOurOwnPagesMaySend(origin: String, expected: Int) {
    #expect(status(["Host: localhost", "Origin: \(origin)", cookie]) == expected)
  }

  @Test func twoOriginsAreRefused() {
    let origin = "Origin: http://localhost"
    #expect(status(["Host: localhost", origin, origin, cookie]) == 400)
  }

  @Test func aWebSocketNeedsAnOrigin() {
    let upgrade = ["Host: localhost", "Upgrade: websocket", "Connection: Upgrade", cookie]
    #expect(status(upgrade, "GET /live HTTP/1.1") == 403)
    #expect(status(upgrade + ["Origin: http://localhost:4000"], "GET /live HTTP/1.1") == 200)
  }

  @Test func theTokenIsNeededForReading() {
    #expect(status(["Host: localhost"]) == 401)
    #expect(status(["Host: localhost", "cookie: quire-preview-4000=\(gate.token)a"]) == 401)
    #expect(status(["Host: localhost", "cookie: quire-preview-4001=\(gate.token)"]) == 401)
    #expect(status(["Host: localhost", "cookie: other=1; quire-preview-4000=\(gate.token)"]) == 200)
  }

  @Test func theFirstAddressBecomesACookie() {
    #expect(status(["Host: localhost"], "GET /?token=\(gate.token) HTTP/1.1") == 303)
    #expect(status(["Host: localhost"], "GET /?token=\(gate.token.dropLast()) HTTP/1.1") == 401)
    #expect(status(["Host: localhost"], "GET /live?token=\(gate.token) HTTP/1.1") == 401)
    // The address is no way around the other checks.
    #expect(status(["Host: evil.example"], "GET /?token=\(gate.token) HTTP/1.1") == 403)
    let upgrade = ["Host: localhost", "Origin: http://localhost", "Upgrade: websocket"]
    #expect(status(upgrade, "GET /?token=\(gate.token) HTTP/1.1") == 401)
    let response = String(decoding: PlainResponse(welcome: gate).bytes, as: UTF8.self)
    #expect(response.contains("HttpOnly; SameSite=Strict") && response.contains("location: /\r\n"))
  }

  @Test(arguments: ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT"])
  func nothingButReading(method: String) {
    #expect(status(["Host: localhost", cookie], "\(method) / HTTP/1.1") == 405)
  }

  @Test func bodiesAreRefused() {
    #expect(status(["Host: localhost", cookie, "Content-Length: 5"]) == 400)
    #expect(status(["Host: localhost", cookie, "Transfer-Encoding: chunked"]) == 400)
    #expect(status(["Host: localhost", cookie, "Content-Length: 0"]) == 200)
  }
}
