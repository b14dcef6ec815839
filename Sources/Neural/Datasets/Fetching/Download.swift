import Foundation
import Support

/// Downloads a published archive. The download can be resumed, is verified by MD5, and appears at its path only
/// when it is complete.
///
/// The received part is in `FILE.part` next to the target. A later run requests the rest (HTTP `Range`), and
/// restarts if the server sends everything.
///
///     let download = Download(.cifar10, into: "data")
///     let path = try await download.run { print($0.bytes, $0.total ?? 0) }
public struct Download: Sendable {
  /// The progress of a download.
  public struct Progress: Sendable, Hashable {
    /// The number of bytes on disk, including those of earlier runs.
    public var bytes: Int
    /// The total number of bytes; `nil` until the server has sent it.
    public var total: Int?
  }

  /// The archive to download.
  public let archive: PublishedArchive
  /// The URL of the file.
  public let url: String
  /// The path of the finished file.
  public let path: String
  /// The maximum size in bytes of any archive.
  static let sizeLimit = 1 << 30

  /// Prepares a download.
  ///
  /// - Parameters:
  ///   - archive: the archive.
  ///   - directory: the data folder; created if it does not exist. The file goes into its own folder below, if it has
  ///     one.
  ///   - base: the URL without the file name; `nil` uses `$QUIRE_MIRROR`, or the place of publication if that is
  ///     not set.
  ///   - environment: contains `QUIRE_MIRROR`.
  public init(
    _ archive: PublishedArchive, into directory: String, base: String? = nil,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    self.archive = archive
    let mirror = environment["QUIRE_MIRROR"].flatMap { $0.isEmpty ? nil : $0 }
    func joined(_ place: String, _ name: String) -> String {
      place.hasSuffix("/") ? place + name : "\(place)/\(name)"
    }
    // A mirror has all data sets, and some of them have files of the same names.
    let name = archive.folder.map { "\($0)/\(archive.file)" } ?? archive.file
    let mirrored = (base ?? mirror).map { joined($0, name) }
    url = mirrored ?? joined(archive.base, archive.file)
    path = "\(directory)/\(name)"
  }

  private var part: String { path + ".part" }

  /// Downloads the file unless it is already complete.
  ///
  /// - Parameter progress: called from time to time, on any thread.
  /// - Returns: the file's path.
  /// - Throws: ``DownloadError``, `FileError`; `CancellationError` if the task is cancelled.
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
