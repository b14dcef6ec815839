import Foundation
import Synchronization

/// A loopback HTTP server for one file, on its own thread and a port chosen by the system.
final class FakeServer: Sendable {
  struct Behaviour: Sendable {
    /// The file's bytes.
    var body: [UInt8]
    var status = 200
    /// Whether `Range` requests get status 206 and a part; otherwise they get everything.
    var honoursRange = true
    /// Closes the connection after this number of bytes of the body.
    var cutsAfter: Int?
    /// Whether the connection then stays open without sending anything.
    var stalls = false
  }

  let port: UInt16
  var base: String { "http://127.0.0.1:\(port)" }
  /// The `Range` header of every request so far; empty for requests without one.
  var ranges: [String] { requests.withLock { $0 } }

  private let listener: Int32
  private let requests = Mutex<[String]>([])
  private let behaviour: Mutex<Behaviour>

  init(_ behaviour: Behaviour) throws {
    signal(SIGPIPE, SIG_IGN)  // clients may disconnect during a response
    self.behaviour = Mutex(behaviour)
    listener = socket(AF_INET, streamSocket, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let (descriptor, size) = (listener, length)
    let status = withUnsafeMutableBytes(of: &address) { bytes -> Int32 in
      guard let base = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return -1 }
      guard bind(descriptor, base, size) == 0, listen(descriptor, 8) == 0 else { return -1 }
      return getsockname(descriptor, base, &length)
    }
    guard status == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread { [self] in serve() }
  }

  /// Ends the thread; call it at the end of a test.
  ///
  /// Only the thread closes the socket: otherwise its number could belong to another server by the time the thread
  /// accepts again.
  func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  func change(_ change: (inout Behaviour) -> Void) { behaviour.withLock { change(&$0) } }

  private func serve() {
    while true {
      let connection = accept(listener, nil, nil)
      if connection < 0 {
        close(listener)
        return
      }
      answer(connection)
      if !behaviour.withLock({ $0.stalls }) { shutdown(connection, Int32(SHUT_WR)) }
      var rest = [UInt8](repeating: 0, count: 1024)
      while read(connection, &rest, rest.count) > 0 {}
      close(connection)
    }
  }

  private func answer(_ connection: Int32) {
    var request = ""
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !request.contains("\r\n\r\n") {
      let count = read(connection, &buffer, buffer.count)
      if count <= 0 { return }
      request += String(decoding: buffer.prefix(count), as: UTF8.self)
    }
    let range =
      request.split(separator: "\r\n").first { $0.lowercased().hasPrefix("range: ") }
      .map { String($0.dropFirst(7)) } ?? ""
    requests.withLock { $0.append(range) }
    let behaviour = behaviour.withLock { $0 }
    let total = behaviour.body.count
    var (status, body, extra) = (behaviour.status, behaviour.body[...], "")
    if status == 200, behaviour.honoursRange, range.hasPrefix("bytes="),
      let start = Int(range.dropFirst(6).dropLast())
    {
      if start < total {
        (status, body) = (206, behaviour.body[start...])
        extra = "Content-Range: bytes \(start)-\(total - 1)/\(total)\r\n"
      } else {
        (status, body, extra) = (416, [], "Content-Range: bytes */\(total)\r\n")
      }
    }
    let head =
      "HTTP/1.1 \(status) X\r\nContent-Length: \(body.count)\r\n\(extra)Connection: close\r\n\r\n"
    send(Array(head.utf8)[...], to: connection)
    send(behaviour.cutsAfter.map { body.prefix($0) } ?? body, to: connection)
  }

  private func send(_ bytes: ArraySlice<UInt8>, to connection: Int32) {
    bytes.withUnsafeBytes { buffer in
      var sent = 0
      while sent < buffer.count, let base = buffer.baseAddress {
        let count = write(connection, base + sent, buffer.count - sent)
        if count <= 0 { return }
        sent += count
      }
    }
  }
}

#if canImport(Glibc)
  private let streamSocket = Int32(SOCK_STREAM.rawValue)
#else
  private let streamSocket = SOCK_STREAM
#endif
