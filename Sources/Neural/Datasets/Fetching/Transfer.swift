import Foundation
import Support
import Synchronization

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// An HTTP request whose body is appended to a file as it arrives.
final class Transfer: NSObject, URLSessionDataDelegate {
  enum Outcome: Sendable, Hashable {
    case complete
    /// The server cannot resume from the end of the file.
    case startAgain
  }

  private struct State {
    /// The number of bytes in the file.
    var bytes: Int
    var total: Int?
    var outcome: Result<Outcome, any Error>?
    var continuation: CheckedContinuation<Outcome, any Error>?
  }

  private let address: URL
  private let path: String
  private let limit: Int
  private let descriptor: Int32
  private let progress: @Sendable (Download.Progress) -> Void
  private let state: Mutex<State>

  /// Opens the file, whose content is taken as the start of the response.
  ///
  /// - Throws: `FileError`.
  init(
    _ address: URL, to path: String, limit: Int,
    progress: @escaping @Sendable (Download.Progress) -> Void
  ) throws {
    self.address = address
    self.path = path
    self.limit = limit
    self.progress = progress
    descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileError.last(.write, path) }
    let end = lseek(descriptor, 0, SEEK_END)
    state = Mutex(State(bytes: Int(max(0, end))))
    super.init()
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Makes the request.
  ///
  /// - Throws: ``DownloadError``, `FileError`.
  func run() async throws -> Outcome {
    var request = URLRequest(url: address)
    request.timeoutInterval = 60
    request.cachePolicy = .reloadIgnoringLocalCacheData
    // A compressed transfer would make byte ranges meaningless.
    request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
    let start = state.withLock { $0.bytes }
    if start > 0 { request.setValue("bytes=\(start)-", forHTTPHeaderField: "Range") }
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForResource = 24 * 3600
    let session = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
    defer { session.finishTasksAndInvalidate() }
    let task = session.dataTask(with: request)
    let outcome = try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        state.withLock { $0.continuation = continuation }
        task.resume()
      }
    } onCancel: {
      task.cancel()
    }
    guard fsync(descriptor) == 0 else { throw FileError.last(.write, path) }
    return outcome
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    completionHandler(accept(response) ? .allow : .cancel)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let now = state.withLock { state -> Download.Progress? in
      guard state.outcome == nil else { return nil }
      do {
        guard data.count <= limit - state.bytes else {
          throw DownloadError(fact: .tooLarge(limit: limit), url: address.absoluteString)
        }
        try append(data)
        state.bytes += data.count
        return Download.Progress(bytes: state.bytes, total: state.total)
      } catch {
        state.outcome = .failure(error)
        return nil
      }
    }
    if let now { progress(now) } else { dataTask.cancel() }
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    let (continuation, result) = state.withLock { state in
      defer { state.continuation = nil }
      return (state.continuation, state.outcome ?? ending(state, error))
    }
    continuation?.resume(with: result)
  }

  /// Handles the response's header; returns whether its body is wanted.
  private func accept(_ response: URLResponse) -> Bool {
    guard let response = response as? HTTPURLResponse else { return false }
    return state.withLock { state in
      let length = response.expectedContentLength >= 0 ? Int(response.expectedContentLength) : nil
      switch response.statusCode {
      case 200:
        // The server sends everything from the start, whatever was requested.
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
          state.outcome = .failure(FileError.last(.write, path))
          return false
        }
        state.bytes = 0
        state.total = length
      case 206:
        guard ContentRange(response)?.start == state.bytes else {
          state.outcome = .success(.startAgain)
          return false
        }
        state.total = length.map { $0.addingClamped(state.bytes) }
      case 416:
        // The file is already complete, or it is not the start of this one.
        let isWhole = ContentRange(response)?.total == state.bytes
        state.outcome = .success(isWhole ? .complete : .startAgain)
        return false
      default:
        state.outcome = .failure(
          DownloadError(fact: .status(response.statusCode), url: address.absoluteString))
        return false
      }
      return true
    }
  }

  private func ending(_ state: State, _ error: (any Error)?) -> Result<Outcome, any Error> {
    if let total = state.total, state.bytes < total {
      if let error, (error as? URLError)?.code == .cancelled { return .failure(CancellationError()) }
      return .failure(
        DownloadError(
          fact: .incomplete(found: state.bytes, expected: total), url: address.absoluteString))
    }
    guard let error else { return .success(.complete) }
    if (error as? URLError)?.code == .cancelled { return .failure(CancellationError()) }
    return .failure(
      DownloadError(
        fact: .connection(reason: error.localizedDescription), url: address.absoluteString))
  }

  private func append(_ data: Data) throws {
    try data.withUnsafeBytes { bytes in
      try AtomicFile.writeAll(bytes, to: descriptor, path)
    }
  }
}

/// The header `Content-Range: bytes 100-199/200`, or `bytes */200`.
private struct ContentRange {
  var start: Int?
  var total: Int?

  init?(_ response: HTTPURLResponse) {
    guard let value = response.value(forHTTPHeaderField: "Content-Range"), value.hasPrefix("bytes ") else {
      return nil
    }
    let parts = value.dropFirst(6).split(separator: "/")
    start = parts.first.flatMap { $0.split(separator: "-").first }.flatMap { Int($0) }
    total = parts.count == 2 ? Int(parts[1]) : nil
  }
}
