import Testing

@testable import Preview

@Suite struct RequestHeadTests {
  private func read(_ text: String) -> RequestHead? { RequestHead(text.utf8) }

  @Test func aRequestIsRead() throws {
    let head = try #require(read("GET /a?b=c HTTP/1.1\r\nHost: localhost\r\nX-A:  1 \r\nx-a: 2"))
    #expect(head.method == "GET" && head.target == "/a?b=c")
    #expect(head.values("x-a") == ["1", "2"])
  }

  /// Two programs that read such a head differently would disagree on what was checked.
  @Test(arguments: [
    "", "GET", "GET /", "GET / HTTP/1.0", "GET / HTTP/2", "GET  / HTTP/1.1", "GET / HTTP/1.1 ",
    " GET / HTTP/1.1",
    "GET http://localhost/ HTTP/1.1", "GET * HTTP/1.1", "G ET / HTTP/1.1", "GET / HTTP/1.1\r\nHost",
    "GET / HTTP/1.1\r\nHost : localhost", "GET / HTTP/1.1\r\n folded", "GET / HTTP/1.1\r\nHost: a\r\n b",
    "GET / HTTP/1.1\nHost: localhost", "GET / HTTP/1.1\r\nHost: a\rX: b", "GET / HTTP/1.1\r\n: a",
    "GET / HTTP/1.1\r\nHost: \u{0}", "GET / HTTP/1.1\r\nHost: é", "GET /\u{0} HTTP/1.1", "GET / HTTP/1.1\r\n",
  ])
  func malformedRequestsAreNone(text: String) { #expect(read(text) == nil) }

  @Test func aConnectionServesOneRequest() throws {
    let head = try #require(read("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive"))
    let text = String(decoding: head.forwarded, as: UTF8.self)
    #expect(text == "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
  }

  @Test func anUpgradeKeepsItsHeaders() throws {
    let head = try #require(
      read("GET /live HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket"))
    #expect(
      String(decoding: head.forwarded, as: UTF8.self).contains("connection: Upgrade\r\nupgrade: websocket"))
  }
}
