import Formats
import Foundation

/// Downloads a published archive: resumable, checked against its MD5, in place only when it is whole.
///
/// What has come lies in `FILE.part` beside the target. A later run asks the server for the rest
/// (HTTP `Range`), and starts again where the server sends everything.
///
///     let download = Download(.cifar10, into: "data")
///     let path = try await download.run { print($0.bytes, $0.total ?? 0) }
public struct Download: Sendable {
  public struct Progress: Sendable, Hashable {
    /// Bytes on disk, those of earlier runs included.
    public var bytes: Int
    /// `nil` while the server has not said.
    public var total: Int?
  }

  /// Where the archives are published.
  public static let publishedBase = "https://www.cs.toronto.edu/~kriz"

  public let archive: PublishedArchive
  public let url: String
  /// The finished file.
  public let path: String
  /// Bytes that no archive exceeds.
  static let sizeLimit = 1 << 30

  /// - Parameters:
  ///   - directory: made if it is not there.
  ///   - base: the address without the file's name; `nil`: `$QUIRE_MIRROR`, else where it is published.
  public init(
    _ archive: PublishedArchive, into directory: String, base: String? = nil,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    self.archive = archive
    let mirror = environment["QUIRE_MIRROR"].flatMap { $0.isEmpty ? nil : $0 }
    let base = base ?? mirror ?? Self.publishedBase
    url = base.hasSuffix("/") ? base + archive.file : "\(base)/\(archive.file)"
    path = "\(directory)/\(archive.file)"
  }

  private var part: String { path + ".part" }

  /// Downloads unless the whole file is there already.
  ///
  /// - Parameter progress: called now and then, from any thread.
  /// - Returns: the file's path.
  /// - Throws: ``DownloadError``, ``FileError``; `CancellationError` where the task is cancelled.
  @discardableResult
  public func run(progress: @escaping @Sendable (Progress) -> Void = { _ in }) async throws -> String {
    guard let address = URL(string: url), ["http", "https"].contains(address.scheme?.lowercased()),
      address.host != nil
    else { throw DownloadError(fact: .address, url: url) }
    try AtomicFile.createDirectory(AtomicFile.directory(of: path))
    if FileBytes.isFile(path), try digest(of: path) == archive.md5 {
      let size = try FileBytes.size(path)
      progress(Progress(bytes: size, total: size))
      return path
    }
    do {
      try await fetch(address, progress)
    } catch {
      if (try? FileBytes.size(part)) == 0 { unlink(part) }
      throw error
    }
    let found = try digest(of: part)
    guard found == archive.md5 else {
      unlink(part)
      throw DownloadError(fact: .checksum(found: found, expected: archive.md5), url: url)
    }
    try AtomicFile.move(part, to: path)
    return path
  }

  private func fetch(_ address: URL, _ progress: @escaping @Sendable (Progress) -> Void) async throws {
    let transfer = try Transfer(address, to: part, limit: Self.sizeLimit, progress: progress)
    if try await transfer.run() == .startAgain {
      unlink(part)
      _ = try await Transfer(address, to: part, limit: Self.sizeLimit, progress: progress).run()
    }
  }

  private func digest(of path: String) throws -> String {
    var digest = try Digest(.md5)
    try FileBytes.forEachChunk(of: path) { digest.update($0) }
    return digest.hex()
  }
}
