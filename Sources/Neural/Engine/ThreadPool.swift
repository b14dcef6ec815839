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

  private struct Job {
    var body: (Int, Range<Int>) -> Void
    var count: Int
    var threads: Int
  }

  /// Splits 0 ..< count into one contiguous part a thread, the same every time, and waits for all of them.
  ///
  /// The parts run at the same time: the body must not write what another part reads.
  func run(_ count: Int, _ body: (_ worker: Int, _ part: Range<Int>) -> Void) {
    withoutActuallyEscaping(body) { body in
      withUnsafePointer(to: Job(body: body, count: count, threads: threads)) { job in
        quire_pool_run(
          pool,
          { context, worker in
            guard let job = context?.assumingMemoryBound(to: Job.self) else { return }
            let (count, threads, worker) = (job.pointee.count, job.pointee.threads, Int(worker))
            let part = worker * count / threads..<(worker + 1) * count / threads
            if !part.isEmpty { job.pointee.body(worker, part) }
          }, UnsafeMutableRawPointer(mutating: job))
      }
    }
  }
}
