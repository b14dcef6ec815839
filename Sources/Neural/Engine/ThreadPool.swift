import CKernels

/// A fixed set of threads that divide a range of work; the caller is one of them.
///
///     let pool = ThreadPool(threads: 2)
///     pool?.run(64) { worker, images in … }   // worker 0 gets 0 ..< 32, worker 1 the rest
final class ThreadPool {
  let threads: Int
  private let pool: OpaquePointer

  /// `nil` if the system cannot create the threads.
  init?(threads: Int) {
    guard let pool = quire_pool_create(Int32(clamping: threads)) else { return nil }
    self.pool = pool
    self.threads = threads
  }

  deinit { quire_pool_destroy(pool) }

  /// Calls `body` once on every thread with `context` and waits for all of them. Unlike closures, this allocates
  /// nothing.
  func run(
    _ context: UnsafeMutableRawPointer, _ body: @convention(c) (UnsafeMutableRawPointer?, Int32) -> Void
  ) {
    quire_pool_run(pool, body, context)
  }

  /// The next piece of work of this run, from 0, for any thread that asks.
  func claim() -> Int { Int(quire_pool_claim(pool)) }

  /// The thread's part of 0 ..< count: contiguous, and the same every time.
  func part(_ worker: Int, of count: Int) -> Range<Int> {
    worker * count / threads..<(worker + 1) * count / threads
  }

  /// Divides 0 ..< count into one part per thread and waits for all of them.
  ///
  /// The parts run concurrently: the body must not write what another part reads.
  func run(_ count: Int, _ body: (_ worker: Int, _ part: Range<Int>) -> Void) {
    struct Job {
      var body: (Int, Range<Int>) -> Void
      var pool: ThreadPool
      var count: Int
    }
    withoutActuallyEscaping(body) { body in
      var job = Job(body: body, pool: self, count: count)
      withUnsafeMutablePointer(to: &job) { job in
        run(job) { context, worker in
          guard let job = context?.assumingMemoryBound(to: Job.self).pointee else { return }
          let part = job.pool.part(Int(worker), of: job.count)
          if !part.isEmpty { job.body(Int(worker), part) }
        }
      }
    }
  }
}
