#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One aligned block that holds all numbers of a plan: parameters, gradients, statistics and working memory.
final class EngineMemory {
  private let base: UnsafeMutablePointer<Float>
  private var used = 0
  let floats: Int

  /// `nil` where the system refuses the memory.
  init?(floats: Int) {
    var pointer: UnsafeMutableRawPointer?
    guard posix_memalign(&pointer, 64, max(1, floats) * MemoryLayout<Float>.stride) == 0, let pointer else {
      return nil
    }
    base = pointer.bindMemory(to: Float.self, capacity: max(1, floats))
    self.floats = floats
  }

  deinit { free(base) }

  /// The next part of the block, on a cache line of its own.
  func take(_ count: Int) -> UnsafeMutablePointer<Float> {
    precondition(used + count <= floats, "the compiler counts every float it takes")
    defer { used += PassSchedule.aligned(count) }
    return base + used
  }

  /// Touches every page, so that no step has to wait for the system.
  func clear(with pool: ThreadPool) {
    pool.run(floats) { _, part in (base + part.lowerBound).initialize(repeating: 0, count: part.count) }
  }

  /// Bytes of the machine's memory.
  static var physical: Int {
    let (pages, size) = (sysconf(Int32(_SC_PHYS_PAGES)), sysconf(Int32(_SC_PAGESIZE)))
    return pages > 0 && size > 0 ? pages * size : Int.max
  }
}
