import Dispatch
import Support
import Synchronization

/// Reads and prepares the files of an image folder, on several threads. A split that was prepared earlier comes from
/// the cache.
final class ImageReader: Sendable {
  private let name: String
  private let size: ImageSize
  private let preparation: [ImagePreparation]
  private let colorMode: ColorMode
  private let options: LoadingOptions
  /// The number of images of all splits.
  private let total: Int
  private let state = Mutex(State())

  private struct State {
    /// The number of images that have been read or restored.
    var done = 0
    /// The errors of files that cannot be read, in the order of the files.
    var faults: [any Error] = []
  }

  init(
    name: String, size: ImageSize, preparation: [ImagePreparation], colorMode: ColorMode,
    options: LoadingOptions, total: Int
  ) {
    self.name = name
    self.size = size
    self.preparation = preparation
    self.colorMode = colorMode
    self.options = options
    self.total = total
  }

  /// The errors of all files that could not be read.
  var faults: [any Error] { state.withLock { $0.faults } }

  /// The pixels of a split's images; none if a file is at fault.
  ///
  /// - Throws: ``DatasetError`` if the user interrupts it, `Digest.Unavailable`.
  func pixels(of files: [ImageFolderListing.File]) throws -> [UInt8] {
    let count = files.count * size.pixels * colorMode.channels
    guard let cache = options.cache, count > 0 else { return try read(files) }
    let key = try key(of: files)
    if let pixels = cache.pixels(forKey: key, count: count) {
      state.withLock { $0.done += files.count }
      return pixels
    }
    let pixels = try read(files)
    if pixels.count == count {
      cache.keep(pixels, forKey: key, label: "\(name), \(Number.counted(files.count, "image"))")
    }
    return pixels
  }

  private func read(_ files: [ImageFolderListing.File]) throws -> [UInt8] {
    let bytes = size.pixels * colorMode.channels
    let queue = FileQueue(files.count)
    let pixels = [UInt8](unsafeUninitializedCapacity: files.count * bytes) { buffer, count in
      nonisolated(unsafe) let target = buffer
      DispatchQueue.concurrentPerform(iterations: max(1, min(options.threads, files.count))) { _ in
        while let index = queue.next(unless: options.shouldStop) {
          do {
            let image = try prepared(files[index])
            // Every image has its own part.
            _ = UnsafeMutableBufferPointer(rebasing: target[index * bytes..<(index + 1) * bytes])
              .initialize(from: image.pixels)
            state.withLock { state in
              state.done += 1
              options.progress(state.done, total)
            }
          } catch { queue.fail(index, error) }
        }
      }
      count = queue.isComplete ? files.count * bytes : 0
    }
    if queue.isInterrupted { throw DatasetError(.interrupted, dataset: name) }
    state.withLock { $0.faults += queue.faults }
    return pixels
  }

  private func prepared(_ file: ImageFolderListing.File) throws(ImageError) -> Image {
    let image = try Image(file: file.path).converted(to: colorMode)
    do { return try image.prepared(by: preparation) } catch {
      throw ImageError(error.fact, file: file.path)
    }
  }

  /// Identifies the pixels without reading the files: by the program, the preparation, and each file's path, size and
  /// modification time.
  private func key(of files: [ImageFolderListing.File]) throws -> String {
    var digest = try Digest(.sha256)
    digest.update(field: SourceFingerprint.value)
    digest.update(count: colorMode.channels)
    digest.update(count: preparation.count)
    for transform in preparation { digest.update(field: transform.description) }
    for file in files { digest.update(field: DatasetLocator.stamp(file.path)) }
    return digest.hex()
  }
}

/// The files that no thread has taken yet, and those that could not be read.
private final class FileQueue: Sendable {
  private struct State {
    var next = 0
    var faults: [(index: Int, error: any Error)] = []
    var isInterrupted = false
  }

  private let count: Int
  private let state = Mutex(State())

  init(_ count: Int) { self.count = count }

  /// The index of the next file; `nil` if there is none, or the user asked to stop.
  func next(unless shouldStop: () -> Bool) -> Int? {
    state.withLock { state in
      guard !state.isInterrupted, state.next < count else { return nil }
      if shouldStop() {
        state.isInterrupted = true
        return nil
      }
      defer { state.next += 1 }
      return state.next
    }
  }

  func fail(_ index: Int, _ error: any Error) { state.withLock { $0.faults.append((index, error)) } }

  var isInterrupted: Bool { state.withLock { $0.isInterrupted } }
  var isComplete: Bool { state.withLock { $0.faults.isEmpty && !$0.isInterrupted } }
  /// In the order of the files.
  var faults: [any Error] { state.withLock { $0.faults.sorted { $0.index < $1.index }.map(\.error) } }
}

extension Image {
  /// The image after all transforms.
  ///
  /// - Throws: ``ImageError`` if a size is invalid.
  public func prepared(by transforms: [ImagePreparation]) throws(ImageError) -> Image {
    var image = self
    for transform in transforms { image = try transform.applied(to: image) }
    return image
  }
}
