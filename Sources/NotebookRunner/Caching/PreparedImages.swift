import Neural
import Store
import Synchronization

/// Saves the prepared images of folders in the store, so that a later run does not decode them again.
final class PreparedImages: PreparedImageCache {
  private let store: Store
  private let notebook: String
  private let isFresh: Bool
  private let trainings: TrainingCache
  /// Records saved by this run.
  private let written = Mutex<Set<String>>([])

  /// The maximum size in bytes: larger ones would displace most of the store.
  private static let limit = Store.defaultLimit / 2

  /// Creates a cache.
  ///
  /// - Parameters:
  ///   - isFresh: whether to use only images saved by this run.
  ///   - trainings: knows whether the running step is cached.
  init(store: Store, notebook: String, isFresh: Bool, _ trainings: TrainingCache) {
    self.store = store
    self.notebook = notebook
    self.isFresh = isFresh
    self.trainings = trainings
  }

  func pixels(forKey key: String, count: Int) -> [UInt8]? {
    guard trainings.isCached, !isFresh || written.withLock({ $0.contains(key) }),
      let digest = store.read(.images, key: key)?.uses.first,
      let pixels = store.blob(digest, limit: count), pixels.count == count
    else { return nil }
    return pixels
  }

  /// A failure is ignored: the next run then decodes the images, as this one did.
  func keep(_ pixels: [UInt8], forKey key: String, label: String) {
    guard trainings.isCached, pixels.count <= Self.limit, let digest = try? store.put(pixels) else { return }
    let record = Record(.images, key: key, label: "\(notebook): \(label)", payload: [], uses: [digest])
    if (try? store.write(record)) != nil { written.withLock { _ = $0.insert(key) } }
  }
}
