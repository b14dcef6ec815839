import CKernels

/// Threads made once, which share out a range of work; the caller is one of them.
///
///     let pool = ThreadPool(threads: 2)
///     pool?.run(64) { worker, images in … }   // worker 0 gets 0 ..< 32, worker 1 the rest
final class ThreadPool {
  let threads: Int
  private let pool: OpaquePointer

  /// `nil` where the system refuses the threads.
  init?(threads: Int) {
    guard let pool = quire_pool_create(Int32(clamping: threads)) else { return nil }
    self.pool = pool
    self.threads = threads
  }

  deinit { quire_pool_destroy(pool) }

  /// Has every thread call `body` once with `context` and waits for all of them. Allocates nothing, which
  /// closures would.
  func run(
    _ context: UnsafeMutableRawPointer, _ body: @convention(c) (UnsafeMutableRawPointer?, Int32) -> Void
  ) {
    quire_pool_run(pool, body, context)
  }

  /// The next piece of work of this run, from 0, for whichever thread asks first.
  func claim() -> Int { Int(quire_pool_claim(pool)) }

  /// The thread's part of 0 ..< count: contiguous, the same every time.
  func part(_ worker: Int, of count: Int) -> Range<Int> {
    worker * count / threads..<(worker + 1) * count / threads
  }

  /// Splits 0 ..< count into one part a thread and waits for all of them.
  ///
  /// The parts run at the same time: the body must not write what another part reads.
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
