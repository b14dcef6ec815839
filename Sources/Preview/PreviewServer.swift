import FlyingFox
import FlyingSocks
import Foundation
import NotebookRunner

/// Serves a preview to browsers on this machine.
///
///     let server = try PreviewServer(preview, .init())
///     Task { try await server.run() }
///     print(server.address)   // http://127.0.0.1:40713/?token=…
public final class PreviewServer: Sendable {
  /// How the server can be reached.
  public struct Settings: Sendable {
    /// The address to listen on, for example `127.0.0.1`.
    public var host: String
    /// The port; 0 takes the last one, or any that is free.
    public var port: UInt16
    /// The access token; `nil` takes the last one, or makes one.
    public var token: String?
    /// The names that a request may use for this machine besides localhost and 127.0.0.1.
    public var allowedHosts: [String]
    /// The file with the port and token of the last preview; `nil` for none.
    public var addressFile: String?
    var limits = FrontDoor.Limits()

    /// Creates settings.
    public init(
      host: String = "127.0.0.1", port: UInt16 = 0, token: String? = nil, allowedHosts: [String] = [],
      addressFile: String? = nil
    ) {
      self.host = host
      self.port = port
      self.token = token
      self.allowedHosts = allowedHosts
      self.addressFile = addressFile
    }
  }

  /// The address to open, with the token.
  public let address: String
  private let door: FrontDoor
  private let server: HTTPServer
  private let pool: any AsyncSocketPool
  private let folder: String

  /// Takes the port; connections wait until ``run()``.
  ///
  /// - Throws: `PreviewServerError` if the port cannot be taken.
  public init(_ preview: NotebookPreview, _ settings: Settings) throws {
    let last = settings.addressFile.flatMap(PreviewAddress.read)
    let wanted = settings.port == 0 ? [last?.port, 0].compactMap(\.self) : [settings.port]
    let socket = try Self.listen(host: settings.host, ports: wanted)
    guard case .ip4(_, let port) = try socket.sockname() else {
      throw PreviewServerError(settings.host, settings.port)
    }
    let token = settings.token ?? last?.token ?? PreviewAddress.newToken()
    if let file = settings.addressFile { try? PreviewAddress(port: port, token: token).write(to: file) }
    address = "http://\(settings.host == "0.0.0.0" ? "127.0.0.1" : settings.host):\(port)/?token=\(token)"
    folder = try Self.privateFolder()
    pool = HTTPServer.defaultPool()
    let inside = "\(folder)/s"
    let routes = Routes(preview: preview)
    server = HTTPServer(
      config: .init(address: .unix(path: inside), pool: HTTPServer.defaultPool(), logger: .disabled),
      handler: ClosureHTTPHandler { try await routes.handle($0) })
    let gate = Gate(token: token, hosts: settings.allowedHosts, port: port)
    door = FrontDoor(
      gate: gate, listener: try AsyncSocket(socket: socket, pool: pool), inside: inside, pool: pool,
      limits: settings.limits)
  }

  /// Serves until the task is cancelled.
  ///
  /// - Throws: `SocketError`.
  public func run() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await pool.prepare()
    try await withThrowingTaskGroup { [pool, server, door] group in
      group.addTask { try await pool.run() }
      group.addTask { try await server.run() }
      group.addTask {
        try await server.waitUntilListening()
        try await door.run()
      }
      try await group.next()
      group.cancelAll()
    }
  }

  private static func listen(host: String, ports: [UInt16]) throws -> Socket {
    for port in ports {
      guard let address = try? sockaddr_in.inet(ip4: host, port: port),
        let socket = try? Socket(domain: Int32(AF_INET))
      else { continue }
      do {
        try socket.setValue(true, for: .localAddressReuse)
        try socket.bind(to: address)
        try socket.listen()
        return socket
      } catch { try? socket.close() }
    }
    throw PreviewServerError(host, ports.first ?? 0)
  }

  /// A folder for the inner socket that only this user can open. Its path is short, as socket paths must be.
  private static func privateFolder() throws -> String {
    for parent in [NSTemporaryDirectory(), "/tmp/"] where parent.utf8.count < 60 {
      var template = Array((parent + (parent.hasSuffix("/") ? "" : "/") + "quire-XXXXXX").utf8CString)
      if mkdtemp(&template) != nil {
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
      }
    }
    throw PreviewServerError(folder: NSTemporaryDirectory())
  }
}

/// Why a preview cannot be served.
public struct PreviewServerError: Error, CustomStringConvertible, Sendable {
  /// The problem and what to do.
  public let description: String

  init(_ host: String, _ port: UInt16) {
    description =
      port == 0
      ? "cannot listen on \(host); is it an address of this machine?"
      : "cannot listen on \(host):\(port): the port is in use or not allowed; choose another with --port"
  }

  init(folder: String) { description = "cannot create a folder in \(folder)" }
}
