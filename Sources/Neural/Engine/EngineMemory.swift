#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An aligned block with all numbers of a plan: parameters, gradients, statistics and working memory.
final class EngineMemory {
  private let base: UnsafeMutablePointer<Float>
  private var used = 0
  let floats: Int
  private static let hugePage = 2 << 20
  /// The maximum number of parts: parameters, gradients, statistics, the batch's and the threads'.
  static let parts = 5

  /// `nil` if the system cannot allocate the memory.
  init?(floats: Int) {
    var pointer: UnsafeMutableRawPointer?
    let bytes = max(1, floats) * MemoryLayout<Float>.stride
    let isLarge = bytes >= 4 * Self.hugePage
    guard posix_memalign(&pointer, isLarge ? Self.hugePage : 64, bytes) == 0, let pointer else { return nil }
    #if os(Linux)
      // The memory of a batch is streamed: fewer, larger pages reduce address translation. This is only a hint.
      if isLarge { madvise(pointer, bytes, Int32(MADV_HUGEPAGE)) }
    #endif
    base = pointer.bindMemory(to: Float.self, capacity: max(1, floats))
    self.floats = floats
  }

  deinit { free(base) }

  /// The next part of the block, aligned to a cache line.
  func take(_ count: Int) -> UnsafeMutablePointer<Float> {
    precondition(used + count <= floats, "the compiler counts every float it takes")
    defer { used += CacheLine.aligned(count) + RedZones.floats }
    RedZones.open(base + used, count)
    return base + used
  }

  /// Touches every page, so that no batch has to wait for the system; call it before taking parts.
  func clear(with pool: ThreadPool) {
    pool.run(floats) { _, part in (base + part.lowerBound).initialize(repeating: 0, count: part.count) }
    RedZones.close(base, floats)
  }

  /// The machine's memory in bytes.
  static var physical: Int {
    let (pages, size) = (sysconf(Int32(_SC_PHYS_PAGES)), sysconf(Int32(_SC_PAGESIZE)))
    return pages > 0 && size > 0 ? pages * size : Int.max
  }
}
