import Foundation
import Support
import Synchronization
import Testing

@testable import Neural

/// Photographs in PNG and JPEG files of different sizes become a data set, decoded once and on any number of threads.
@Suite struct PhotographFolderTests {
  private let place: TemporaryDirectory
  private static let prepare: [ImagePreparation] = [.smallestMaxSize(12), .centerCrop(8, 12)]

  /// JPEG files of two sizes, and PNG files of others.
  init() throws {
    place = try TemporaryDirectory()
    let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/jpeg.json")
    struct Files: Decodable {
      struct File: Decodable { let name: String, file: Data }
      let files: [File]
    }
    let files = try JSONDecoder().decode(Files.self, from: Data(contentsOf: fixture)).files
    let chosen = files.filter { $0.name.hasPrefix("baseline") || $0.name.hasPrefix("orientation 6") }
    for (index, file) in chosen.enumerated() {
      try place.write(Array(file.file), to: "\(index % 2 == 0 ? "cat" : "dog")/\(index).jpg")
    }
    for index in 0..<6 {
      let image = try Image(ImageSize(20 + index, 30 - index), color: RGB(UInt8(40 * index), 20, 30))
      try place.write(image.png(), to: "\(index % 2 == 0 ? "cat" : "dog")/p\(index).png")
    }
  }

  private func load(_ options: LoadingOptions = LoadingOptions()) throws -> Dataset {
    try Dataset.load(.imageFolder(place.path, prepare: Self.prepare), from: DatasetLocator(), options)
  }

  @Test func `mixed files of different sizes have one size afterwards`() throws {
    let data = try load()
    #expect(data.imageSize == ImageSize(8, 12))
    #expect(data.train.count + data.test.count == 14 && data.test.count == 2)
    #expect(data.source.contains("prepared by smallestMaxSize(12), centerCrop(8, 12)"))
    // New images are prepared like those of the data.
    let image = try Image(file: place.file("cat/0.jpg"))
    #expect(try data.prepared(image) == image.prepared(by: Self.prepare))
    let outline = try #require(
      try DatasetOutline.find(.imageFolder(place.path, prepare: Self.prepare), from: DatasetLocator()))
    #expect(outline.imageSize == data.imageSize && outline.trainCount == data.train.count)
  }

  @Test func `any number of threads gives the same data, and counts every image`() throws {
    let one = try load()
    for threads in [2, 5, 100] {
      let counts = Mutex<[Int]>([])
      let data = try load(
        LoadingOptions(
          threads: threads,
          progress: { done, total in
            #expect(total == 14)
            counts.withLock { $0.append(done) }
          }))
      #expect(data.fingerprint == one.fingerprint)
      #expect(counts.withLock { $0 } == Array(1...14))
    }
  }

  private final class Cache: PreparedImageCache {
    let saved = Mutex<[String: [UInt8]]>([:])
    func pixels(forKey key: String, count: Int) -> [UInt8]? {
      saved.withLock { $0[key] }.flatMap { $0.count == count ? $0 : nil }
    }
    func keep(_ pixels: [UInt8], forKey key: String, label: String) {
      saved.withLock { $0[key] = pixels }
    }
  }

  @Test func `prepared images are not decoded again until a file changes`() throws {
    let cache = Cache()
    func decoded() throws -> Int {
      let count = Mutex(0)
      let data = try load(
        LoadingOptions(threads: 2, cache: cache, progress: { _, _ in count.withLock { $0 += 1 } }))
      #expect(try data.fingerprint == load().fingerprint)
      return count.withLock { $0 }
    }
    #expect(try decoded() == 14)
    #expect(try decoded() == 0)
    // Another preparation has other pixels.
    let other = try Dataset.load(
      .imageFolder(place.path, prepare: [.resize(8, 12)]), from: DatasetLocator(),
      LoadingOptions(cache: cache))
    #expect(try other.fingerprint != load().fingerprint)
    try place.write(Image(ImageSize(50, 60), color: RGB(1, 2, 3)).png(), to: "cat/p0.png")
    #expect([2, 12].contains(try decoded()), "only the split of the changed file")
    #expect(try decoded() == 0)
  }

  @Test func `every damaged photograph is named, and nothing is saved`() throws {
    for name in ["cat/0.jpg", "dog/1.jpg"] {
      let whole = try FileBytes.read(place.file(name), limit: 1 << 20)
      try place.write(Array(whole.dropLast(100)), to: name)
    }
    let cache = Cache()
    let error = #expect(throws: DatasetError.self) { try load(LoadingOptions(threads: 2, cache: cache)) }
    #expect(
      error?.description.contains(
        "2 images cannot be read: cat/0.jpg: cannot read the JPEG image: the file is truncated; dog/1.jpg: ")
        == true, "\(String(describing: error))")
    for pixels in cache.saved.withLock({ $0.values }) { #expect(!pixels.isEmpty) }
  }

  @Test func `reading stops when the user interrupts it`() throws {
    let error = #expect(throws: DatasetError.self) {
      try load(LoadingOptions(threads: 2, shouldStop: { true }))
    }
    #expect(error?.fact == .interrupted)
  }
}
