import FlyingSocks
import Foundation
import NotebookRunner
import Testing

@testable import Preview

/// A running server, and requests as another program on the machine would send them.
@Suite struct ServerTests {
  private final class Server: Sendable {
    static let token = String(repeating: "t", count: 48)
    let server: PreviewServer
    let folder: String
    let port: UInt16
    private let task: Task<Void, any Error>

    init(_ limits: FrontDoor.Limits = .init()) throws {
      folder = NSTemporaryDirectory() + "quire-\(UUID())"
      try FileManager.default.createDirectory(atPath: "\(folder)/output/n", withIntermediateDirectories: true)
      try "secret".write(toFile: "\(folder)/output/n/.hidden", atomically: true, encoding: .utf8)
      try "1,2".write(toFile: "\(folder)/output/n/history.csv", atomically: true, encoding: .utf8)
      try "outside".write(toFile: "\(folder)/outside.txt", atomically: true, encoding: .utf8)
      let preview = NotebookPreview(
        RunOptions(notebook: "\(folder)/n.md", output: "\(folder)/output"), display: IdleDisplay()
      ) { nil }
      var settings = PreviewServer.Settings(token: Self.token)
      settings.limits = limits
      let server = try PreviewServer(preview, settings)
      self.server = server
      port = URLComponents(string: server.address).flatMap(\.port).map(UInt16.init) ?? 0
      task = Task { try await server.run() }
    }

    deinit {
      task.cancel()
      try? FileManager.default.removeItem(atPath: folder)
    }

    func connect() async throws -> AsyncSocket {
      try await .connected(to: .inet(ip4: "127.0.0.1", port: port))
    }

    /// Sends bytes and reads the answer to its end.
    func answer(_ text: String) async throws -> String {
      let socket = try await connect()
      defer { try? socket.close() }
      try await socket.write(Data(text.utf8))
      return await Self.rest(of: socket)
    }

    static func rest(of socket: AsyncSocket) async -> String {
      var bytes: [UInt8] = []
      while let more = try? await socket.read(atMost: 4096), !more.isEmpty { bytes += more }
      return String(decoding: bytes, as: UTF8.self)
    }

    func get(_ path: String, _ headers: [String] = []) async throws -> String {
      try await answer(
        (["GET \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)"] + headers + ["", ""]).joined(separator: "\r\n"))
    }

    var cookie: String { "Cookie: quire-preview-\(port)=\(Self.token)" }
  }

  private static let routes = Routes.fixed + ["/n/history.csv", "/n/.hidden", "/nothing"]

  /// The gate is in front of every route, upgrades included.
  @Test(arguments: routes) func nothingIsServedWithoutTheToken(route: String) async throws {
    let server = try Server()
    let upgrade = [
      "Upgrade: websocket", "Connection: Upgrade", "Origin: http://localhost",
      "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    ]
    for headers in [[], ["Cookie: quire-preview-\(server.port)=x"], upgrade] {
      #expect(try await server.get(route, headers).hasPrefix("HTTP/1.1 401 "))
    }
  }

  @Test(arguments: routes) func nothingIsServedToOtherSites(route: String) async throws {
    let server = try Server()
    #expect(
      try await server.get(route, [server.cookie, "Origin: http://evil.example"]).hasPrefix("HTTP/1.1 403 "))
    let rebound = "GET \(route) HTTP/1.1\r\nHost: evil.example\r\n\(server.cookie)\r\n\r\n"
    #expect(try await server.answer(rebound).hasPrefix("HTTP/1.1 403 "))
  }

  @Test func thePageIsServedWithTheToken() async throws {
    let server = try Server()
    let first = try await server.get("/?token=\(Server.token)")
    #expect(first.hasPrefix("HTTP/1.1 303 ") && first.contains("set-cookie: quire-preview-\(server.port)="))
    let page = try await server.get("/", [server.cookie])
    #expect(page.hasPrefix("HTTP/1.1 200 ") && page.contains("<!doctype html>"))
    for header in ["nosniff", "frame-ancestors 'none'", "same-origin", "no-store"] {
      #expect(page.contains(header))
    }
    #expect(!page.lowercased().contains("access-control-"))
    #expect(!page.contains(Server.token))
  }

  @Test func filesAreServedByTheirWholeNames() async throws {
    let server = try Server()
    #expect(try await server.get("/n/history.csv", [server.cookie]).hasSuffix("1,2"))
    let others = [
      "/n/.hidden", "/n/../../outside.txt", "/n/%2e%2e/%2e%2e/outside.txt", "/n/history.csv??",
      "//n/history.csv",
      "/n/history.csv/", "/n/..%2f..%2foutside.txt", "/outside.txt", "/n/", "/@fs/etc/passwd",
    ]
    for path in others {
      let answer = try await server.get(path, [server.cookie])
      #expect(!answer.contains("secret") && !answer.contains("outside"), "\(path)")
    }
  }

  @Test func anUpgradeBecomesAWebSocket() async throws {
    let server = try Server()
    let socket = try await server.connect()
    defer { try? socket.close() }
    let head = [
      "GET /live HTTP/1.1", "Host: localhost:\(server.port)", "Origin: http://localhost:\(server.port)",
      "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", server.cookie, "", "",
    ]
    try await socket.write(Data(head.joined(separator: "\r\n").utf8))
    var found = ""
    while !found.contains("\r\n\r\n") {
      found += String(decoding: try await socket.read(atMost: 4096), as: UTF8.self)
    }
    #expect(found.hasPrefix("HTTP/1.1 101 "))
    // The key's answer in RFC 6455.
    #expect(found.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
  }

  @Test func twoRequestsAtOnceAreOne() async throws {
    let server = try Server()
    let request = "GET /preview.css HTTP/1.1\r\nHost: localhost\r\n\(server.cookie)\r\n\r\n"
    let both = try await server.answer(request + "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n")
    #expect(both.components(separatedBy: "HTTP/1.1 ").count == 2)
  }

  @Test func hugeAndEndlessHeadsAreRefused() async throws {
    let server = try Server()
    let long = String(repeating: "a", count: 20_000)
    #expect(try await server.get("/", ["X: \(long)"]).hasPrefix("HTTP/1.1 431 "))
    #expect(try await server.answer(String(repeating: "x", count: 40_000)).hasPrefix("HTTP/1.1 431 "))
  }

  @Test func aSlowHeadIsRefused() async throws {
    let server = try Server(.init(headTime: .milliseconds(50)))
    let socket = try await server.connect()
    defer { try? socket.close() }
    // Nothing is sent, so that a slow machine cannot send it too late.
    #expect(await Server.rest(of: socket).hasPrefix("HTTP/1.1 408 "))
  }

  @Test func tooManyConnectionsAreRefusedAndThenServedAgain() async throws {
    let server = try Server(.init(headTime: .seconds(1_000), connections: 2))
    let idle = [try await server.connect(), try await server.connect()]
    // Connections are admitted in order.
    while try await !server.get("/").hasPrefix("HTTP/1.1 503 ") { await Task.yield() }
    for socket in idle { try socket.close() }
    while try await !server.get("/").hasPrefix("HTTP/1.1 401 ") { await Task.yield() }
  }

  @Test func malformedRequestsEndNothing() async throws {
    let server = try Server()
    for text in [
      "\r\n\r\n", "\0\0\0\r\n\r\n", "GET / HTTP/1.1\r\nHost: [\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: localhost\r\nOrigin: %\r\n\r\n",
    ] {
      #expect(try await server.answer(text).hasPrefix("HTTP/1.1 400 "))
    }
    #expect(try await server.get("/", [server.cookie]).hasPrefix("HTTP/1.1 200 "))
  }

  @Test func aRestartedServerHasTheSameAddress() throws {
    let file = NSTemporaryDirectory() + "quire-\(UUID())/preview.json"
    defer { try? FileManager.default.removeItem(atPath: (file as NSString).deletingLastPathComponent) }
    let address = PreviewAddress(port: 4321, token: PreviewAddress.newToken())
    try address.write(to: file)
    #expect(PreviewAddress.read(from: file) == address)
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(address.token.utf8.count == 48 && address.token != PreviewAddress.newToken())
  }
}
