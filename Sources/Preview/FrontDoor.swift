import FlyingSocks
import Foundation
import Synchronization

/// Listens on the port, reads the head of each request within limits, asks the gate, and passes what it lets through to
/// the server behind it: one request a connection.
final class FrontDoor: Sendable {
  /// The limits of a client that has not shown its token.
  struct Limits: Sendable {
    /// The largest head of a request, in bytes.
    var headBytes = 16 << 10
    /// The time for sending it.
    var headTime = Duration.seconds(5)
    var connections = 64
  }

  private let gate: Gate
  private let listener: AsyncSocket
  /// The path of the socket of the server behind the gate.
  private let inside: String
  private let pool: any AsyncSocketPool
  private let limits: Limits
  private let connections = Mutex(0)

  init(
    gate: Gate, listener: AsyncSocket, inside: String, pool: any AsyncSocketPool, limits: Limits = Limits()
  ) {
    self.gate = gate
    self.listener = listener
    self.inside = inside
    self.pool = pool
    self.limits = limits
  }

  /// Serves connections until the task is cancelled.
  ///
  /// - Throws: `SocketError` if the port cannot be listened on any more.
  func run() async throws {
    try await withThrowingDiscardingTaskGroup { group in
      for try await client in listener.sockets {
        let isAdmitted = connections.withLock { count in
          guard count < limits.connections else { return false }
          count += 1
          return true
        }
        group.addTask { await self.serve(client, isAdmitted: isAdmitted) }
      }
    }
  }

  private func serve(_ client: AsyncSocket, isAdmitted: Bool) async {
    defer { try? client.close() }
    guard isAdmitted else {
      // Nothing is read: a connection that is not counted must not stay open.
      return await write(PlainResponse(status: 503, "Too many connections are open."), client)
    }
    defer { connections.withLock { $0 -= 1 } }
    switch await head(of: client) {
    case .success((let head, let rest)):
      switch gate.verdict(on: head) {
      case .pass: if let head { await pass(head, rest, from: client) }
      case .welcome: await answer(PlainResponse(welcome: gate), client)
      case .refuse(let status, let text): await answer(PlainResponse(status: status, text), client)
      }
    case .failure(.tooLarge):
      await answer(PlainResponse(status: 431, "The head is too large."), client)
    case .failure(.tooSlow): await answer(PlainResponse(status: 408, "The request took too long."), client)
    case .failure(.closed): break
    }
  }

  private enum HeadFailure: Error { case tooLarge, tooSlow, closed }

  /// Reads up to the end of the head. A malformed head is `nil`.
  private func head(of client: AsyncSocket) async -> Result<
    (RequestHead?, rest: ArraySlice<UInt8>), HeadFailure
  > {
    await withTaskGroup { group in
      group.addTask { await self.readHead(of: client) }
      group.addTask { [limits] in
        try? await Task.sleep(for: limits.headTime)
        return .failure(.tooSlow)
      }
      let first = await group.next() ?? .failure(.closed)
      group.cancelAll()
      return first
    }
  }

  private func readHead(of client: AsyncSocket) async -> Result<
    (RequestHead?, rest: ArraySlice<UInt8>), HeadFailure
  > {
    var bytes: [UInt8] = []
    while true {
      if let end = bytes.firstRange(of: RequestHead.end) {
        guard end.lowerBound <= limits.headBytes else { return .failure(.tooLarge) }
        return .success((RequestHead(bytes[..<end.lowerBound]), bytes[end.upperBound...]))
      }
      if bytes.count > limits.headBytes { return .failure(.tooLarge) }
      guard let more = try? await client.read(atMost: 4096), !more.isEmpty else { return .failure(.closed) }
      bytes += more
    }
  }

  private func pass(_ head: RequestHead, _ rest: ArraySlice<UInt8>, from client: AsyncSocket) async {
    guard let server = try? await AsyncSocket.connected(to: .unix(path: inside), pool: pool) else { return }
    defer { try? server.close() }
    // Anything after the head of an ordinary request would be another request, which no gate has seen.
    let beginning = head.forwarded + (head.isUpgrade ? Array(rest) : [])
    guard (try? await server.write(Data(beginning))) != nil else { return }
    await withTaskGroup { group in
      group.addTask { await Self.copy(from: server, to: client) }
      if head.isUpgrade { group.addTask { await Self.copy(from: client, to: server) } }
      await group.next()
      group.cancelAll()
    }
  }

  private static func copy(from source: AsyncSocket, to target: AsyncSocket) async {
    while let bytes = try? await source.read(atMost: 1 << 16), !bytes.isEmpty {
      guard (try? await target.write(Data(bytes))) != nil else { return }
    }
  }

  /// Answers, and reads what the client is still sending: closing at once would take the answer away from it.
  private func answer(_ response: PlainResponse, _ client: AsyncSocket) async {
    await write(response, client)
    shutdown(client.socket.file.rawValue, Int32(SHUT_WR))
    await withTaskGroup { [limits] group in
      group.addTask { while let more = try? await client.read(atMost: 4096), !more.isEmpty {} }
      group.addTask { try? await Task.sleep(for: limits.headTime) }
      await group.next()
      group.cancelAll()
    }
  }

  private func write(_ response: PlainResponse, _ client: AsyncSocket) async {
    try? await client.write(Data(response.bytes))
  }
}
