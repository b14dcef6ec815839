import Foundation
import Support
import Synchronization
import Testing

@testable import Neural

struct DownloadTests {
  static let body = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }

  private func download(_ server: FakeServer, into place: TemporaryDirectory, md5: String? = nil) throws
    -> Download
  {
    let archive = PublishedArchive(file: "set.tar.gz", md5: try md5 ?? Digest.hex(.md5, of: Self.body))
    return Download(archive, into: place.file("data"), base: server.base)
  }

  @Test func `a file arrives whole, checked and under its name`() async throws {
    let (place, server) = (try TemporaryDirectory(), try FakeServer(.init(body: Self.body)))
    defer { server.stop() }
    let seen = Mutex<[Download.Progress]>([])
    let path = try await download(server, into: place).run { now in seen.withLock { $0.append(now) } }
    #expect(path == place.file("data/set.tar.gz"))
    #expect(try FileBytes.read(path, limit: 1 << 20) == Self.body)
    #expect(try FileBytes.list(place.file("data")) == ["set.tar.gz"])
    let last = seen.withLock { $0.last }
    #expect(last == Download.Progress(bytes: 300_000, total: 300_000))

    // A second run makes no request.
    try await download(server, into: place).run()
    #expect(server.ranges == [""])
  }

  @Test func `an interrupted download resumes where it stopped`() async throws {
    let (place, server) = (
      try TemporaryDirectory(), try FakeServer(.init(body: Self.body, cutsAfter: 100_000))
    )
    defer { server.stop() }
    let download = try download(server, into: place)
    await #expect(throws: DownloadError.self) { try await download.run() }
    let kept = try FileBytes.size(download.path + ".part")
    #expect(kept > 0 && kept <= 100_000)
    server.change { $0.cutsAfter = nil }
    try await download.run()
    #expect(try FileBytes.read(download.path, limit: 1 << 20) == Self.body)
    #expect(server.ranges == ["", "bytes=\(kept)-"])
  }

  @Test func `a server that cannot resume sends everything again`() async throws {
    let (place, server) = (
      try TemporaryDirectory(), try FakeServer(.init(body: Self.body, honoursRange: false))
    )
    defer { server.stop() }
    let download = try download(server, into: place)
    try place.write(Array(repeating: 1, count: 1234), to: "data/set.tar.gz.part")
    try await download.run()
    #expect(try FileBytes.read(download.path, limit: 1 << 20) == Self.body)
  }

  @Test func `a part that is already whole is only checked`() async throws {
    let (place, server) = (try TemporaryDirectory(), try FakeServer(.init(body: Self.body)))
    defer { server.stop() }
    let download = try download(server, into: place)
    try place.write(Self.body, to: "data/set.tar.gz.part")
    try await download.run()
    #expect(try FileBytes.read(download.path, limit: 1 << 20) == Self.body)
  }

  @Test func `a part that is longer than the file is thrown away`() async throws {
    let (place, server) = (try TemporaryDirectory(), try FakeServer(.init(body: Self.body)))
    defer { server.stop() }
    let download = try download(server, into: place)
    try place.write(Self.body + [1, 2, 3], to: "data/set.tar.gz.part")
    try await download.run()
    #expect(try FileBytes.read(download.path, limit: 1 << 20) == Self.body)
    #expect(server.ranges == ["bytes=300003-", ""])
  }

  @Test func `a cancelled download keeps what came`() async throws {
    let place = try TemporaryDirectory()
    let server = try FakeServer(.init(body: Self.body, cutsAfter: 100_000, stalls: true))
    defer { server.stop() }
    let download = try download(server, into: place)
    let (some, signal) = AsyncStream.makeStream(of: Void.self)
    let task = Task { try await download.run { if $0.bytes == 100_000 { signal.finish() } } }
    for await _ in some {}
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try FileBytes.size(download.path + ".part") == 100_000)
  }

  @Test func `a file that is not the published one is removed`() async throws {
    let (place, server) = (try TemporaryDirectory(), try FakeServer(.init(body: Self.body)))
    defer { server.stop() }
    let expected = String(repeating: "0", count: 32)
    let download = try download(server, into: place, md5: expected)
    let found = try Digest.hex(.md5, of: Self.body)
    await #expect(
      throws: DownloadError(fact: .checksum(found: found, expected: expected), url: download.url)
    ) { try await download.run() }
    #expect(try FileBytes.list(place.file("data")).isEmpty)
  }

  @Test func `a server's refusal is reported and the received part is kept`() async throws {
    let (place, server) = (try TemporaryDirectory(), try FakeServer(.init(body: [1], status: 404)))
    defer { server.stop() }
    let download = try download(server, into: place)
    try place.write([9, 9], to: "data/set.tar.gz.part")
    let error = await #expect(throws: DownloadError.self) { try await download.run() }
    #expect(
      error?.description
        == "cannot download \(server.base)/set.tar.gz: the server answered with HTTP status 404")
    #expect(try FileBytes.list(place.file("data")) == ["set.tar.gz.part"])
  }

  @Test func `a failed connection is reported`() async throws {
    let (place, server) = (try TemporaryDirectory(), try FakeServer(.init(body: [])))
    server.stop()
    let download = try download(server, into: place)
    let error = await #expect(throws: DownloadError.self) { try await download.run() }
    guard case .connection? = error?.fact else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try FileBytes.list(place.file("data")).isEmpty)
  }

  @Test(arguments: ["", "no address", "file:///etc", "ftp://a/b"])
  func `an invalid address is reported`(base: String) async throws {
    let place = try TemporaryDirectory()
    let download = Download(.cifar10, into: place.path, base: base)
    await #expect(throws: DownloadError(fact: .address, url: download.url)) { try await download.run() }
  }

  @Test func `the mirror of the environment replaces the published address`() {
    #expect(
      Download(.cifar10, into: "d", environment: [:]).url
        == "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz")
    let mirrored = Download(.cifar100, into: "d", environment: ["QUIRE_MIRROR": "http://localhost:1/x/"])
    #expect(mirrored.url == "http://localhost:1/x/cifar-100-binary.tar.gz")
    #expect(mirrored.path == "d/cifar-100-binary.tar.gz")
  }
}
